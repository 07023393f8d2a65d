"""When somebody is told: each thing once, never what is done, never in quiet hours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import TAIPEI, taipei_day
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.reminders import Because, Choice, Digest, Preferences, Reminders
from bot.model.when import When
from bot.reminders.decide import Followed, is_quiet, moments, notices, useful_until
from bot.rules.notices import stretches_of
from tests.rules.editions import edition

LONG_BEFORE = datetime(2000, 1, 1, tzinfo=TAIPEI)
EDITION = edition()


def followed(at: str, kind: DateKind = DateKind.DEADLINE, **more: object) -> Followed:
    """Somebody who has followed such a date for long."""
    entry = PlanDate(
        id="d", title="期限", source=("柒",), kind=kind, when=(DateCase(at=When.parse(at)),)
    )
    plan = replace(EDITION, dates=(entry,), **more)
    stretch = stretches_of(plan, entry)[0]
    return Followed(stretch=stretch, why=Because.WISH, since=LONG_BEFORE)


def told(one: Followed, wanted: Preferences | None = None) -> list[str]:
    """The instants on Taipei's clock."""
    found = moments(one, wanted or Preferences())
    return [f"{m.at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}" for m in found]


@pytest.mark.parametrize(
    ("at", "kind", "expected"),
    [
        (
            "2022-07-31", DateKind.DEADLINE,
            ["2022-07-17T08:00", "2022-07-24T08:00", "2022-07-28T08:00", "2022-07-30T08:00",
             "2022-07-31T08:00"],
        ),
        ("2022-07-08T13:30/16:30", DateKind.SESSION, ["2022-07-06T08:00", "2022-07-08T12:30"]),
        ("2018-01-19", DateKind.MEETING, ["2018-01-17T08:00", "2018-01-19T08:00"]),
        # New Year of the lunar calendar was from 31 January to 4 February.
        ("2022-02", DateKind.DEADLINE, ["2022-02-07T08:00"]),
        ("2022-02:early", DateKind.MEETING, ["2022-02-07T08:00"]),
        # A Saturday that was worked, for a bridge day.
        ("2022-10", DateKind.MEETING, ["2022-10-03T08:00"]),
        ("2022-05-20", DateKind.ANNOUNCEMENT, ["2022-05-20T08:00"]),
        # It begins before seven: an hour before is quiet, and then it has begun.
        ("2022-07-08T06:30/09:00", DateKind.SESSION, ["2022-07-06T08:00"]),
        # Its last minute is before the hour of the day itself.
        ("2022-07-31T07:30", DateKind.DEADLINE,
         ["2022-07-17T08:00", "2022-07-24T08:00", "2022-07-28T08:00", "2022-07-30T08:00"]),
    ],
)  # fmt: skip
def test_each_kind_of_date_has_its_instants(at: str, kind: DateKind, expected: list[str]) -> None:
    assert told(followed(at, kind)) == expected


def test_a_day_ends_at_midnight_in_taipei() -> None:
    late = Preferences(hour=time(23, 59), quiet_from=time(0), quiet_to=time(0), leads=(0,))
    one = followed("2022-07-31")

    assert told(one, late) == ["2022-07-31T23:59"]
    assert moments(one, late)[0].until == datetime(2022, 7, 31, 23, 59, 59, tzinfo=TAIPEI)


def test_the_plan_sets_hour_and_days_and_the_person_sets_them_otherwise() -> None:
    one = followed("2022-07-31", reminders=Reminders(leads=(5, 1), hour=9))

    assert told(one) == ["2022-07-26T09:00", "2022-07-30T09:00"]
    assert told(one, Preferences(hour=time(19), leads=(2,))) == ["2022-07-29T19:00"]


def test_the_week_is_told_on_its_monday_and_nothing_comes_too_late() -> None:
    weekly = Preferences(digest=Digest.WEEKLY)

    assert told(followed("2022-07-27"), weekly) == [
        "2022-07-11T08:00", "2022-07-18T08:00", "2022-07-25T08:00",
    ]  # fmt: skip


def test_who_follows_since_after_the_last_monday_is_told_by_itself_once() -> None:
    one = replace(followed("2022-07-29"), since=datetime(2022, 7, 27, 12, tzinfo=TAIPEI))

    assert told(one, Preferences(digest=Digest.WEEKLY)) == ["2022-07-28T08:00", "2022-07-29T08:00"]


def test_a_pause_puts_off_what_is_still_of_use() -> None:
    paused = Preferences(paused_until=date(2022, 7, 29))

    assert told(followed("2022-07-31"), paused) == [
        "2022-07-29T08:00", "2022-07-30T08:00", "2022-07-31T08:00",
    ]  # fmt: skip
    assert told(followed("2022-07-28"), paused) == []


def test_after_a_pause_the_week_goes_on_with_its_monday() -> None:
    paused = Preferences(paused_until=date(2022, 7, 20), digest=Digest.WEEKLY)

    assert told(followed("2022-07-27"), paused) == ["2022-07-25T08:00"]
    assert told(followed("2022-07-23"), paused) == ["2022-07-20T08:00"]


def test_who_stopped_or_muted_is_told_nothing() -> None:
    one = followed("2022-07-31")

    assert told(one, Preferences(is_stopped=True)) == []
    assert told(replace(one, choice=Choice(is_muted=True))) == []


def test_once_more_later_takes_the_place_of_what_comes_that_day() -> None:
    later = Choice(later_at=datetime(2022, 7, 29, 8, tzinfo=TAIPEI))

    assert told(replace(followed("2022-07-31"), choice=later)) == [
        "2022-07-17T08:00", "2022-07-24T08:00", "2022-07-28T08:00", "2022-07-29T08:00",
        "2022-07-30T08:00", "2022-07-31T08:00",
    ]  # fmt: skip


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
wanted_ones = st.builds(
    Preferences,
    hour=st.none() | hours,
    leads=st.none() | st.lists(st.integers(0, 40), max_size=6).map(tuple),
    quiet_from=st.none() | hours,
    quiet_to=st.none() | hours,
    digest=st.sampled_from(Digest),
    paused_until=st.none() | st.dates(date(2022, 1, 1), date(2022, 12, 31)),
)
days = st.dates(date(2022, 2, 1), date(2022, 12, 1))
dates = st.builds(
    lambda day, shape: (
        [f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}:mid", f"{day}T13:30/16:30", f"{day}T00:30",
         f"../{day}"][shape]
    ),
    days, st.integers(0, 5),
)  # fmt: skip
ones = st.builds(
    lambda at, kind, since: replace(
        followed(at, kind), since=datetime.combine(since, time(12), TAIPEI)
    ),
    dates,
    st.sampled_from([DateKind.DEADLINE, DateKind.SESSION, DateKind.ANNOUNCEMENT, DateKind.WINDOW]),
    st.dates(date(2021, 11, 1), date(2022, 12, 1)),
)
instants = st.builds(
    lambda day, hour: datetime.combine(day, hour, TAIPEI),
    st.dates(date(2021, 11, 1), date(2023, 1, 1)),
    hours,
)


@given(ones, wanted_ones)
def test_nothing_comes_in_quiet_hours_too_late_or_before_it_was_asked_for(
    one: Followed, wanted: Preferences
) -> None:
    found = moments(one, wanted)

    for moment in found:
        assert not is_quiet(moment.at, wanted.quiet)
        assert one.since < moment.at < moment.until <= useful_until(one.stretch)
        if wanted.paused_until:
            assert taipei_day(moment.at) >= wanted.paused_until
    assert all(a.at < b.at and a.until == b.at for a, b in pairwise(found))
    assert len({m.lead for m in found}) == len(found)


@given(ones, wanted_ones, st.lists(instants))
def test_a_clock_that_moves_in_any_steps_gives_the_same_notices(
    one: Followed, wanted: Preferences, steps: Sequence[datetime]
) -> None:
    begin, end = datetime(2021, 10, 1, tzinfo=TAIPEI), datetime(2023, 2, 1, tzinfo=TAIPEI)
    stops = [begin, *sorted(steps), end]

    at_once = notices([one], wanted, begin, end)
    in_steps = [n for a, b in pairwise(stops) for n in notices([one], wanted, a, b)]

    assert in_steps == at_once
    assert len({n.fact for n in at_once}) == len(at_once)


@given(ones, st.sampled_from([Digest.DAILY, Digest.WEEKLY]))
def test_a_digest_comes_on_its_own_days_to_those_who_have_followed_for_long(
    one: Followed, digest: Digest
) -> None:
    long = replace(one, since=useful_until(one.stretch) - timedelta(days=60))

    for moment in moments(long, Preferences(digest=digest)):
        at = moment.at.astimezone(TAIPEI)
        assert (at.hour, at.minute) == (8, 0)
        assert digest is Digest.DAILY or at.weekday() == 0
