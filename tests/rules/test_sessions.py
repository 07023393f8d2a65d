"""Sessions of a part: which there are, which come next, which is over, at their very instants."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.clock import TAIPEI
from bot.model.deeds import Pick
from bot.model.edition import Edition
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.facet import Given
from bot.model.goals import Part
from bot.model.when import When
from bot.rules.sessions import (
    Session,
    find_session,
    instead_of,
    is_over,
    sessions_of,
    still_to_come,
)
from tests.rules.editions import edition, given, planned
from tests.rules.tracks import goal, item
from tests.understand.plans import real_library

A, B = (Part(id=g.lower(), title=f"{g}組", given=given(group=g)) for g in "AB")
COURSE = item("course", goal(2, "門"), parts=(A, B), sessions="session")


def held(*cases: tuple[Given, str]) -> Edition:
    """A plan with these sessions."""
    made = tuple(DateCase(at=When.parse(at), given=case) for case, at in cases)
    date = PlanDate(id="session", title="研習", source=("柒",), kind=DateKind.SESSION, when=made)
    return edition(dates=(date,))


PLAN = held(
    (given(group="A", round="2"), "2022-07-08T13:30/16:30"),
    (given(group="A", round="1"), "2022-06-08T13:30/16:30"),
    (given(group="B", round="1"), "2022-06-22T13:30/16:30"),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


def days(sessions: Sequence[Session]) -> list[str]:
    return [f"{s.span.end.first:%m-%d}" for s in sessions]


def test_a_part_has_its_own_sessions_the_earliest_first() -> None:
    assert days(sessions_of(PLAN, COURSE, A)) == ["06-08", "07-08"]
    assert days(sessions_of(PLAN, COURSE, B)) == ["06-22"]


def test_what_is_done_at_any_time_has_no_sessions() -> None:
    assert sessions_of(PLAN, replace(COURSE, sessions=""), A) == []
    assert sessions_of(edition(), COURSE, A) == []


def test_a_part_without_a_case_has_every_session() -> None:
    assert len(sessions_of(PLAN, COURSE, Part(id="all", title="全部"))) == 3


@pytest.mark.parametrize(
    ("now", "to_come"),
    [
        ("2022-06-08T13:29:59", ["06-08", "07-08"]),
        ("2022-06-08T13:30:00", ["07-08"]),  # it has begun: nobody is sent there any more
        ("2022-07-08T13:29:59", ["07-08"]),
        ("2022-07-08T13:30:00", []),
    ],
)
def test_a_session_is_to_come_until_it_begins(now: str, to_come: list[str]) -> None:
    assert days(still_to_come(sessions_of(PLAN, COURSE, A), at(now))) == to_come


@pytest.mark.parametrize(
    ("now", "over"),
    [("2022-06-08T16:29:59", False), ("2022-06-08T16:30:00", False), ("2022-06-08T16:30:01", True)],
)
def test_a_session_is_over_after_its_last_instant(now: str, over: bool) -> None:
    assert is_over(sessions_of(PLAN, COURSE, A)[0], at(now)) is over


def test_instead_of_a_missed_session_are_the_others_that_come() -> None:
    first, second = sessions_of(PLAN, COURSE, A)
    missed = Pick(requirement="course", part="a", session=first.key, missed=True)

    before, after = at("2022-06-01T09:00"), at("2022-06-09T09:00")
    assert days(instead_of([first, second], missed, before)) == ["07-08"]
    assert days(instead_of([first, second], missed, after)) == ["07-08"]
    assert instead_of([first, second], missed, at("2022-07-09T09:00")) == []
    last = replace(missed, session=second.key)
    assert instead_of([first, second], last, after) == []


def test_a_session_keeps_its_key_when_its_day_moves() -> None:
    moved = held(*((c.given, "2022-09-01") for c in PLAN.dates[0].when))

    for part in COURSE.parts:
        for session in sessions_of(PLAN, COURSE, part):
            found = find_session(moved, COURSE, part.id, session.key)
            assert found is not None
            assert f"{found.span.end.first:%m-%d}" == "09-01"


def test_a_session_that_the_plan_has_no_more_is_not_found() -> None:
    key = sessions_of(PLAN, COURSE, A)[1].key

    assert find_session(held((given(group="A", round="1"), "2022-06-08")), COURSE, "a", key) is None
    assert find_session(PLAN, COURSE, "c", key) is None


def test_several_days_of_one_case_have_different_keys() -> None:
    plan = edition(dates=(planned("session", "2022-06-08, 2022-06-09"),))

    keys = [s.key for s in sessions_of(plan, COURSE, Part(id="a", title="甲"))]

    assert len(set(keys)) == 2


@drawn(st.integers(-(10**6), 10**7))
def test_no_session_is_both_to_come_and_over(seconds: int) -> None:
    now = at("2022-06-08T13:30") + timedelta(seconds=seconds)
    found = sessions_of(PLAN, COURSE, A)

    coming = still_to_come(found, now)

    assert not any(is_over(s, now) for s in coming)
    assert coming == found[len(found) - len(coming) :]


REAL = [
    pytest.param(e, i, id=f"{e.key}#{i.id}")
    for e in real_library().editions
    for t in e.tracks
    for i in t.items
    if i.sessions
]


@pytest.mark.parametrize(("plan", "of"), REAL)
def test_each_real_session_belongs_to_one_part_and_can_be_found(plan: Edition, of) -> None:
    by_part = {part.id: sessions_of(plan, of, part) for part in of.parts}

    assert all(by_part.values())
    for one, other in combinations(by_part.values(), 2):
        assert not {s.key for s in one} & {s.key for s in other}
    for part, sessions in by_part.items():
        assert [find_session(plan, of, part, s.key) for s in sessions] == sessions
