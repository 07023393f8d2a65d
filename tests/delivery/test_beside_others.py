"""Pushes beside what else goes on: a question taken back, replies, a house that stops."""

import threading
from itertools import count

from sqlalchemy import Engine, event

from bot.delivery.drain import Drain
from bot.dispatch import Office
from bot.line.pushes import Pusher
from bot.messages import Kind
from bot.simulator.platform import Platform
from bot.store.tables import OutboxState
from tests.delivery.pushes import USER, answered, run, states, told_at
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
    engine: Engine, pusher: Pusher
) -> None:
    platform.faults.add(Fault(delay_s=0.05, times=100, path="/push"))
    for number in range(5):
        answered(engine, number, user=platform.chats.add(Persona(f"{number}", "師")).persona.user_id)
    platform_befriends_all(platform)
    seconds = count(0, 1)  # each look at the clock is a second later
    slow = Drain(
        engine=engine, sender=pusher, channel_id="default", elapsed=lambda: float(next(seconds))
    )

    first = run(slow)

    assert 0 < first < 5
    assert first + run(slow) + run(slow) == 5


def test_a_house_that_stops_begins_no_other_message(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    answered(engine, 1)
    answered(engine, 2)
    stopped = Drain(
        engine=engine,
        sender=pusher,
        channel_id="default",
        is_stopping=lambda: bool(platform.inbox(USER)),
    )

    assert run(stopped) == 1
    assert sorted(states(engine)) == [OutboxState.SENT, OutboxState.WAITING]
