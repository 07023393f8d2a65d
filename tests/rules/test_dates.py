"""Where a date stands at an instant, dates that follow from others, and what falls on days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.clock import TAIPEI
from bot.model.entries import Before, DateCase, DateKind
from bot.model.when import Span, When
from bot.rules.dates import Standing, State, cases_of, falling_on, fitting, state
from tests.rules.editions import edition, given, planned

DEADLINE, SESSION, WINDOW = DateKind.DEADLINE, DateKind.SESSION, DateKind.WINDOW


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


# From spring to autumn of the year of the dates below.
INSTANTS = st.integers(0, 60 * 24 * 180).map(
    lambda minutes: at("2022-04-01T00:00") + timedelta(minutes=minutes)
)


def found(plan_date: str, first: str, last: str = "", any_year: bool = False) -> bool:
    """Whether a date is found on these days."""
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    return bool(falling_on([edition(dates=(planned("it", plan_date),))], *days, any_year))


@pytest.mark.parametrize(
    ("when", "now", "standing", "days"),
    [
        ("2022-07-08", "2022-07-05T23:59", Standing.AHEAD, 3),
        ("2022-07-08", "2022-07-06T00:00", Standing.AHEAD, 2),  # a new day of Taipei
        ("2022-07-08", "2022-07-07T23:59", Standing.AHEAD, 1),
        ("2022-07-08", "2022-07-08T00:00", Standing.TODAY, 0),
        ("2022-07-08", "2022-07-08T07:59", Standing.TODAY, 0),  # still the 7th in UTC
        ("2022-07-08", "2022-07-08T23:59:59", Standing.TODAY, 0),
        ("2022-07-08", "2022-07-09T00:00", Standing.OVER, 0),
        ("2022-07-08T17:00", "2022-07-08T16:59", Standing.TODAY, 0),
        ("2022-07-08T17:00", "2022-07-08T17:00", Standing.TODAY, 0),  # the last that counts
        ("2022-07-08T17:00", "2022-07-08T17:00:01", Standing.OVER, 0),
        ("2022-07-01/2022-07-08", "2022-07-03T09:00", Standing.AHEAD, 5),  # counts to its end
        ("2022-07", "2022-07-30T09:00", Standing.AHEAD, 1),
        ("2022-12-31", "2022-12-30T09:00", Standing.AHEAD, 1),
        ("2023-01-01", "2022-12-31T23:00", Standing.AHEAD, 1),
    ],
)
def test_a_deadline_stands_by_its_end(when: str, now: str, standing: Standing, days: int) -> None:
    assert state(Span.parse(when), DEADLINE, at(now)) == State(standing, days)


@pytest.mark.parametrize(
    ("when", "now", "standing", "days"),
    [
        ("2022-07-08T13:30/16:30", "2022-07-06T09:00", Standing.AHEAD, 2),
        ("2022-07-08T13:30/16:30", "2022-07-08T00:10", Standing.TODAY, 0),
        ("2022-07-08T13:30/16:30", "2022-07-08T16:30", Standing.TODAY, 0),
        ("2022-07-08T13:30/16:30", "2022-07-08T16:30:01", Standing.OVER, 0),
        ("2022-07-08/2022-07-10", "2022-07-07T23:00", Standing.AHEAD, 1),
        ("2022-07-08/2022-07-10", "2022-07-08T00:00", Standing.OPEN, 2),
        ("2022-07-08/2022-07-10", "2022-07-09T07:00", Standing.OPEN, 1),
        ("2022-07-08/2022-07-10", "2022-07-10T07:00", Standing.TODAY, 0),
        ("2022-07-08/2022-07-10", "2022-07-11T00:00", Standing.OVER, 0),
        ("../2022-07-10", "2022-07-01T09:00", Standing.OPEN, 9),
    ],
)
def test_everything_else_stands_by_its_begin_and_then_its_end(
    when: str, now: str, standing: Standing, days: int
) -> None:
    assert state(Span.parse(when), SESSION, at(now)) == State(standing, days)
    assert state(Span.parse(when), WINDOW, at(now)) == State(standing, days)


@drawn(INSTANTS, st.sampled_from(list(DateKind)))
def test_an_instant_stands_the_same_in_every_zone(now: datetime, kind: DateKind) -> None:
    span = Span.parse("2022-06-01/2022-07-08T17:00")

    assert state(span, kind, now) == state(span, kind, now.astimezone(UTC))


@drawn(INSTANTS, st.integers(0, 60 * 24 * 30))
def test_as_time_goes_on_a_deadline_only_comes_nearer(now: datetime, minutes: int) -> None:
    span, order = Span.parse("2022-07-08T17:00"), list(Standing)
    earlier = state(span, DEADLINE, now)
    later = state(span, DEADLINE, now + timedelta(minutes=minutes))

    assert order.index(later.standing) >= order.index(earlier.standing)
    assert later.days <= earlier.days


def test_a_relative_date_lies_before_each_case_of_the_other() -> None:
    course = planned("course", "2022-07-02T13:30/16:30", "2022-08-05/2022-08-06")
    before = planned("sign-up", kind=DEADLINE, before=Before(date="course", days=2))
    plan = edition(dates=(course, before))

    assert [c.at.words() for c in cases_of(before, plan)] == ["111年6月30日(四)", "111年8月3日(三)"]


def test_a_relative_date_keeps_what_each_case_is_for() -> None:
    cases = tuple(
        DateCase(at=When.parse(day), given=given(group=group), title=f"{group}組場")
        for day, group in (("2024-03-01", "A"), ("2024-01-01", "B"))
    )
    course = replace(planned("course"), when=cases)
    before = planned("sign-up", kind=DEADLINE, before=Before(date="course", days=1))
    moved = cases_of(before, edition(dates=(course, before)))

    assert [(c.title, c.given) for c in moved] == [(c.title, c.given) for c in cases]
    # over the 29th of February, and over the year's end
    assert [c.at.spans[0].end.first for c in moved] == [date(2024, 2, 29), date(2023, 12, 31)]


def test_a_date_counted_from_nothing_has_no_cases() -> None:
    lost = planned("sign-up", kind=DEADLINE, before=Before(date="course", days=2))

    assert cases_of(lost, edition(dates=(lost,))) == ()


def test_only_the_cases_that_nothing_known_speaks_against_are_left() -> None:
    cases = [
        DateCase(at=When.parse("2022-07-01"), given=given(group="A")),
        DateCase(at=When.parse("2022-07-08"), given=given(group="B")),
        DateCase(at=When.parse("2022-07-15")),
    ]

    assert fitting(cases, {"group": "B"}) == cases[1:]
    assert fitting(cases, {}) == cases


def test_a_date_is_found_on_its_day_and_in_its_month() -> None:
    assert found("2022-07-08T13:30/16:30", "2022-07-08")
    assert found("2022-07-08T13:30/16:30", "2022-07-01", "2022-07-31")
    assert not found("2022-07-08T13:30/16:30", "2022-07-09")
    assert not found("2022-07-08T13:30/16:30", "2021-07-08")


def test_a_day_without_a_year_is_found_in_the_years_of_the_plan() -> None:
    assert found("2022-07-08", "2026-07-08", any_year=True)
    assert found("2022-12-20/2023-01-05", "2026-01-05", any_year=True)
    assert found("2022-12-20/2023-01-05", "2026-12-20", any_year=True)
    assert not found("2022-07-08", "2026-07-09", any_year=True)


def test_the_29th_of_february_is_found_and_breaks_no_other_year() -> None:
    assert found("2024-02-29", "2024-02-29")
    assert found("2024-02-29", "2028-02-29", any_year=True)
    assert not found("2023-03-01", "2024-02-29", any_year=True)


def test_days_over_the_years_end_belong_to_the_year_of_a_date_in_them() -> None:
    assert found("2022-12-30/2023-01-03", "2022-12-30")
    assert not found("2022-12-30/2023-01-03", "2022-12-29")


def test_a_long_window_is_found_at_its_ends_and_not_in_its_middle() -> None:
    window = "2022-03-01/2022-11-30"

    assert found(window, "2022-03-01", "2022-03-31")
    assert found(window, "2022-11-01", "2022-11-30")
    assert not found(window, "2022-07-01", "2022-07-31")
    assert found("2022-07-01/2022-07-20", "2022-07-10")  # a short one also in its middle


def test_the_plans_own_term_is_not_found() -> None:
    term = planned("term", "2022-07-01/2022-07-31", kind=DateKind.PERIOD)
    july = date(2022, 7, 1), date(2022, 7, 31)

    assert falling_on([edition(dates=(term,))], *july) == []


def test_what_closes_first_comes_first_and_a_deadline_before_a_session_of_the_same_end() -> None:
    dates = (
        planned("later", "2022-07-20"),
        planned("class", "2022-07-08"),
        planned("hand-in", "2022-07-08", kind=DEADLINE),
        planned("earlier", "2022-07-03"),
    )
    rows = falling_on([edition(dates=dates)], date(2022, 7, 1), date(2022, 7, 31))

    assert [r.entry.id for r in rows] == ["earlier", "hand-in", "class", "later"]


def test_a_date_counted_back_is_found_on_the_day_that_it_comes_to() -> None:
    course = planned("course", "2022-07-02")
    before = planned("sign-up", kind=DEADLINE, before=Before(date="course", days=2))
    rows = falling_on([edition(dates=(course, before))], date(2022, 6, 30), date(2022, 6, 30))

    assert [r.entry.id for r in rows] == ["sign-up"]
