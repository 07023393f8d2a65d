"""Slips of the thumb are mended where one change makes known words, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understand.plans import first_turns, real_library, real_reader

READER = real_reader()
TITLES = sorted({e.title for plan in real_library().editions for e in plan.entries()})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("什麼時候截申止請", "什麼時候截止申請"),
        ("膳膳費最多幾成", "膳費最多幾成"),
        ("附附件1交給誰", "附件1交給誰"),
        ("提姓我一下", "提醒我一下"),
        ("要交身麼", "要交什麼"),
        ("有哪些日字", "有哪些日子"),
        ("可以編多掃", "可以編多少"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(written: str, meant: str) -> None:
    assert READER.key(written) == READER.key(meant)


@given(st.sampled_from([*first_turns(), *TITLES]))
def test_what_is_written_right_stays_as_it_is(text: str) -> None:
    key = READER.tidy(READER.fold(text))

    assert READER.key(text) == READER.fold(key)


NUMERALS = "零一二三四五六七八九十百千萬兩"
DOUBLED = [
    title[: i + 1] + title[i:]
    for title in map(READER.fold, TITLES)
    for i, c in enumerate(title)
    if "一" <= c <= "鿿" and c not in NUMERALS and READER.fold(c + c) == c + c
]


@given(st.sampled_from(DOUBLED))
def test_a_character_doubled_by_the_thumb_is_taken_once(title: str) -> None:
    key = READER.key(title)

    assert len(key) < len(READER.fold(title)) or READER.fold(title) == READER.fold(key)
    assert READER.key(key) == key


@given(st.text(max_size=60))
def test_no_text_breaks_the_mending_and_mended_text_stays_mended(text: str) -> None:
    key = READER.key(text)

    assert len(key) <= len(READER.fold(text)) + 4
