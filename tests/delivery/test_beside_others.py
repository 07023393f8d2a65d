"""Pushes beside what else goes on: a question taken back, replies, a house that stops."""

import threading
from itertools import count

from sqlalchemy import Engine, event

from bot.delivery.drain import Drain
from bot.dispatch import Office
from bot.line.pushes import Pusher
from bot.messages import Kind
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.store.tables import OutboxState
from tests.delivery.pushes import USER, answered, calls_of, run, somebody, states, told_at
from tests.handlers_of_tests import EMPTY, echo
from tests.store.events_of import NOON, incoming


def test_a_push_and_a_question_taken_back_do_not_wait_for_each_other(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    answered(engine)
    unsend = incoming("E9", kind=Kind.UNSEND, user_id=USER, chat_id=USER, message_id="M1")
    taking_back = threading.Thread(target=Office(engine, echo, EMPTY).respond, args=(unsend, NOON))

    def between(_db: object, _cursor: object, statement: str, *_: object) -> None:
        went_out = bool(platform.inbox(USER))
        if went_out and statement.startswith("UPDATE") and not taking_back.ident:
            taking_back.start()
            taking_back.join(0.5)  # held up: the push is just being settled

    event.listen(engine, "after_cursor_execute", between)
    sent = run(drain)
    taking_back.join()

    assert sent == 1
    assert states(engine) == []
    assert told_at(engine) is None


def test_a_run_takes_ten_seconds_at_most_and_the_next_one_goes_on(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    platform.faults.add(Fault(delay_s=0.05, times=100, path="/push"))
    for number in range(5):
        answered(engine, number, user=somebody(platform, f"老師{number}"))
    seconds = count(0, 2)  # each look at the clock is two seconds later
    slow = Drain(
        engine=engine, sender=pusher, channel_id="default", elapsed=lambda: float(next(seconds))
    )

    assert [run(slow) for _ in range(3)] == [2, 2, 1]


def test_a_house_that_stops_begins_no_other_message(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    answered(engine, 1)
    for number in range(2, 40):
        answered(engine, number, user=somebody(platform, f"老師{number}"))
    platform.faults.add(Fault(delay_s=0.2, times=100, path="/push"))
    stopped = Drain(
        engine=engine,
        sender=pusher,
        channel_id="default",
        is_stopping=lambda: bool(calls_of(platform)),
    )

    sent = run(stopped)

    assert 0 < sent < 39
    assert states(engine).count(OutboxState.SENT) == sent == len(calls_of(platform))
    assert states(engine).count(OutboxState.WAITING) == 39 - sent
