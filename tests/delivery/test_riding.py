"""What waits comes along with the next reply, free, and is not pushed as well."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from bot.delivery.drain import Drain
from bot.dispatch import Office
from bot.line.limits import MESSAGES
from bot.line.render.answer import render
from bot.messages import Answer, Card, Row, Text
from bot.model.reminders import NoticeKind
from bot.replied import USED_UP, settle_replies
from bot.simulator.platform import Platform
from bot.store.events import Owed, Settled
from bot.store.left_behind import LEASE
from bot.store.tables import Event, EventState, OutboxRow, OutboxState
from tests.delivery.notices import days, notice, put, states_by_key
from tests.delivery.pushes import USER, run
from tests.handlers_of_tests import EMPTY, echo
from tests.store.events_of import NOON, after, incoming

HOUR = timedelta(hours=1)


def written(engine: Engine, event_id: str = "E1", **changes: object) -> Owed:
    """The reply to a message of this person's."""
    message = incoming(event_id, user_id=USER, chat_id=USER, **changes)
    owed = Office(engine, echo, EMPTY).respond(message, NOON)
    assert owed
    return owed


def ended(engine: Engine, state: EventState, error: str = "", event_id: str = "E1") -> None:
    result = Settled(channel_id="default", event_id=event_id, state=state, error=error)
    settle_replies(engine, [result], after(5))


def riders(answer: Answer) -> list[str]:
    below = answer.parts[len(answer.parts) - answer.riding :]
    return [card.lead for card in Answer(below).cards]


def test_what_is_due_today_comes_along_below_the_reply(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(
        engine,
        notice(USER, "今晚", not_before=NOON + 3 * HOUR),
        notice(USER, "工作坊", kind=NoticeKind.SESSION),
        notice(USER, "明天", not_before=days(1)),
        notice("U-other", "別人的"),
    )

    owed = written(engine)
    ended(engine, EventState.SENT)

    assert riders(owed.answer) == ["工作坊快到了", "今晚快到了"]
    assert isinstance(owed.answer.parts[-1], Row)
    assert states_by_key(engine)[f"今晚:{USER}"] is OutboxState.SENT
    assert states_by_key(engine)[f"明天:{USER}"] is OutboxState.WAITING
    run(drain, NOON + 4 * HOUR)
    assert platform.inbox(USER) == []


def test_a_sessions_last_hour_is_not_told_in_the_morning(engine: Engine) -> None:
    at = NOON + 5 * HOUR
    kind = NoticeKind.SESSION
    put(engine, notice(USER, "開場", kind=kind, not_before=at, expires_at=at + HOUR))

    assert written(engine).answer.riding == 0


def test_while_the_reply_is_on_its_way_nothing_is_pushed(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(engine, notice(USER, "報名"))
    written(engine)

    assert run(drain, after(30)) == 0
    assert list(states_by_key(engine).values()) == [OutboxState.RIDING]


def test_where_the_reply_was_lost_it_is_pushed(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(engine, notice(USER, "報名"))
    written(engine)
    ended(engine, EventState.LOST, USED_UP)

    assert run(drain, after(30)) == 1
    assert len(platform.inbox(USER)) == 1


def test_where_the_reply_perhaps_arrived_it_is_not_told_twice(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(engine, notice(USER, "報名"))
    written(engine)
    with engine.begin() as db:  # tried a second time, after nobody had heard of the first
        db.execute(update(Event).values(tries=2))
    ended(engine, EventState.LOST, USED_UP)

    assert run(drain, after(30)) == 0
    assert list(states_by_key(engine).values()) == [OutboxState.UNCERTAIN]
    message = incoming("E1", user_id=USER, chat_id=USER, redelivered=True)
    assert Office(engine, echo, EMPTY).respond(message, after(30)) is None


def test_a_reply_that_is_owed_again_carries_what_still_waits_and_only_that(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(engine, notice(USER, "報名"), notice(USER, "成果"))
    message = incoming("E1", user_id=USER, chat_id=USER)
    office = Office(engine, echo, EMPTY)
    first = office.respond(message, NOON)
    ended(engine, EventState.LOST, "500")
    with engine.begin() as db:
        db.execute(update(OutboxRow).where(OutboxRow.fact == "成果").values(state="void"))

    again = office.respond(replace(message, redelivered=True), NOON + 2 * LEASE)

    assert first
    assert again
    assert sorted(riders(first.answer)) == ["報名快到了", "成果快到了"]
    assert riders(again.answer) == ["報名快到了"]
    assert again.answer.parts[0] == first.answer.parts[0]
    assert run(drain, NOON + 2 * LEASE) == 0


def test_in_a_group_nothing_of_a_person_is_said(engine: Engine) -> None:
    put(engine, notice(USER, "報名"))

    assert written(engine, in_group=True, mentioned=True).answer.riding == 0


def test_what_is_being_pushed_does_not_come_along(engine: Engine, drain: Drain) -> None:
    put(engine, notice(USER, "報名"))
    with engine.begin() as db:
        db.execute(update(OutboxRow).values(state=OutboxState.SENDING))

    assert written(engine).answer.riding == 0


@pytest.mark.parametrize("number", [3, 40])
def test_what_comes_along_is_whole_however_much_the_reply_says(engine: Engine, number: int) -> None:
    put(engine, *(notice(USER, f"第{i:02}件") for i in range(number)))
    riding = written(engine).answer
    own = tuple(Text(f"第{i}段") for i in range(9))
    card = Card(title="題", lead="答")

    messages = render(replace(riding, parts=(*own, card, *riding.parts[-riding.riding :])))

    assert len(messages) == MESSAGES
    assert "放不下" in messages[-2]["text"]
    assert all(f"第{i:02}件" in messages[-1]["altText"] for i in range(min(number, 10)))
