"""The day on which somebody means to do what they ask about."""

from datetime import date

import pytest

from bot.clock import TAIPEI
from bot.understand.days import find_days
from bot.understand.deed_day import deed_day

TODAY = date(2017, 9, 28)


def _from_to(text: str) -> tuple[str, str] | None:
    found = deed_day(text, find_days(text, TODAY))
    return (f"{found.first:%m/%d %H:%M}", f"{found.last:%m/%d %H:%M}") if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9/30才上傳計畫書來得及嗎", 30),
        ("計畫書明天送可以嗎", 29),
        ("9月30日再寄出可以嗎", 30),
        ("9/29以後傳可以嗎", 30),
    ],
)
def test_the_whole_day_is_meant_where_no_hour_is_said(text: str, day: int) -> None:
    assert _from_to(text) == (f"09/{day} 00:00", f"09/{day} 23:59")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9/29下午2點上傳可以嗎", "14:00"),
        ("9/29早上10點半才傳來得及嗎", "10:30"),
        ("9/29 15:20上傳可以嗎", "15:20"),
    ],
)
def test_the_hour_is_heard(text: str, hour: str) -> None:
    assert _from_to(text) == (f"09/29 {hour}", f"09/29 {hour}")


@pytest.mark.parametrize(
    "text",
    [
        "9/30那場可以報名嗎",  # which session
        "9/29前交可以嗎",  # until when
        "昨天忘了寄經費表可以補嗎",  # what was not done
        "9/10交了還能改嗎",  # what was done
        "9/29還是9/30交",  # two days
        "9月交可以嗎",  # a month
    ],
)
def test_no_day_of_a_deed_is_heard_elsewhere(text: str) -> None:
    assert _from_to(text) is None


def test_an_hour_that_does_not_exist_leaves_the_whole_day() -> None:
    assert _from_to("9/29 25:00上傳可以嗎") == ("09/29 00:00", "09/29 23:59")


def test_it_is_told_in_the_time_of_taiwan() -> None:
    found = deed_day("明天送", find_days("明天送", TODAY))

    assert found is not None
    assert found.first.tzinfo is TAIPEI
