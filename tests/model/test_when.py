"""Every form of a plan's dates: what it means, when it opens and closes, how it is said."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import TAIPEI
from bot.model.when import Point, Span, When

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


# text, opens, closes: the closing instant is the last that still counts
FORMS = {
    "a day": ("2022-07-31", "2022-07-31T00:00", "2022-07-31T23:59:59"),
    "a minute": ("2017-09-29T12:00", "2017-09-29T00:00", "2017-09-29T12:00"),
    "hours of a day": ("2022-06-08T13:30/16:30", "2022-06-08T13:30", "2022-06-08T16:30"),
    "days": ("2019-05-27/2019-05-29", "2019-05-27T00:00", "2019-05-29T23:59:59"),
    "days up to a minute": ("2022-07-01/2022-07-08T17:00", "2022-07-01T00:00", "2022-07-08T17:00"),
    "a month to a day": ("2017-08/2017-09-22", "2017-08-01T00:00", "2017-09-22T23:59:59"),
    "a month": ("2018-05", "2018-05-01T00:00", "2018-05-31T23:59:59"),
    "February of a leap year": ("2020-02", "2020-02-01T00:00", "2020-02-29T23:59:59"),
    "its first third": ("2018-11:early", "2018-11-01T00:00", "2018-11-10T23:59:59"),
    "its second third": ("2018-11:mid", "2018-11-11T00:00", "2018-11-20T23:59:59"),
    "its last third": ("2018-11:late", "2018-11-21T00:00", "2018-11-30T23:59:59"),
    "the last third of 28 days": ("2019-02:late", "2019-02-21T00:00", "2019-02-28T23:59:59"),
    "thirds over a month's end": (
        "2018-11:late/2018-12:early",
        "2018-11-21T00:00",
        "2018-12-10T23:59:59",
    ),
    "over a year's end": ("2018-12-30/2019-01-02", "2018-12-30T00:00", "2019-01-02T23:59:59"),
    "several": ("2018-03, 2018-05, 2018-10", "2018-03-01T00:00", "2018-10-31T23:59:59"),
    "several, not in order": ("2018-10, 2018-03", "2018-03-01T00:00", "2018-10-31T23:59:59"),
}


@pytest.mark.parametrize(("text", "opens", "closes"), FORMS.values(), ids=FORMS)
def test_a_form_opens_and_closes_as_it_states(text: str, opens: str, closes: str) -> None:
    when = When.parse(text)

    assert when.opens == at(opens)
    assert when.closes == at(closes)


def test_without_a_first_day_it_has_no_opening() -> None:
    when = When.parse("../2022-12-31")

    assert when.opens is None
    assert when.closes == at("2022-12-31T23:59:59")
    assert When.parse("2022-01-05, ../2022-12-31").opens is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-07-31", "111年7月31日(日)"),
        ("2017-09-29T12:00", "106年9月29日(五) 中午12時"),
        ("2017-09-29T17:00", "106年9月29日(五) 17:00"),
        ("2022-06-08T13:30/16:30", "111年6月8日(三) 13:30–16:30"),
        ("2019-05-27/2019-05-29", "108年5月27日(一)至5月29日(三)"),
        ("2023-09-01/2024-06-30", "112年9月1日(五)至113年6月30日(日)"),
        ("../2022-12-31", "即日起至111年12月31日(六)"),
        ("2018-11:late", "107年11月下旬"),
        ("2018-03, 2018-05, 2018-10", "107年3月、5月、10月"),
        ("2018-12, 2019-01", "107年12月、108年1月"),
    ],
)
def test_it_is_said_in_years_of_the_republic(text: str, words: str) -> None:
    assert When.parse(text).words() == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "111-07-31",
        "2022-7-31",
        "2022/07/31",
        "2022-02-29",  # no leap year
        "2022-13-01",
        "2022-00-10",
        "2022-06-31",
        "2022-06-08T24:30",
        "2022-06-08T13:30:20",
        "2022-06T13:30",
        "2018-11:end",
        "2019-05-29/2019-05-27",  # backwards
        "2019-06/2019-05-29",
        "2018-11:late/2018-11:early",
        "2022-06-08T16:30/13:30",
        "2022-06-08T13:30/13:30",
        "2022-06-08/16:30",
        "2022-06-01/..",
        "2022-06-01/",
        "/2022-06-01",
        "2018-03,",
        "2018-03,,2018-05",
        "2018-03、2018-05",
        "七月",
    ],
)
def test_what_is_no_date_or_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  its words are the library's or ours
        When.parse(text)


def test_only_what_names_one_day_is_a_day() -> None:
    days = [
        Span.parse(t).is_day for t in ("2022-07-31", "2022-07-31T12:00", "2022-07-31T09:00/10:00")
    ]
    others = [Span.parse(t).is_day for t in ("2022-07", "2022-07:mid", "../2022-07-31")]

    assert days == [True, True, True]
    assert others == [False, False, False]


@given(DAYS, st.integers(0, 400))
def test_a_span_covers_its_ends_and_nothing_beyond(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = Span.parse(f"{first}/{last}")
    before, after = first - timedelta(days=1), last + timedelta(days=1)

    assert span.covers(first, first)
    assert span.covers(last, last)
    assert span.covers(before, after)
    assert not span.covers(before, before)
    assert not span.covers(after, after)


def test_up_to_a_day_covers_only_that_day_for_lack_of_a_first() -> None:
    span = Span.parse("../2022-12-31")

    assert span.covers(date(2022, 12, 1), date(2022, 12, 31))
    assert not span.covers(date(2022, 11, 1), date(2022, 11, 30))


@given(DAYS)
def test_a_day_is_open_through_its_last_second_of_taipei(day: date) -> None:
    span = Span.parse(day.isoformat())

    assert span.opens is not None
    assert span.closes - span.opens == timedelta(days=1, seconds=-1)
    assert span.closes.utcoffset() == timedelta(hours=8)


@given(DAYS)
def test_the_parts_of_a_month_make_up_the_month(day: date) -> None:
    month = f"{day:%Y-%m}"
    parts = [Point.parse(f"{month}:{third}") for third in ("early", "mid", "late")]

    assert parts[0].first == Point.parse(month).first
    assert [b.first - a.last for a, b in pairwise(parts)] == [timedelta(days=1)] * 2
    assert parts[2].last == Point.parse(month).last


def test_the_next_one_is_the_first_that_is_not_over() -> None:
    when = When.parse("2022-06-08T13:30/16:30, 2022-07-08T13:30/16:30")

    assert when.next(at("2022-06-08T16:30")) == when.spans[0]
    assert when.next(at("2022-06-08T16:30") + timedelta(seconds=1)) == when.spans[1]
    assert when.next(at("2022-07-09T00:00")) is None
