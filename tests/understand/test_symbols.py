"""A text as symbols and pairs of neighbours, as written and as they sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.sounds import sound
from bot.understand.symbols import grams, heard, split


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("報名", ("報", "名")),
        ("ono2", ("ono", "2")),
        ("30%以下", ("30", "%", "以", "下")),
        ("1.5小時", ("1.5", "小", "時")),
        ("報名 ，截止", ("報", "名", "截", "止")),
        ("", ()),
        ("，。！", ()),
    ],
)
def test_a_text_is_split_into_characters_and_runs(text: str, items: tuple[str, ...]) -> None:
    assert split(text).items == items


@given(st.text())
def test_symbols_stand_where_they_say(text: str) -> None:
    symbols = split(text)

    assert [text[s : s + len(i)] for i, s in zip(symbols.items, symbols.starts, strict=True)] == (
        list(symbols.items)
    )
    assert len(symbols.joined) == len(symbols.items)


def test_a_break_parts_neighbours() -> None:
    assert [g for g, _ in grams(split("報名,截止"))] == ["報名", "截止"]
    assert [g for g, _ in heard(split("報名,截止"))] == [
        g for pair in ("報名", "截止") for g, _ in heard(split(pair))
    ]


def test_a_run_counts_by_itself_and_with_its_neighbour() -> None:
    assert dict(grams(split("附件12"))) == {"附件": (0, 1), "12": (2,), "件12": (1, 2)}


@pytest.mark.parametrize(
    ("one", "other"), [("課", "客"), ("認", "任"), ("程", "成"), ("行", "新"), ("習", "席")]
)
def test_characters_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_characters_that_sound_otherwise_are_told_apart() -> None:
    assert len({sound(c) for c in "課師學群平板"}) == 6
    assert sound("a") == "a"
    assert sound("👍") == "👍"


def test_pairs_that_sound_alike_are_heard_alike() -> None:
    assert [g for g, _ in heard(split("酷課"))] == [g for g, _ in heard(split("酷客"))]
    assert [g for g, _ in heard(split("ok"))] == []
