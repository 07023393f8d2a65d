"""What a rate comes to is worked out where the question counts what it is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.multiplied import multiplied
from bot.model.entries import Entry
from bot.model.quantity import Quantity, Value
from tests.rules.editions import amount

FEE = amount("fee", Quantity(exactly=Value.parse("2000"), unit="元", each="每人每節"))
PRINTS = amount("prints", Quantity(most=Value.parse("100"), unit="元", each="每人每場次"))
HOURLY = amount("hourly", Quantity(exactly=Value.parse("1500"), unit="元", each="每小時（新臺幣）"))
GROUPS = amount("groups", Quantity(exactly=Value.parse("3"), unit="組", each="每校"))
MEALS = amount("meals", *FEE.amount, *PRINTS.amount)


@pytest.mark.parametrize(
    ("entry", "question", "said"),
    [
        (FEE, "請教授講3節要編多少", "3節共6,000元。"),
        (FEE, "請2位教授各講3節要多少錢", "2人3節共12,000元。"),
        (PRINTS, "20個人2場印刷費多少", "20人2場次至多4,000元。"),
        (HOURLY, "講2.5小時多少錢", "2.5小時共3,750元。"),
    ],
)
def test_a_rate_is_multiplied_by_what_is_counted(entry: Entry, question: str, said: str) -> None:
    assert multiplied(entry, question, {}) == said


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (FEE, "1節多少錢"),  # the rate itself
        (FEE, "講3節可以嗎"),  # not how much
        (FEE, "第3節多少錢"),
        (FEE, "講3節和2節各多少"),  # of which of the two
        (FEE, "請2位和3位講3節多少錢"),
        (PRINTS, "20個人印刷費多少"),  # for how many sessions
        (GROUPS, "3校多少組"),  # no money
        (MEALS, "10人3節多少錢"),  # by which of the two rates
    ],
)
def test_nothing_is_worked_out_where_it_is_not_sure_what_of(entry: Entry, question: str) -> None:
    assert multiplied(entry, question, {}) == ""


@given(st.integers(2, 99), st.integers(2, 99))
def test_the_sum_grows_with_each_count(people: int, times: int) -> None:
    said = multiplied(FEE, f"{people}位老師講{times}節多少錢", {})

    assert said == f"{people}人{times}節共{2000 * people * times:,}元。"
