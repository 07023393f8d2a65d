"""Stated amounts: how they are written, and which of them can exist."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.quantity import Quantity, Value

AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
ONE = Value(Decimal(1), Decimal(1))
TENTH = Value(Decimal(10), Decimal(10), is_share=True)


@pytest.mark.parametrize(
    ("text", "low", "high", "is_share"),
    [
        ("20000", "20000", "20000", False),
        ("1.5", "1.5", "1.5", False),
        ("100000..140000", "100000", "140000", False),
        ("30%", "30", "30", True),
        ("5..10%", "5", "10", True),
        (" 6 ", "6", "6", False),
        ("0", "0", "0", False),
    ],
)
def test_a_value_is_one_number_or_a_range(text: str, low: str, high: str, is_share: bool) -> None:
    assert Value.parse(text) == Value(Decimal(low), Decimal(high), is_share)


@pytest.mark.parametrize(
    "text", ["", "兩萬", "20,000", "-3", "3..", "..3", "6..4", "10%..20%", "1.", ".5", "1e3", "NaN"]
)
def test_what_is_no_number_or_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂|小於"):
        Value.parse(text)


@given(AMOUNTS, AMOUNTS)
def test_the_lower_end_is_never_above_the_upper(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))

    assert Value.parse(f"{low}..{high}") == Value(low, high)


@pytest.mark.parametrize("bound", ["exactly", "least", "most", "about", "default"])
def test_a_quantity_is_stated_in_one_way(bound: str) -> None:
    quantity = Quantity(**{bound: ONE}, unit="份")  # type: ignore[arg-type]

    assert (quantity.bound, quantity.value) == (bound, ONE)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"unit": "份"}, "其中一個"),
        ({"least": ONE, "most": ONE, "unit": "份"}, "只能一個"),
        ({"most": ONE}, "unit"),
        ({"most": TENTH}, "of"),
        ({"exactly": ONE, "unit": "元", "more": ONE}, "per"),
    ],
)
def test_a_quantity_that_says_nothing_certain_cannot_exist(
    wrong: dict[str, object], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        Quantity(**wrong)  # type: ignore[arg-type]
