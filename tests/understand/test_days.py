"""Days, months and years that people mention."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.days import find_days, find_years

TODAY = date(2022, 6, 15)  # a Wednesday
DAYS = st.dates(min_value=date(2016, 1, 1), max_value=date(2030, 12, 31))


def days(key: str, today: date = TODAY) -> list[tuple[str, str]]:
    return [(m.first.isoformat(), m.last.isoformat()) for m in find_days(key, today)]


@pytest.mark.parametrize(
    "key",
    [
        "7月8日",
        "7月8號",
        "7月8",
        "7/8",
        "07/08",
        "111年7月8日",
        "111/7/8",
        "2022/7/8",
        "2022-07-08",
        "2022年7月8日",
        "2022.7/8",
    ],
)
def test_a_day_is_told_in_many_ways(key: str) -> None:
    assert days(key) == [("2022-07-08", "2022-07-08")]


@given(DAYS, DAYS)
def test_a_day_with_its_year_is_that_day_whenever_it_is_said(day: date, today: date) -> None:
    western = f"{day.year}年{day.month}月{day.day}日"
    of_the_republic = f"{day.year - 1911}年{day.month}月{day.day}日"

    for key in (western, of_the_republic, day.isoformat()):
        (mention,) = find_days(key, today)
        assert (mention.first, mention.last, mention.has_year) == (day, day, True)


@given(st.integers(1, 12), DAYS)
def test_a_month_alone_is_a_near_one_of_its_name(month: int, today: date) -> None:
    (mention,) = find_days(f"{month}月", today)
    away = (mention.first.year - today.year) * 12 + mention.first.month - today.month

    assert (mention.first.month, mention.first.day, mention.has_year) == (month, 1, False)
    assert (mention.last + timedelta(days=1)).day == 1
    assert -6 < away < 12  # it may just have passed, and else it is the next one


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("今天", "2022-06-15", "2022-06-15"),
        ("明天", "2022-06-16", "2022-06-16"),
        ("後天", "2022-06-17", "2022-06-17"),
        ("昨天", "2022-06-14", "2022-06-14"),
        ("這週", "2022-06-13", "2022-06-19"),
        ("本周", "2022-06-13", "2022-06-19"),
        ("這禮拜", "2022-06-13", "2022-06-19"),
        ("下週", "2022-06-20", "2022-06-26"),
        ("下星期", "2022-06-20", "2022-06-26"),
        ("這個月", "2022-06-01", "2022-06-30"),
        ("本月", "2022-06-01", "2022-06-30"),
        ("下個月", "2022-07-01", "2022-07-31"),
        ("上個月", "2022-05-01", "2022-05-31"),
    ],
)
def test_a_relative_day_counts_from_today(key: str, first: str, last: str) -> None:
    (mention,) = find_days(f"{key}有什麼要交", TODAY)

    assert (mention.first.isoformat(), mention.last.isoformat()) == (first, last)
    assert mention.is_relative
    assert mention.has_year


@pytest.mark.parametrize(
    ("key", "today", "first", "last"),
    [
        ("明天", "2022-12-31", "2023-01-01", "2023-01-01"),
        ("下個月", "2022-12-31", "2023-01-01", "2023-01-31"),
        ("上個月", "2022-01-05", "2021-12-01", "2021-12-31"),
        ("下週", "2022-12-29", "2023-01-02", "2023-01-08"),
        ("這週", "2023-01-01", "2022-12-26", "2023-01-01"),  # a Sunday ends its week
        ("明天", "2024-02-28", "2024-02-29", "2024-02-29"),
        ("下個月", "2024-01-31", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_relative_day_crosses_months_and_years(
    key: str, today: str, first: str, last: str
) -> None:
    assert days(key, date.fromisoformat(today)) == [(first, last)]


@pytest.mark.parametrize(
    "key", ["2月30日", "9月31日", "111年2月29日", "2022/2/29", "13月", "0月", "7月0日", "7月32日"]
)
def test_an_impossible_day_is_no_day(key: str) -> None:
    assert [m for m in find_days(key, TODAY) if m.is_day] == []


def test_the_29th_of_february_is_a_day_of_a_leap_year() -> None:
    assert days("113年2月29日") == [("2024-02-29", "2024-02-29")]


@pytest.mark.parametrize("key", ["30%", "3/5000", "1.5小時", "20000元", "13510", "7萬", "第2次"])
def test_what_is_no_day_is_not_taken_for_one(key: str) -> None:
    assert days(key) == []


def test_several_days_come_left_to_right() -> None:
    assert days("7/8跟7/6哪一天") == [("2022-07-08", "2022-07-08"), ("2022-07-06", "2022-07-06")]
    assert days("明天或7月") == [("2022-06-16", "2022-06-16"), ("2022-07-01", "2022-07-31")]


@pytest.mark.parametrize(
    ("key", "year", "is_edition"),
    [
        ("114年度", 114, True),
        ("113學年度", 113, True),
        ("108年", 108, False),
        ("99年", 99, False),
        ("2025年", 114, False),
        ("2025年度", 114, True),
        ("107行動學習", 107, False),
    ],
)
def test_a_year_is_a_year_of_the_republic(key: str, year: int, is_edition: bool) -> None:
    assert [(y.year, y.is_edition) for y in find_years(key)] == [(year, is_edition)]


@pytest.mark.parametrize("key", ["13510", "110人", "100元", "120萬", "100班", "1500mb", "第3次"])
def test_a_count_is_no_year(key: str) -> None:
    assert find_years(key) == []


@given(st.text("年月日號/-.0123456789今明後天這下上個週底 "), DAYS)
def test_mentions_stand_in_the_text_and_run_forward(key: str, today: date) -> None:
    for mention in find_days(key, today):
        assert 0 <= mention.start < mention.end <= len(key)
        assert mention.first <= mention.last
