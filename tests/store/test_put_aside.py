"""Questions that staff put aside: found again, and answered after all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.store import referrals
from bot.store.own_questions import OwnQuestion
from bot.store.referrals import Passed
from bot.store.tables import ReferralState
from tests.store.events_of import NOON


def passed_on(engine: Engine, number: int, now: datetime = NOON) -> Passed:
    question = OwnQuestion(
        channel_id="default",
        webhook_event_id=f"E{number}",
        user_id="U1",
        asked_at=now,
        text=f"問{number}",
        plan="",
        entry="",
    )
    with engine.begin() as db:
        return referrals.pass_on(db, question, "", "", now)[0]


def in_state(engine: Engine, state: ReferralState, page: int = 0, limit: int = 20) -> list[str]:
    with engine.connect() as db:
        return [p.text for p in referrals.in_state(db, "default", state, page, limit)]


def test_what_waits_is_listed_oldest_first_and_all_else_newest_first(engine: Engine) -> None:
    for number in range(4):
        passed = passed_on(engine, number, NOON + timedelta(minutes=number))
        if number >= 2:
            with engine.begin() as db:
                referrals.close(db, passed, "U9", NOON)

    assert in_state(engine, ReferralState.OPEN) == ["問0", "問1"]
    assert in_state(engine, ReferralState.CLOSED) == ["問3", "問2"]
    assert in_state(engine, ReferralState.ANSWERED) == []


def test_a_page_holds_one_more_where_there_is_more(engine: Engine) -> None:
    for number in range(3):
        passed_on(engine, number, NOON + timedelta(minutes=number))

    assert in_state(engine, ReferralState.OPEN, 0, 2) == ["問0", "問1", "問2"]
    assert in_state(engine, ReferralState.OPEN, 1, 2) == ["問2"]


def test_what_was_put_aside_may_be_answered_but_not_put_aside_twice(engine: Engine) -> None:
    passed = passed_on(engine, 1)

    with engine.begin() as db:
        closed = referrals.close(db, passed, "U9", NOON)
        again = referrals.close(db, passed, "U8", NOON)
        answered = referrals.answer(db, passed, "可以", "U8", NOON)

    assert closed is not None
    assert again is None
    assert answered is not None
    assert (answered.state, answered.answered_by) == (ReferralState.ANSWERED, "U8")


@pytest.mark.parametrize("second", ["answer", "close"])
def test_what_was_answered_stays_as_it_was(engine: Engine, second: str) -> None:
    passed = passed_on(engine, 1)

    with engine.begin() as db:
        referrals.answer(db, passed, "可以", "U9", NOON)
        if second == "answer":
            late = referrals.answer(db, passed, "不可以", "U8", NOON)
        else:
            late = referrals.close(db, passed, "U8", NOON)
        found = referrals.find(db, "default", passed.id)

    assert late is None
    assert found is not None
    assert (found.answer, found.answered_by) == ("可以", "U9")
