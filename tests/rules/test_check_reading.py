"""Cells as people write them."""

from datetime import date, time

import pytest

from bot.rules.check_reading import read_day, read_heads, read_hours, read_spans, read_whole


@pytest.mark.parametrize(
    "text",
    [
        "112/9/1",
        "2023/9/1",
        "112.09.01",
        "2023-09-01",
        "112年9月1日",
        "1120901",
        "１１２／９／１（五）",
        "20230901",
    ],
)
def test_a_day_is_read_in_both_calendars(text: str) -> None:
    assert read_day(text) == date(2023, 9, 1)


@pytest.mark.parametrize("text", ["", "112/9/31", "112/13/1", "年/月/日", "九月一日", "9/1"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    "text", ["13:30-15:00", "13：30～15：00", "1330-1500", "下午1點半到下午3點", "13時30分-15時"]
)
def test_hours_are_read_from_and_to(text: str) -> None:
    assert read_spans(text) == [(time(13, 30), time(15))]


def test_what_ends_before_it_begins_is_no_span() -> None:
    assert read_spans("15:00-13:00") == []
    assert read_hours("25:00") == []


@pytest.mark.parametrize(
    ("text", "number"), [("2,000", 2000), ("２０００元", 2000), ("0", 0), ("12.0", 12), (" 5 ", 5)]
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_whole(text).number == number


@pytest.mark.parametrize("text", ["-1", "1.5", "兩千", "1e5", "0x10", "=A1", "99999999999"])
def test_what_is_no_whole_number_says_why(text: str) -> None:
    assert read_whole(text).number is None
    assert read_whole(text).fault


def test_a_blank_is_neither_a_number_nor_a_fault() -> None:
    assert (read_whole(" ").number, read_whole("").fault) == (None, "")


@pytest.mark.parametrize(
    "text", ["20人*3場", "20人×3場", "２０人＊３場", "共20人 x 3場", "20人3場"]
)
def test_people_and_sessions_are_read(text: str) -> None:
    assert read_heads(text) == (20, 3)
