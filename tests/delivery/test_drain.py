"""What waits in the outbox goes out once, however LINE behaves and whoever dies."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.delivery import drain as room
from bot.delivery.drain import Drain, wait_before
from bot.handlers import telling
from bot.line.pushes import Pusher
from bot.messages import Answer
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.simulator.wire import MONTHLY_LIMIT
from bot.store import people
from bot.store.batches import KEY_LIFE, LEASE
from bot.store.sending_tables import BatchRow
from bot.store.tables import OutboxRow, OutboxState
from tests.delivery.pushes import USER, answered, calls_of, run, somebody, states, told_at
from tests.store.events_of import NOON, after, incoming


class Killed(BaseException):
    """The process ends here: nobody catches it."""


class Dying(Pusher):
    """Sends, and dies before it can say so."""

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None:
        super().push(user_id, answer, retry_key)
        raise Killed


def row(engine: Engine) -> Any:
    with engine.connect() as db:
        return db.execute(select(*OutboxRow.__table__.c)).one()


def batch(engine: Engine) -> Any:
    with engine.connect() as db:
        return db.execute(select(*BatchRow.__table__.c)).one()


def keys_tried(platform: Platform) -> list[str | None]:
    return [call.request.headers.get("x-line-retry-key") for call in calls_of(platform)]


def test_what_is_due_arrives_and_is_told(engine: Engine, drain: Drain, platform: Platform) -> None:
    answered(engine)

    assert [run(drain), run(drain)] == [1, 0]
    (message,) = platform.inbox(USER)
    assert "第1題：坐火箭。" in message["altText"]
    assert (states(engine), told_at(engine)) == ([OutboxState.SENT], NOON)
    assert platform.problems() == []


def test_a_kill_between_sending_and_settling_sends_nothing_twice(
    engine: Engine, drain: Drain, pusher: Pusher, platform: Platform
) -> None:
    answered(engine)
    doomed = Drain(engine=engine, sender=Dying(pusher._client), channel_id="default")
    with pytest.raises(Killed):
        run(doomed)

    too_early = run(drain, NOON + LEASE)
    taken_over = run(drain, NOON + LEASE + timedelta(seconds=1))

    first, second = keys_tried(platform)
    assert (too_early, taken_over) == (0, 1)
    assert first == second == batch(engine).retry_key
    assert [call.response.status for call in calls_of(platform)] == [200, 409]
    assert len(platform.inbox(USER)) == 1
    assert (states(engine), told_at(engine)) == (
        [OutboxState.SENT],
        NOON + LEASE + timedelta(seconds=1),
    )


def test_an_answer_that_got_lost_on_its_way_back_sends_nothing_twice(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    answered(engine)
    platform.faults.add(Fault(lost=True))

    assert [run(drain), run(drain, after(60))] == [0, 1]
    assert len(platform.inbox(USER)) == 1
    assert len(set(keys_tried(platform))) == 1


def test_a_bad_day_of_line_is_waited_out_with_growing_patience(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    answered(engine)
    platform.faults.add(Fault(status=503, times=2))

    run(drain)
    first = batch(engine).not_before
    run(drain, first)
    second = batch(engine).not_before
    run(drain, second)

    assert (first - NOON, second - first) == (timedelta(seconds=5), timedelta(seconds=10))
    assert states(engine) == [OutboxState.SENT]


def test_one_that_fails_does_not_hold_up_the_others(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    for number in (1, 2, 3):
        answered(engine, number, user=somebody(platform, f"老師{number}"))
    platform.faults.add(Fault(status=500))

    assert [run(drain), run(drain, after(1)), run(drain, after(5))] == [2, 0, 1]


def test_what_line_refuses_for_good_is_dead_and_the_others_go_on(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    answered(engine, 1, user="U" + "0" * 32)  # nobody whom this account knows
    answered(engine, 2)

    assert run(drain) == 1
    assert sorted(states(engine)) == [OutboxState.DEAD, OutboxState.SENT]


@pytest.mark.parametrize(
    "fault", [Fault(status=401), Fault(status=403), Fault(status=429, message=MONTHLY_LIMIT)]
)
def test_when_we_may_not_send_the_line_stops_and_nothing_is_lost(
    engine: Engine,
    drain: Drain,
    platform: Platform,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answered(engine)
    platform.faults.add(fault)

    with caplog.at_level(logging.ERROR):
        stopped = [run(drain), run(drain, after(60))]
    later = run(drain, NOON + room.PAUSE)

    assert stopped == [0, 0]
    assert later == 1
    assert "LINE does not let us send" in caplog.text
    assert len(set(keys_tried(platform))) == len(keys_tried(platform)) == 2


def test_after_a_day_of_trying_it_is_given_up_as_uncertain(
    engine: Engine, drain: Drain, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    answered(engine)
    platform.faults.add(Fault(status=500, times=100, path="/push"))
    run(drain)
    run(drain, NOON + KEY_LIFE - timedelta(minutes=1))
    tried = len(keys_tried(platform))

    run(drain, NOON + KEY_LIFE)
    platform.faults.clear()

    assert run(drain, NOON + KEY_LIFE + timedelta(days=1)) == 0
    assert len(keys_tried(platform)) == tried == 2
    assert states(engine) == [OutboxState.UNCERTAIN]
    assert row(engine).id in caplog.text


def test_the_next_reply_tells_what_perhaps_went_out(engine: Engine, drain: Drain) -> None:
    answered(engine)
    with engine.begin() as db:
        db.execute(update(OutboxRow).values(state=OutboxState.UNCERTAIN))
        hello = incoming("E9", user_id=USER, chat_id=USER)

        assert len(telling.with_untold(db, hello, Answer(())).parts) == 1


def test_whoever_blocked_us_gets_nothing(engine: Engine, drain: Drain, platform: Platform) -> None:
    answered(engine)
    with engine.begin() as db:
        people.mark_blocked(db, "default", USER, after(1))

    assert run(drain, after(2)) == 0
    assert keys_tried(platform) == []
    assert states(engine) == [OutboxState.VOID]


def test_what_whoever_wrote_was_told_already_is_not_pushed(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    answered(engine)
    with engine.begin() as db:
        telling.with_untold(db, incoming("E9", user_id=USER, chat_id=USER), Answer(()))

    assert run(drain) == 0
    assert platform.inbox(USER) == []


def test_an_answer_that_cannot_be_made_does_not_hold_up_the_others(
    engine: Engine, drain: Drain, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    answered(engine, 1)
    answered(engine, 2, user=somebody(platform, "林老師"))
    with engine.begin() as db:
        first = db.scalar(select(OutboxRow.id).order_by(OutboxRow.id).limit(1))
        empty = {"parts": [], "quick": [], "outcome": "chat", "why": WHY}
        db.execute(update(OutboxRow).where(OutboxRow.id == first).values(answer=empty))

    assert run(drain) == 1
    assert sorted(states(engine)) == [OutboxState.DEAD, OutboxState.SENT]


WHY = {
    "because": "", "plan": "", "edition": "", "entry": "", "score": 0.0, "words": [], "rivals": [],
}  # fmt: skip


def test_patience_grows_to_an_hour_and_is_spread_by_half() -> None:
    waits = [wait_before(tries, 0.5) for tries in range(1, 40)]

    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)
    assert wait_before(3, 0.0) * 3 == wait_before(3, 1.0)
