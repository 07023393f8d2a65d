"""What several groups may have together is worked out where the question counts each."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.answers.added_up import added_up
from bot.model.entries import Entry
from tests.rules.editions import amount, edition, given, quantity

PLAN = edition()
CAP = amount(
    "cap", quantity("8000", given=given(group="A")), quantity("20000", given=given(group="B"))
)
MIXED = amount(
    "mixed",
    quantity("8000", given=given(group="A")),
    quantity("20000", "least", given=given(group="B")),
)
SHARES = amount(
    "shares", quantity("30%", given=given(group="A")), quantity("20%", given=given(group="B"))
)
ONE = amount("one", quantity("8000"))


def asked(entry: Entry, question: str) -> str:
    return added_up(PLAN, entry, question, str.lower)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2個a組1個b組總共多少", "2個A組、1個B組至多共36,000元。"),
        ("1個a1個b最多多少錢", "1個A組、1個B組至多共28,000元。"),
        ("3個b組多少錢", "3個B組至多共60,000元。"),
    ],
)
def test_so_many_of_each_group_are_added_up(question: str, said: str) -> None:
    assert asked(CAP, question) == said


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (CAP, "1個a組多少錢"),  # what the card says anyway
        (CAP, "a組b組各多少錢"),
        (CAP, "可以申請2個a組嗎"),  # not how much
        (CAP, "第2個a組多少錢"),
        (CAP, "2個a組和3個a組各多少"),  # of which of the two
        (MIXED, "2個a組1個b組多少錢"),  # a most and a least have no sum
        (SHARES, "2個a組1個b組多少錢"),
        (ONE, "2個a組1個b組多少錢"),
    ],
)
def test_nothing_is_added_up_where_it_is_not_sure_of_what(entry: Entry, question: str) -> None:
    assert asked(entry, question) == ""


@drawn(st.integers(1, 99), st.integers(1, 99))
def test_the_sum_is_that_of_its_parts(first: int, second: int) -> None:
    said = asked(CAP, f"{first}個a組{second}個b組總共多少錢")

    assert said.endswith(f"{8_000 * first + 20_000 * second:,}元。")
