"""Two official accounts at one bot: each is answered with its own secret, token and plans."""

from collections.abc import Callable, Iterator

import pytest
import urllib3
from sqlalchemy import Engine, select

from bot import clock
from bot.line.signature import sign
from bot.links import Links, Purpose
from bot.simulator.events import Spot
from bot.simulator.faults import Fault
from bot.simulator.phone import Phone
from bot.store.outbox import Notice
from bot.store.tables import Event, OutboxRow, OutboxState
from bot.understand.reader import Reader
from tests.channels.rig import HERE, KEY, SOUTH, THERE, Rig, keep, row, running
from tests.delivery.notices import notice, put
from tests.personas import TEACHER
from tests.store.events_of import NOON

STARS, READING = "觀星夜哪一天", "書單回報期限是哪一天"


@pytest.fixture
def rig(engine: Engine, reader: Reader) -> Iterator[Rig]:
    """The southern account answers from one plan alone."""
    with running(engine, reader, row(plans=["stars"])) as made:
        yield made


def post(rig: Rig, phone: Phone, body: bytes, secret: str) -> int:
    header = {"x-line-signature": sign(body, secret)}
    return urllib3.request("POST", phone.webhook.url, body=body, headers=header).status


def body_for(destination: str) -> bytes:
    return f'{{"destination":"{destination}","events":[]}}'.encode()


def test_each_account_is_answered_with_its_own_token(rig: Rig) -> None:
    here, there = rig.said(rig.here, STARS), rig.said(rig.there, STARS)

    assert "觀星" in here
    assert "觀星" in there
    assert rig.here.platform.problems() + rig.there.platform.problems() == []
    with rig.house.engine.connect() as db:
        assert sorted(db.scalars(select(Event.channel_id))) == [HERE, THERE]


def test_an_account_knows_its_own_plans_alone(rig: Rig) -> None:
    here, there = rig.said(rig.here, READING), rig.said(rig.there, READING)

    assert "臺中111晨間共讀" in here
    assert there
    assert "共讀" not in there.replace(READING, "")


@pytest.mark.parametrize(
    ("destination", "secret_of", "status"),
    [
        (SOUTH.user_id, lambda rig: SOUTH.secret, 200),
        (SOUTH.user_id, lambda rig: rig.settings.line_channel_secret, 400),  # of the other account
        ("U" + 32 * "0", lambda rig: rig.settings.line_channel_secret, 200),  # nobody's: our own
        ("U" + 32 * "0", lambda rig: SOUTH.secret, 400),
        ("", lambda rig: rig.settings.line_channel_secret, 200),
        ("", lambda rig: SOUTH.secret, 400),
    ],
)
def test_a_call_must_be_signed_by_whom_it_is_for(
    rig: Rig, destination: str, secret_of: Callable[[Rig], str], status: int
) -> None:
    assert post(rig, rig.there, body_for(destination), secret_of(rig)) == status


def test_what_is_no_json_is_held_against_the_settings_own_secret(rig: Rig) -> None:
    body = b"no JSON, and no destination"

    assert post(rig, rig.there, body, SOUTH.secret) == 400
    assert post(rig, rig.there, body, rig.settings.line_channel_secret) == 400
    assert rig.said(rig.there, STARS)  # and the next one is answered


def test_an_account_that_is_retired_is_neither_heard_nor_spoken_for(
    engine: Engine, reader: Reader
) -> None:
    with running(engine, reader, row(retired_at=clock.now())) as rig:
        put(engine, due(THERE))
        tick(rig)

        assert rig.ask(rig.there, STARS).posted.status == 400
        assert list(rig.there.platform.calls) == []


def test_an_account_whose_secrets_nobody_can_open_does_not_stop_the_others(
    engine: Engine, reader: Reader
) -> None:
    with running(engine, reader, row(secret="sealed1:of another key")) as rig:
        assert rig.ask(rig.there, STARS).posted.status == 400
        assert rig.said(rig.here, STARS)


def due(channel_id: str) -> Notice:
    """A notice for the same teacher in one of the channels."""
    return notice(TEACHER.user_id, "截止", channel_id=channel_id)


def states(engine: Engine) -> dict[str, OutboxState]:
    with engine.connect() as db:
        rows = db.execute(select(OutboxRow.channel_id, OutboxRow.state))
        return {one.channel_id: one.state for one in rows}


def tick(rig: Rig) -> None:
    """Both accounts may push to the teacher; a tick at an hour when nobody sleeps."""
    for phone in (rig.here, rig.there):
        phone.platform.chats.people[TEACHER.user_id].friend = True
    rig.house.stations.tick(clock.now(), NOON, lambda: None)


def test_a_tick_pushes_for_each_account_with_its_own_token(rig: Rig, engine: Engine) -> None:
    put(engine, due(HERE), due(THERE))

    tick(rig)

    assert states(engine) == {HERE: OutboxState.SENT, THERE: OutboxState.SENT}
    assert len(rig.here.platform.inbox(TEACHER.user_id)) == 1
    assert len(rig.there.platform.inbox(TEACHER.user_id)) == 1


@pytest.mark.parametrize("status", [401, 429, 500])
def test_what_one_account_is_refused_does_not_stop_the_other(
    rig: Rig, engine: Engine, status: int
) -> None:
    put(engine, due(HERE), due(THERE))
    for _ in range(20):
        rig.here.platform.faults.add(Fault(status=status))

    tick(rig)

    assert states(engine)[THERE] is OutboxState.SENT
    assert states(engine)[HERE] is not OutboxState.SENT


def test_an_account_that_breaks_is_logged_and_the_others_are_served(
    rig: Rig, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    put(engine, due(THERE))
    own = rig.house.stations.own()
    own.drain.sender = None  # type: ignore[assignment]

    tick(rig)

    assert "channel default could not be served" in caplog.text
    assert states(engine) == {THERE: OutboxState.SENT}


def test_a_new_token_is_used_without_a_restart(rig: Rig, engine: Engine) -> None:
    before = rig.house.stations.client_of(THERE)
    rig.house.channels.elapsed = lambda: 1e9  # some time goes by
    keep(engine, row(title="新的名稱"))

    after = rig.house.stations.client_of(THERE)

    assert after is not before
    assert rig.house.stations.client_of(THERE) is after


def test_an_event_of_the_other_account_with_the_same_id_is_another_event(rig: Rig) -> None:
    spot = Spot(TEACHER.user_id, TEACHER.user_id, clock.now())
    first = rig.here.say(spot, STARS)
    again = {**first.event, "replyToken": rig.there.platform.tokens.issue(TEACHER.user_id)}

    posted = rig.there.webhook.post(rig.there.webhook.body([again]))

    assert posted.status == 200
    assert rig.there.platform.reply_to(again["replyToken"])
    assert rig.here.platform.reply_to(first.reply_token)


def page(rig: Rig, channel_id: str) -> tuple[int, str]:
    """The page of forms behind a link of the teacher's, in one of the channels."""
    token = Links("", KEY).token(channel_id, TEACHER.user_id, Purpose.OWN, clock.now())
    base = rig.here.webhook.url.removesuffix("/callback")
    found = urllib3.request("GET", f"{base}/p/{token}/forms")
    return found.status, found.data.decode()


def test_a_link_opens_the_plans_of_its_own_channel(rig: Rig) -> None:
    here, there = page(rig, HERE), page(rig, THERE)

    assert (here[0], "書單回報表" in here[1]) == (200, True)
    assert (there[0], "書單回報表" in there[1]) == (200, False)
    assert page(rig, "nowhere")[0] == 403


def test_a_link_of_a_channel_that_was_retired_opens_nothing(rig: Rig, engine: Engine) -> None:
    assert page(rig, THERE)[0] == 200
    keep(engine, row(retired_at=clock.now()))
    rig.house.channels.elapsed = lambda: 1e9  # some time goes by

    assert page(rig, THERE)[0] == 403


def test_people_are_reminded_by_the_plans_of_their_channel(rig: Rig) -> None:
    plans = [one.reader.plans for one in rig.house.stations.every() if one.reader]

    assert plans == [["reading", "stars"], ["stars"]]
