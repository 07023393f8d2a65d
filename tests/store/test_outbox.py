"""The outbox: each fact once, each message in one batch, and nothing sent that is of no use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.messages import Answer, Text
from bot.model.reminders import NoticeKind
from bot.store import batches, outbox, people, waves
from bot.store.batches import KEY_LIFE, LEASE, Due, End, Ending
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from tests.store.events_of import NOON, after

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def put(engine: Engine, key: str = "referral:1", **changes: Any) -> bool:
    usual: dict[str, Any] = {
        "channel_id": "default",
        "user_id": f"U-{key}",
        "key": key,
        "answer": Answer((Text("有答覆了"),)),
        "made_at": NOON,
        "not_before": NOON,
        "expires_at": NOON + WEEK,
    }
    with engine.begin() as db:
        return outbox.put(db, Notice(**{**usual, **changes}))


def claim(engine: Engine, now: datetime = NOON, most: int = 100, **more: Any) -> list[Due]:
    with engine.begin() as db:
        return waves.claim(db, "default", now, more.get("today", now), most)


def settle(engine: Engine, due: Due, end: End, now: datetime = NOON, **more: Any) -> None:
    with engine.begin() as db:
        again_at = more.get("again_at", now)
        batches.settle(db, [Ending(due=due, end=end, error="503", again_at=again_at)], now)


def close_stale(engine: Engine, now: datetime, **more: Any) -> list[str]:
    with engine.begin() as db:
        return batches.close_stale(db, "default", now, more.get("today", now))


def states(engine: Engine) -> list[OutboxState]:
    with engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state).order_by(OutboxRow.key)))


def histories(engine: Engine) -> list[str]:
    with engine.connect() as db:
        return list(db.scalars(select(OutboxRow.history).order_by(OutboxRow.key)))


def test_a_fact_is_queued_once(engine: Engine) -> None:
    assert [put(engine), put(engine)] == [True, False]
    assert states(engine) == [OutboxState.WAITING]


def test_a_fact_that_went_out_is_not_queued_again(engine: Engine) -> None:
    put(engine)
    settle(engine, claim(engine)[0], End.SENT)

    assert not put(engine)


def test_many_are_queued_at_once_and_those_that_were_there_are_not_counted(engine: Engine) -> None:
    put(engine, "k7")
    notices = [
        Notice(
            channel_id="default",
            user_id=f"U{number}",
            key=f"k{number}",
            answer=Answer((Text("一"),)),
            made_at=NOON,
            not_before=NOON,
            expires_at=NOON + WEEK,
        )
        for number in range(1_200)
    ]

    with engine.begin() as db:
        counts = [outbox.put_many(db, notices), outbox.put_many(db, notices)]

    assert counts == [1_199, 0]
    assert len(states(engine)) == 1_200


def test_the_same_fact_of_another_channel_is_another_one(engine: Engine) -> None:
    assert [put(engine), put(engine, channel_id="second")] == [True, True]
    assert [due.channel_id for due in claim(engine)] == ["default"]


def test_what_is_due_first_goes_first_and_what_is_not_due_waits(engine: Engine) -> None:
    put(engine, "c", not_before=after(1))
    put(engine, "b", not_before=after(-1))
    put(engine, "a")

    assert [claim(engine, most=1)[0].keys for _ in range(2)] == [("b",), ("a",)]
    assert claim(engine) == []


def test_a_message_is_carried_by_one_batch(engine: Engine) -> None:
    for number in range(20):
        put(engine, f"k{number}")
    with ThreadPoolExecutor(4) as threads:
        held = list(threads.map(lambda _: claim(engine, most=1), range(40)))

    keys = [key for dues in held for due in dues for key in due.keys]
    assert sorted(keys) == sorted(f"k{number}" for number in range(20))


def test_a_batch_whose_holder_died_is_taken_over_as_it_was(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)

    early = claim(engine, NOON + LEASE)
    (second,) = claim(engine, NOON + LEASE + timedelta(seconds=1))

    assert early == []
    assert (second.id, second.retry_key) == (first.id, first.retry_key)
    assert (second.user_ids, second.answers) == (first.user_ids, first.answers)
    assert (first.tries, second.tries) == (1, 2)


def test_a_multicast_whose_holder_died_has_the_same_people_in_the_same_order(
    engine: Engine,
) -> None:
    for number in range(30):
        put(engine, f"k{number}", kind=NoticeKind.DEADLINE, fact="f")
    (first,) = claim(engine)

    (second,) = claim(engine, NOON + LEASE + timedelta(seconds=1))

    assert len(first.user_ids) == 30
    assert (second.user_ids, second.retry_key) == (first.user_ids, first.retry_key)
    assert second.answers == first.answers == (Answer((Text("有答覆了"),)),)


def test_what_line_did_not_take_waits_for_its_time(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)
    settle(engine, first, End.AGAIN, again_at=after(10))

    assert claim(engine, after(9)) == []
    assert claim(engine, after(10))[0].retry_key == first.retry_key


def test_whoever_held_it_before_does_not_settle_it_for_the_one_who_holds_it_now(
    engine: Engine,
) -> None:
    put(engine)
    (first,) = claim(engine)
    claim(engine, after(100))

    settle(engine, first, End.REFUSED)

    assert states(engine) == [OutboxState.SENDING]


def test_what_went_out_is_sent_whatever_another_one_thought(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)
    (second,) = claim(engine, after(100))
    settle(engine, second, End.AGAIN)
    close_stale(engine, NOON + KEY_LIFE)

    settle(engine, first, End.SENT)

    assert states(engine) == [OutboxState.SENT]


def test_what_was_never_tried_is_void_when_it_is_of_no_more_use(engine: Engine) -> None:
    put(engine)

    assert claim(engine, NOON + WEEK) == []
    assert close_stale(engine, NOON + WEEK) == []
    assert states(engine) == [OutboxState.VOID]


def test_the_day_of_events_says_what_is_of_use_and_the_real_clock_how_long_a_key_lives(
    engine: Engine,
) -> None:
    put(engine)
    years_later = NOON + 200 * WEEK

    (due,) = claim(engine, years_later, today=NOON)
    settle(engine, due, End.AGAIN, years_later)

    assert close_stale(engine, years_later + HOUR, today=NOON) == []
    assert claim(engine, years_later + HOUR, today=NOON) != []


@pytest.mark.parametrize("died", [False, True])
def test_what_was_tried_is_uncertain_when_line_has_forgotten_its_key(
    engine: Engine, died: bool
) -> None:
    put(engine)
    (due,) = claim(engine)
    if not died:
        settle(engine, due, End.AGAIN)

    late = claim(engine, NOON + KEY_LIFE)
    given_up = close_stale(engine, NOON + KEY_LIFE)

    assert (late, len(given_up)) == ([], 1)
    assert states(engine) == [OutboxState.UNCERTAIN]


def test_what_line_refused_unseen_waits_as_if_it_had_not_been_tried(engine: Engine) -> None:
    put(engine)
    for hours in (0, 20):
        settle(engine, claim(engine, NOON + hours * HOUR)[0], End.UNSENT)

    assert close_stale(engine, NOON + 30 * HOUR) == []
    assert states(engine) == [OutboxState.WAITING]
    assert [due.tries for due in claim(engine, NOON + 30 * HOUR)] == [1]


def test_what_was_tried_before_ages_also_where_line_refuses_us_later(engine: Engine) -> None:
    put(engine)
    settle(engine, claim(engine)[0], End.AGAIN)
    settle(engine, claim(engine, NOON + HOUR)[0], End.UNSENT)

    close_stale(engine, NOON + KEY_LIFE)

    assert states(engine) == [OutboxState.UNCERTAIN]


def test_a_multicast_that_is_refused_is_sent_to_each_by_itself(engine: Engine) -> None:
    for number in range(3):
        put(engine, f"k{number}", kind=NoticeKind.DEADLINE, fact="f")
    (together,) = claim(engine)
    settle(engine, together, End.REFUSED)

    apart = claim(engine)

    assert [len(due.user_ids) for due in apart] == [1, 1, 1]
    assert together.retry_key not in {due.retry_key for due in apart}


def test_nobody_who_blocked_us_is_written_to(engine: Engine) -> None:
    put(engine, "a", user_id="U1")
    put(engine, "b", user_id="U2")
    with engine.begin() as db:
        people.see(db, "default", "U1", NOON)
        people.mark_blocked(db, "default", "U1", NOON)
        people.see(db, "default", "U2", NOON)

    close_stale(engine, NOON)

    assert states(engine) == [OutboxState.VOID, OutboxState.WAITING]


def test_what_waits_can_be_dropped_and_what_is_under_way_is_said(engine: Engine) -> None:
    put(engine, "a")
    claim(engine)
    put(engine, "b")

    with engine.begin() as db:
        flying = outbox.void(db, "default", ["a", "b"], NOON)

    assert flying == {"a"}
    assert states(engine) == [OutboxState.SENDING, OutboxState.VOID]


def test_only_what_had_been_told_otherwise_comes_back(engine: Engine) -> None:
    put(engine, "a")
    put(engine, "b", expires_at=NOON)
    close_stale(engine, NOON)
    with engine.begin() as db:
        outbox.void(db, "default", ["a"], NOON)
        outbox.revive(db, "default", ["a", "b"], NOON)

    assert states(engine) == [OutboxState.WAITING, OutboxState.VOID]


def test_every_move_leaves_a_line_that_says_when_and_why(engine: Engine) -> None:
    put(engine)
    settle(engine, claim(engine)[0], End.UNSENT)
    settle(engine, claim(engine, after(60))[0], End.SENT, after(61))

    assert histories(engine) == [
        "2022-06-15T04:00:00Z waiting\n"
        "2022-06-15T04:00:00Z sending\n"
        "2022-06-15T04:00:00Z waiting 503\n"
        "2022-06-15T04:01:00Z sending\n"
        "2022-06-15T04:01:01Z sent\n"
    ]
