"""A figure or a day that is taken for granted and is not so is denied."""

from datetime import date

import pytest

from bot.answers.premise import is_day_wrong, is_premise_wrong
from bot.model.entries import DateCase
from bot.model.when import When
from bot.understand.days import find_days

TODAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("question", "said", "wrong"),
    [
        ("上限是50000元對吧", "每組上限20,000元", True),
        ("上限是20000元對吧", "每組上限20,000元", False),
        ("上限是50000元", "每組上限20,000元", False),
        ("要辦3場對嗎", "至少2次", True),
        ("要辦3場對嗎", "每組上限20,000元", False),
    ],
)
def test_a_figure_of_the_same_unit_is_compared(question: str, said: str, wrong: bool) -> None:
    assert is_premise_wrong(question, said) is wrong


@pytest.mark.parametrize(
    ("question", "when", "wrong"),
    [
        ("7/31截止對吧", "2022-07-15", True),
        ("是7月31日嗎", "2022-07-31", False),
        ("7/31截止嗎", "2022-07-15", True),
        ("7/31可以交嗎", "2022-07-15", False),
        ("7/10截止對吧", "2022-07-01/2022-07-15", False),
        ("111年7月15日截止對吧", "2022-07-15", False),
        ("112年7月15日截止對吧", "2022-07-15", True),
        ("7/31截止對吧", "2022-07", False),
        ("明天截止對吧", "2022-07-15", False),
    ],
)
def test_a_day_is_compared_with_every_stated_one(question: str, when: str, wrong: bool) -> None:
    cases = [DateCase(at=When.parse(when))]

    assert is_day_wrong(question, find_days(question, TODAY), cases) is wrong
