"""Cells as people write them: days of both calendars, hours, yes and no."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.imports.cells import Wrong, read_day, read_number, read_yes

HOURS = ("小時", "hr")
DAYS = st.dates(date(1972, 1, 1), date(2110, 12, 31))
WAYS = (
    "{r}/{m}/{d}", "{r}.{m}.{d}", "{r}-{m:02}-{d:02}", "{r}{m:02}{d:02}", "{r}年{m}月{d}日",
    "民國{r}年{m}月{d}日", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}{m:02}{d:02}",
    "{y}-{m:02}-{d:02} 13:30", "{r}/{m}/{d}(五)", "{r} / {m} / {d}", "{r}年{m}月{d}日 星期五",
)  # fmt: skip


@given(DAYS, st.sampled_from(WAYS), st.booleans())
def test_a_day_is_read_in_every_way_of_writing_it(day: date, way: str, is_wide: bool) -> None:
    text = way.format(r=day.year - 1911, y=day.year, m=day.month, d=day.day)
    if is_wide:
        text = text.translate({n: n + 0xFEE0 for n in range(ord("0"), ord("9") + 1)})

    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2022/2/30", "沒有這一天"),
        ("111/13/1", "沒有這一天"),
        ("44750", "日期序號"),
        ("22/7/8", "看不懂這個年份"),
        ("7月8日", "沒有年份"),
        ("下週五", "看不懂這個日期"),
        ("111/7/8-111/7/9", "看不懂這個日期"),
        ("1110799", "沒有這一天"),
        ("-111/7/8", "看不懂這個日期"),
    ],
)
def test_what_is_no_day_is_told_with_its_cure(text: str, says: str) -> None:
    found = read_day(text)

    assert isinstance(found, Wrong)
    assert says in found.why
    assert "請" in found.why


def test_a_day_without_a_year_is_of_the_year_that_its_month_is_in() -> None:
    assert read_day("7月8日", lambda month: 2023 if month < 8 else 2022) == date(2023, 7, 8)
    assert read_day("9/28", lambda month: 2023 if month < 8 else 2022) == date(2022, 9, 28)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("3.0", 3), ("３小時", 3), (" 1.5 hr", Decimal("1.5")), ("+2", 2)],
)
def test_hours_are_read_with_and_without_their_unit(text: str, number: Decimal) -> None:
    assert read_number(text, HOURS) == number


@pytest.mark.parametrize("text", ["-3", "0", "1000", "三", "3,5", "", "NaN", "1e3", "3小時半"])
def test_hours_that_cannot_be_are_told_with_their_cure(text: str) -> None:
    found = read_number(text, HOURS)

    assert isinstance(found, Wrong)
    assert "請" in found.why


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("是", True), ("Ｖ", True), ("全程參與", True), ("已通過", True), ("1", True),
        ("否", False), ("未全程", False), ("沒有通過", False), ("x", False), ("請假", False),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_as_they_are_written(text: str, means: bool) -> None:
    assert read_yes(text) is means


def test_what_is_neither_yes_nor_no_is_told() -> None:
    assert isinstance(read_yes("公假"), Wrong)
