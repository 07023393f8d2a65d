"""Events are handled once, and their answers are owed until they are sent or lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from bot.messages import Incoming
from bot.store import events, left_behind
from bot.store.events import Owed, Settled
from bot.store.tables import Event, EventState
from tests.store.events_of import NOON, YES, after, incoming


def keep(engine: Engine, event: Incoming, received_at: datetime = NOON) -> Owed:
    with engine.begin() as db:
        assert events.put_first_seen(db, event, received_at)
        return events.owe(db, event, YES, received_at)


def settle(engine: Engine, event_id: str, state: EventState, error: str = "") -> None:
    result = Settled(channel_id="default", event_id=event_id, state=state, error=error)
    with engine.begin() as db:
        events.settle(db, [result])


def state_of(engine: Engine, event_id: str = "E1") -> tuple[EventState, str | None]:
    with engine.connect() as db:
        row = db.execute(
            select(Event.state, Event.error).where(Event.webhook_event_id == event_id)
        ).one()
    return row[0], row[1]


def taken_over(engine: Engine, now: datetime) -> list[str]:
    with engine.begin() as db:
        return [owed.event_id for owed in left_behind.claim_left_behind(db, now)]


def test_an_event_is_first_seen_once(engine: Engine) -> None:
    with engine.begin() as db:
        seen = [events.put_first_seen(db, incoming(), NOON) for _ in range(3)]

    assert seen == [True, False, False]


def test_the_same_id_in_another_channel_is_another_event(engine: Engine) -> None:
    with engine.begin() as db:
        events.put_first_seen(db, incoming(), NOON)

        assert events.put_first_seen(db, incoming(channel_id="second"), NOON)


def test_of_many_processes_at_once_one_sees_the_event_first(engine: Engine) -> None:
    def see(_: int) -> bool:
        with engine.begin() as db:
            return events.put_first_seen(db, incoming(), NOON)

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(see, range(8)))

    assert sorted(seen) == [False] * 7 + [True]


def test_an_answer_in_the_making_is_left_to_whoever_makes_it(engine: Engine) -> None:
    keep(engine, incoming())

    assert taken_over(engine, after(14)) == []


def test_an_answer_whose_process_died_is_taken_over_once(engine: Engine) -> None:
    owed = keep(engine, incoming())

    with engine.begin() as db:
        taken = left_behind.claim_left_behind(db, after(16))

    assert taken == [owed]
    assert taken_over(engine, after(17)) == []


def test_an_answer_that_line_did_not_take_waits_for_anyone(engine: Engine) -> None:
    keep(engine, incoming())

    settle(engine, "E1", EventState.WAITING, "503")

    assert state_of(engine) == (EventState.WAITING, "503")
    assert taken_over(engine, after(1)) == ["E1"]


def test_what_was_left_behind_comes_oldest_first(engine: Engine) -> None:
    for event_id, second in (("E2", 2), ("E3", 1), ("E1", 2)):
        keep(engine, incoming(event_id), after(second))
        settle(engine, event_id, EventState.WAITING)

    assert taken_over(engine, after(5)) == ["E3", "E1", "E2"]


def test_many_who_take_over_at_once_share_the_answers(engine: Engine) -> None:
    ids = [f"E{number:02}" for number in range(20)]
    for event_id in ids:
        keep(engine, incoming(event_id))
        settle(engine, event_id, EventState.WAITING)

    def take(_: int) -> list[str]:
        with engine.begin() as db:
            return [owed.event_id for owed in left_behind.claim_left_behind(db, after(1), limit=5)]

    with ThreadPoolExecutor(8) as threads:
        taken = [event_id for part in threads.map(take, range(8)) for event_id in part]

    assert sorted(taken) == ids


@pytest.mark.parametrize(
    ("second", "ends"),
    [
        (49, EventState.WAITING),  # the token still lives
        (50, EventState.LOST),  # the tenth of a minute before LINE's own limit
    ],
)
def test_an_answer_is_lost_when_its_token_dies(
    engine: Engine, second: int, ends: EventState
) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.WAITING)

    with engine.begin() as db:
        left_behind.close_stale(db, after(second))

    assert state_of(engine)[0] is ends


def test_a_lost_answer_is_not_taken_over(engine: Engine) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.WAITING)

    with engine.begin() as db:
        lost = left_behind.close_stale(db, after(60))

    assert lost == [("default", "E1")]
    assert taken_over(engine, after(61)) == []


def test_a_sent_answer_is_not_given_out_again(engine: Engine) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.SENT)

    with engine.begin() as db:
        again = left_behind.claim_again(db, incoming(redelivered=True), after(30))

    assert again is None
    assert taken_over(engine, after(30)) == []


def test_sent_is_sent_even_if_another_process_gave_it_up(engine: Engine) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.LOST, "400 Invalid reply token")

    settle(engine, "E1", EventState.SENT)

    assert state_of(engine) == (EventState.SENT, None)


def test_giving_up_does_not_undo_what_was_sent(engine: Engine) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.SENT)

    settle(engine, "E1", EventState.LOST, "400 Invalid reply token")

    assert state_of(engine) == (EventState.SENT, None)


def test_a_repeated_event_brings_a_lost_answer_back_with_a_new_token(engine: Engine) -> None:
    keep(engine, incoming())
    settle(engine, "E1", EventState.LOST)

    with engine.begin() as db:
        again = left_behind.claim_again(db, incoming(reply_token="new"), after(300))

    assert again == Owed(channel_id="default", event_id="E1", reply_token="new", answer=YES)
    assert state_of(engine)[0] is EventState.SENDING


def test_those_that_were_noted_before_are_told_from_new_ones(engine: Engine) -> None:
    keep(engine, incoming("E1"))

    with engine.begin() as db:
        found = events.noted(db, "default", ["E1", "E2"])
        elsewhere = events.noted(db, "another", ["E1", "E2"])

    assert (found, elsewhere) == ({"E1"}, set())


def test_a_failure_stays_one_after_its_apology_was_sent(engine: Engine) -> None:
    with engine.begin() as db:
        events.put_first_seen(db, incoming(), NOON)
        events.mark_failed(db, incoming(), YES, "KeyError")

    settle(engine, "E1", EventState.SENT)

    assert state_of(engine) == (EventState.FAILED, "KeyError")
