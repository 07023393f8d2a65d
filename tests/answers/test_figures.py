"""Figures in words: thousands, ranges, shares, and how an amount was worked out."""

from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.answers.figures import amount, number, stated, worked_out
from bot.model.quantity import Quantity
from bot.rules.quantities import compute
from tests.rules.editions import edition, quantity

PLAN = edition()


def worked(of: Quantity, known: dict[str, str], per: str = "班") -> str:
    computed = compute(of, known, PLAN)
    assert computed is not None
    return worked_out(computed, per)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "0"),
        ("10", "10"),
        ("100", "100"),
        ("20000", "20,000"),
        ("1234567", "1,234,567"),
        ("1.5", "1.5"),
        ("2.0", "2"),
        ("1000.50", "1,000.5"),
    ],
)
def test_a_number_has_its_thousands_apart_and_no_idle_zeros(value: str, said: str) -> None:
    assert number(Decimal(value)) == said


@drawn(st.decimals(0, 10**8, places=2, allow_nan=False, allow_infinity=False))
def test_a_number_in_words_is_the_same_number(value: Decimal) -> None:
    assert Decimal(number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (20000, 20000, "元", "20,000元"),
        (100000, 140000, "元", "10萬~14萬元"),
        (12000, 15000, "元", "12,000~15,000元"),
        (2, 3, "份", "2~3份"),
    ],
)
def test_a_range_is_said_once(low: int, high: int, unit: str, said: str) -> None:
    assert amount(Decimal(low), Decimal(high), unit) == said


@pytest.mark.parametrize(
    ("bound", "word"),
    [("exactly", ""), ("least", "至少"), ("most", "上限"), ("about", "約"), ("default", "預設")],
)
def test_what_bounds_an_amount_is_said_before_it(bound: str, word: str) -> None:
    assert stated(quantity("20000", bound)) == f"{word}20,000元"


def test_a_share_says_what_it_is_a_share_of() -> None:
    said = stated(quantity("30%"))

    assert "總額" in said
    assert "30%" in said


def test_an_amount_worked_out_shows_how() -> None:
    rate = worked(quantity("2", "exactly", per="classes"), {"classes": "5"})
    grows = worked(
        quantity("100000..140000", "about", per="classes", more="50000..70000"), {"classes": "5"}
    )
    share = worked(quantity("30%"), {"sum": "20000"})

    assert [w for w in ("5班", "10元", "2元") if w not in rate] == []
    assert [w for w in ("5班", "30萬~42萬元", "10萬~14萬元", "5萬~7萬元") if w not in grows] == []
    assert [w for w in ("6,000元", "20,000元", "30%") if w not in share] == []
