"""Numbers as people write them, as digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.numbers import chinese_number, to_digits

DIGITS = "零一二三四五六七八九"


def spelt(number: int) -> str:
    """A number below 10,000 in Chinese: 205 → 二百零五."""
    said, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if zero and said else "") + DIGITS[digit] + unit
        zero = not digit
    return said


@given(st.integers(1, 9999))
def test_a_spelt_number_is_read_as_it_is_spelt(number: int) -> None:
    assert chinese_number(spelt(number)) == number
    assert to_digits(f"{spelt(number)}元") == f"{number}元"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("第二梯次", "第2梯次"),
        ("第十一條", "第11條"),
        ("二十三門", "23門"),
        ("十班", "10班"),
        ("兩百零五人", "205人"),
        ("十二月三十一日", "12月31日"),
        ("二〇二二年", "2022年"),
        ("一一一年", "111年"),
        ("附件一", "附件1"),
        ("兩萬", "20000"),
        ("十二萬", "120000"),
        ("3萬5", "35000"),
        ("三萬五千", "35000"),
        ("1.5萬", "15000"),
        ("2千元", "2000元"),
        ("20,000元", "20000元"),
        ("1,234,567元", "1234567元"),
        ("一千五百元", "1500元"),
    ],
)
def test_what_counts_or_orders_becomes_digits(text: str, digits: str) -> None:
    assert to_digits(text) == digits


@pytest.mark.parametrize("text", ["萬一", "統一", "一直", "三成", "1,2,3", "13510", "三心兩意"])
def test_what_counts_nothing_stays(text: str) -> None:
    assert to_digits(text) == text


@given(st.text("零〇一二兩三四五六七八九十百千萬0123456789,.個門元月第附件"))
def test_no_row_of_numerals_is_too_odd(text: str) -> None:
    assert to_digits(to_digits(text)) is not None
