"""Whether something is in time on a day that somebody names."""

from datetime import date

import pytest

from bot.answers.in_time import in_time
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.when import When
from bot.understand.days import find_days
from bot.understand.deed_day import deed_day

TODAY = date(2022, 7, 1)


def _said(
    text: str, *ends: str, kind: DateKind = DateKind.DEADLINE, tentative: bool = False
) -> str:
    cases = tuple(DateCase(at=When.parse(end)) for end in ends)
    entry = PlanDate(
        id="due", title="收件", source=("一",), kind=kind, when=cases, tentative=tentative
    )
    then = deed_day(text, find_days(text, TODAY))
    assert then is not None
    return in_time(entry, cases, then)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7/29送", "7月29日(五)就來不及了。"),
        ("7/28送", "7月28日(四)要在12:00以前才來得及。"),
        ("7/28 11:00送", "7月28日(四) 11:00還來得及。"),
        ("7/28 13:00送", "7月28日(四) 13:00就來不及了。"),
        ("7/27送", "7月27日(三)還來得及。"),
    ],
)
def test_a_deadline_at_noon_is_held_to_the_hour(text: str, said: str) -> None:
    assert _said(text, "2022-07-28T12:00") == said


def test_the_last_day_itself_is_in_time() -> None:
    assert _said("7/28送", "2022-07-28") == "7月28日(四)還來得及。"


def test_before_a_window_opens_nothing_is_in_time() -> None:
    assert _said("7/28送", "2022-08-01/2022-08-31", kind=DateKind.WINDOW).endswith("還沒開始。")


def test_of_several_sessions_some_may_be_missed() -> None:
    assert "有的來得及，有的來不及" in _said("7/28送", "2022-07-20", "2022-08-20")


def test_a_month_that_is_only_planned_is_not_too_late() -> None:
    assert _said("8/2送", "2022-07", tentative=True) == "8月2日(二)已過了預定的時間。"


def test_what_is_held_is_nothing_to_be_in_time_for() -> None:
    assert _said("7/28送", "2022-07-20", kind=DateKind.SESSION) == ""
