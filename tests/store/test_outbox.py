"""The outbox: each fact once, each row held by one, and nothing sent when it is of no more use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.messages import Answer, Text
from bot.store import outbox, people
from bot.store.outbox import KEY_LIFE, LEASE, Due, Ending, Notice
from bot.store.tables import OutboxRow, OutboxState
from tests.store.events_of import NOON, after

WAITS = Ending(state=OutboxState.WAITING, error="503", again_at=NOON)
SENT = Ending(state=OutboxState.SENT)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def put(engine: Engine, key: str = "referral:1", **changes: Any) -> bool:
    usual: dict[str, Any] = {
        "channel_id": "default",
        "user_id": "U1",
        "key": key,
        "answer": Answer((Text("有答覆了"),)),
        "made_at": NOON,
        "not_before": NOON,
        "expires_at": NOON + WEEK,
    }
    with engine.begin() as db:
        return outbox.put(db, Notice(**{**usual, **changes}))


def claim(engine: Engine, now: datetime = NOON, limit: int = 1, **more: Any) -> list[Due]:
    with engine.begin() as db:
        return outbox.claim(db, "default", now, more.get("today", now), limit)


def settle(engine: Engine, due: Due, ending: Ending, now: datetime = NOON) -> None:
    with engine.begin() as db:
        outbox.settle(db, due, ending, now)


def close_stale(engine: Engine, now: datetime, **more: Any) -> list[str]:
    with engine.begin() as db:
        return outbox.close_stale(db, "default", now, more.get("today", now))


def states(engine: Engine) -> list[OutboxState]:
    with engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state).order_by(OutboxRow.key)))


def test_a_fact_is_queued_once(engine: Engine) -> None:
    assert [put(engine), put(engine)] == [True, False]
    assert states(engine) == [OutboxState.WAITING]


def test_a_fact_that_went_out_is_not_queued_again(engine: Engine) -> None:
    put(engine)
    settle(engine, claim(engine)[0], SENT)

    assert not put(engine)


def test_the_same_fact_of_another_channel_is_another_one(engine: Engine) -> None:
    assert [put(engine), put(engine, channel_id="second")] == [True, True]
    assert [due.channel_id for due in claim(engine, limit=5)] == ["default"]


def test_what_is_due_first_goes_first_and_what_is_not_due_waits(engine: Engine) -> None:
    put(engine, "c", not_before=after(1))
    put(engine, "b", not_before=after(-1))
    put(engine, "a")

    assert [due.key for due in claim(engine, limit=5)] == ["b", "a"]


def test_a_row_is_held_by_one(engine: Engine) -> None:
    for number in range(20):
        put(engine, f"k{number}")
    with ThreadPoolExecutor(4) as threads:
        held = list(threads.map(lambda _: claim(engine), range(40)))

    keys = [due.key for dues in held for due in dues]
    assert sorted(keys) == sorted(f"k{number}" for number in range(20))


def test_a_row_whose_holder_died_is_taken_over_with_the_same_retry_key(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)

    early = claim(engine, NOON + LEASE)
    (second,) = claim(engine, NOON + LEASE + timedelta(seconds=1))

    assert early == []
    assert second.retry_key == first.retry_key
    assert (first.tries, second.tries) == (1, 2)


def test_what_line_did_not_take_waits_for_its_time(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)
    settle(engine, first, Ending(state=OutboxState.WAITING, again_at=after(10)))

    assert claim(engine, after(9)) == []
    assert claim(engine, after(10))[0].retry_key == first.retry_key


def test_whoever_held_it_before_does_not_settle_it_for_the_one_who_holds_it_now(
    engine: Engine,
) -> None:
    put(engine)
    (first,) = claim(engine)
    claim(engine, after(100))

    settle(engine, first, WAITS)

    assert states(engine) == [OutboxState.SENDING]


def test_what_went_out_is_sent_whatever_another_one_thought(engine: Engine) -> None:
    put(engine)
    (first,) = claim(engine)
    (second,) = claim(engine, after(100))
    settle(engine, second, WAITS)

    settle(engine, first, SENT)

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
    settle(engine, due, WAITS)

    assert close_stale(engine, years_later + HOUR, today=NOON) == []
    assert claim(engine, years_later + HOUR, today=NOON) != []


@pytest.mark.parametrize("died", [False, True])
def test_what_was_tried_is_uncertain_when_line_has_forgotten_its_key(
    engine: Engine, died: bool
) -> None:
    put(engine)
    (due,) = claim(engine)
    if not died:
        settle(engine, due, WAITS)

    late = claim(engine, NOON + KEY_LIFE)
    given_up = close_stale(engine, NOON + KEY_LIFE)

    assert (late, given_up) == ([], [due.id])
    assert states(engine) == [OutboxState.UNCERTAIN]


def test_what_line_refused_unseen_does_not_age(engine: Engine) -> None:
    put(engine)
    refused = Ending(state=OutboxState.WAITING, error="401", again_at=NOON, surely_unsent=True)
    for hours in (0, 20):
        settle(engine, claim(engine, NOON + hours * HOUR)[0], refused)

    assert close_stale(engine, NOON + 30 * HOUR) == []
    assert len(claim(engine, NOON + 30 * HOUR)) == 1


def test_what_was_tried_before_ages_also_where_line_refuses_us_later(engine: Engine) -> None:
    put(engine)
    refused = Ending(state=OutboxState.WAITING, error="401", again_at=NOON, surely_unsent=True)
    settle(engine, claim(engine)[0], WAITS)
    settle(engine, claim(engine, NOON + HOUR)[0], refused)

    close_stale(engine, NOON + KEY_LIFE)

    assert states(engine) == [OutboxState.UNCERTAIN]


def test_nobody_who_blocked_us_is_written_to(engine: Engine) -> None:
    put(engine, "a")
    put(engine, "b", user_id="U2")
    with engine.begin() as db:
        people.see(db, "default", "U1", NOON)
        people.mark_blocked(db, "default", "U1", NOON)
        people.see(db, "default", "U2", NOON)

    close_stale(engine, NOON)

    assert states(engine) == [OutboxState.VOID, OutboxState.WAITING]


def test_what_waits_can_be_dropped_and_what_is_under_way_is_said(engine: Engine) -> None:
    for key in ("a", "b", "c"):
        put(engine, key)
    claim(engine)

    with engine.begin() as db:
        flying = outbox.void(db, "default", ["a", "b"], NOON)

    held = states(engine).index(OutboxState.SENDING)
    assert flying == ({"a", "b", "c"} & {"abc"[held]} & {"a", "b"})
    assert states(engine).count(OutboxState.VOID) == 2 - len(flying)


def test_only_what_had_been_told_otherwise_comes_back(engine: Engine) -> None:
    put(engine, "a")
    put(engine, "b", expires_at=NOON)
    close_stale(engine, NOON)
    with engine.begin() as db:
        outbox.void(db, "default", ["a"], NOON)
        outbox.revive(db, "default", ["a", "b"])

    assert states(engine) == [OutboxState.WAITING, OutboxState.VOID]
