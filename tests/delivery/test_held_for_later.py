"""What was held for want of quota disturbs nobody when there is room again."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from bot.delivery.drain import Drain
from bot.line.pushes import Pusher
from bot.model.reminders import Digest, NoticeKind, Preferences
from bot.simulator.platform import Platform
from bot.store import follows, people, preferences
from bot.store.tables import OutboxState
from tests.delivery.notices import days, notice, put, states_by_key
from tests.delivery.pushes import USER, run
from tests.store.events_of import NOON

HELD, SENT = OutboxState.HELD, OutboxState.SENT
MIDNIGHT = NOON + timedelta(hours=12)  # the beginning of a Thursday
NIGHT_SHIFT = Preferences(quiet_from=time(9), quiet_to=time(15))


@pytest.fixture
def drain(engine: Engine, pusher: Pusher, platform: Platform) -> Drain:
    """One notice is held; then there is room."""
    with engine.begin() as db:
        people.see(db, "default", USER, NOON)
    put(engine, notice(USER, "截"))
    platform.sending.quota = 0
    drain = Drain(engine=engine, sender=pusher, channel_id="default", elapsed=lambda: 0.0)
    run(drain)
    assert list(states_by_key(engine).values()) == [HELD]
    platform.sending.quota = 5
    return drain


def wish(engine: Engine, wanted: Preferences) -> None:
    with engine.begin() as db:
        preferences.put(db, "default", USER, wanted, NOON)


@pytest.mark.parametrize(
    ("wanted", "sent_at"),
    [
        (None, [MIDNIGHT + timedelta(hours=7)]),
        (Preferences(), [MIDNIGHT + timedelta(hours=7)]),
        (NIGHT_SHIFT, [MIDNIGHT]),
        (Preferences(quiet_from=time(8), quiet_to=time(8)), [MIDNIGHT]),
        (Preferences(digest=Digest.WEEKLY), [days(5)]),
    ],
    ids=["nothing set", "as the house", "awake at night", "no quiet hours", "Mondays"],
)
def test_it_waits_until_its_person_may_be_written_to(
    engine: Engine, drain: Drain, wanted: Preferences | None, sent_at: list[datetime]
) -> None:
    if wanted:
        wish(engine, wanted)
    times = [MIDNIGHT, MIDNIGHT + timedelta(hours=6.9), MIDNIGHT + timedelta(hours=7), days(5)]

    assert [at for at in times if run(drain, at)] == sent_at


def test_staffs_answer_goes_out_at_any_hour(engine: Engine, drain: Drain) -> None:
    put(engine, notice(USER, "答", kind=NoticeKind.ANSWER))
    run(drain)
    assert states_by_key(engine)[f"答:{USER}"] is HELD

    assert run(drain, MIDNIGHT) == 1
    assert states_by_key(engine)[f"答:{USER}"] is SENT


def test_what_is_done_while_it_is_held_is_never_told(engine: Engine, drain: Drain) -> None:
    key = f"remind:{USER}:截"
    put(engine, notice(USER, "截", key=key))
    run(drain)
    assert states_by_key(engine)[key] is HELD
    with engine.begin() as db:
        waits = follows.waiting_keys(db, "default", [USER])
        follows.drop_waiting(db, "default", list(waits))

    assert waits == {key}
    assert key not in states_by_key(engine)
