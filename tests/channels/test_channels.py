"""A process knows its channels: soon after they change, and without a query for each event."""

import logging
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, text

from bot.channels import FRESH_S, Channels
from bot.model.channels import Channel
from bot.readers import PlanReaders
from bot.simulator.platform import Account
from bot.store import channels as rows
from bot.understand.reader import Reader
from tests.channels.rig import HERE, KEY, SOUTH, THERE, WHEN, keep, row
from tests.store.counted import counted

OWN = Channel(id=HERE, secret="s", token="t")


@dataclass
class Seconds:
    """Time that passes when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def channels(engine: Engine, seconds: Seconds) -> Channels:
    return Channels(engine, OWN, KEY, seconds)


def ids(channels: Channels) -> list[str]:
    return [one.id for one in channels.active()]


def test_without_any_row_there_is_the_settings_own(channels: Channels) -> None:
    assert channels.active() == [OWN]
    assert channels.addressed(SOUTH.user_id) is OWN
    assert channels.addressed("") is OWN


def test_a_row_is_a_channel_with_its_secrets_readable(engine: Engine, channels: Channels) -> None:
    keep(engine, row(plans=["stars"]))

    found = channels.addressed(SOUTH.user_id)

    assert (found.id, found.secret, found.token) == (THERE, SOUTH.secret, SOUTH.token)
    assert found.plans == ("stars",)
    assert SOUTH.secret not in repr(found)
    assert SOUTH.token not in repr(found)
    assert ids(channels) == [HERE, THERE]


def test_the_database_alone_opens_nothing(engine: Engine) -> None:
    keep(engine, row())

    with engine.connect() as db:
        kept = str(db.execute(text("SELECT * FROM channel")).all())

    assert SOUTH.secret not in kept
    assert SOUTH.token not in kept


def test_what_changes_is_known_within_ten_seconds_and_is_read_once(
    engine: Engine, channels: Channels, seconds: Seconds
) -> None:
    assert ids(channels) == [HERE]
    keep(engine, row())

    with counted(engine, channels=True) as sent:
        for _ in range(100):
            assert ids(channels) == [HERE]
        assert sent == []
        seconds.now += FRESH_S
        for _ in range(100):
            assert ids(channels) == [HERE, THERE]
        assert len(sent) == 1
    assert FRESH_S < 10

    with engine.begin() as db:
        rows.retire(db, THERE, WHEN)
    seconds.now += FRESH_S
    assert ids(channels) == [HERE]


def test_with_another_key_a_channel_is_not_served_and_that_is_said_once(
    engine: Engine, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    keep(engine, row())
    channels = Channels(engine, OWN, "another key", seconds)

    for _ in range(3):
        assert ids(channels) == [HERE]
        seconds.now += FRESH_S

    assert [r.levelno for r in caplog.records] == [logging.ERROR]


def test_while_the_database_is_away_what_was_known_goes_on(
    engine: Engine, channels: Channels, seconds: Seconds
) -> None:
    keep(engine, row())
    assert ids(channels) == [HERE, THERE]
    with engine.begin() as db:
        db.execute(text("ALTER TABLE channel RENAME TO channel_away"))

    seconds.now += FRESH_S

    assert ids(channels) == [HERE, THERE]


def test_a_row_cannot_take_the_place_of_the_settings_own(
    engine: Engine, channels: Channels
) -> None:
    keep(engine, row(channel_id=HERE))

    assert channels.active() == [OWN]


def test_two_channels_with_the_same_plans_share_a_reader(engine: Engine, reader: Reader) -> None:
    west, east = Account(user_id="U" + 32 * "a"), Account(user_id="U" + 32 * "b")
    keep(engine, row(plans=["stars"]))
    keep(engine, row(west, channel_id="west", plans=["stars", "gone"]))
    keep(engine, row(east, channel_id="east", plans=["reading", "stars"]))
    plans = PlanReaders(reader, Channels(engine, OWN, KEY))

    assert plans.of(HERE) is reader
    assert plans.of("east") is reader
    assert plans.of(THERE) is plans.of("west")
    assert plans.of(THERE).plans == ["stars"]
    assert plans.of(THERE).library.version != reader.library.version
    assert plans.find("nobody") is None
    assert plans.of("nobody").plans == []
