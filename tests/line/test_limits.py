"""How LINE counts, held against a second counting."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.line.limits import characters, fitting, json_bytes, shortened, utf16
from bot.simulator import counting
from tests.line.answers_of import words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("報名", 2),
        ("👍🏽", 1),  # a skin tone
        ("👩‍🏫", 1),  # joined
        ("🇹🇼🇹🇼", 2),  # flags are pairs
        ("é", 1),  # a mark on a letter
        ("❤️", 1),
        ("1️⃣", 1),  # a keycap
        ("0ු", 1),  # a vowel sign: a mark of no combining class
        ("a\u200db", 2),  # letters do not join
        ("\n\u0301", 2),  # nor does a mark a line's end
    ],
)
def test_characters_are_counted_as_seen(text: str, count: int) -> None:
    assert len(characters(text)) == count


@given(words)
def test_cut_into_characters_and_joined_a_text_is_itself(text: str) -> None:
    assert "".join(characters(text)) == text


@given(words)
@example("0ු")
@example("👩\u0301\u200d🏫")
def test_we_never_count_fewer_than_the_platform(text: str) -> None:
    assert len(characters(text)) >= counting.graphemes(text)
    assert utf16(text) == counting.utf16_units(text)
    assert json_bytes(text) == counting.json_bytes(text)


@given(words, st.integers(1, 30))
def test_a_shortened_text_fits_and_shows_that_it_was_cut(text: str, most: int) -> None:
    short = shortened(text, most)

    assert len(characters(short)) <= most
    assert short == text or short.endswith("…")


@given(words, st.integers(2, 30))
def test_a_fitting_beginning_fits_and_is_never_empty(text: str, most: int) -> None:
    start = fitting(text, most)

    assert utf16(start) <= most
    assert text.startswith(start)
    assert start or not text
