"""What is read of a question: never an error, never more than its beginning."""

import string
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.edition import Edition
from bot.understand.mask import mask
from bot.understand.question import Question
from bot.understand.reader import LONGEST
from tests.understand.plans import first_turns, real_library, real_reader

NOW = datetime.fromisoformat("2022-06-15T09:00+08:00")
READER = real_reader()
ENTRIES = sorted(
    {p for e in real_library().editions for x in e.entries() for p in (x.title, *x.says)}
)
SCRIPTS = st.text(max_size=60) | st.text(string.printable, max_size=60)
PIECES = st.lists(
    st.sampled_from([*first_turns(), *ENTRIES[:200]])
    | SCRIPTS
    | st.sampled_from(
        ["第", "萬", "附件", "，", "？", "\n", "\x00", "\u200b", "👩‍🏫", "اَلْعَرَبِيَّةُ", "ｶﾞ", "(02)"]
    ),
    max_size=6,
).map("".join)


def read(text: str) -> Question:
    return READER.question(mask(text), NOW)


def first_five(text: str, plan: str) -> list[str]:
    """Ids of the entries of a plan that a text is most likely about."""
    return [c.item.entry.id for c in READER.rank(read(text), [plan], NOW)[:5]]


@given(PIECES)
def test_no_text_of_any_script_or_length_breaks_the_reading(text: str) -> None:
    question = read(text)
    ranked = READER.rank(question, READER.plans, NOW)

    assert len(question.weights) == len(question.symbols.items)
    assert all(w >= 0 for w in question.weights)
    assert all(0 <= c.cover <= 1.0001 for c in ranked)


@given(PIECES)
def test_what_is_ranked_is_ranked_best_first_and_always_the_same(text: str) -> None:
    ranked = READER.rank(read(text), READER.plans, NOW)

    assert all(a.score >= b.score for a, b in pairwise(ranked))
    assert ranked == READER.rank(read(text), READER.plans, NOW)


def test_of_a_long_message_the_beginning_and_the_end_are_read() -> None:
    key = read("報名什麼時候截止，" + "公告的內文。" * 500 + "說明會在哪裡").key

    assert key.startswith("報名什麼時候截止")
    assert key.endswith("說明會在哪裡")
    assert len(key) <= LONGEST + 1


@pytest.mark.parametrize("text", ["a" * 5000, "、１" * 2500, "好" * 5000, "?" * 5000])
def test_no_more_than_that_is_read_of_any_message(text: str) -> None:
    assert len(read(text).key) <= LONGEST + 1


@pytest.mark.parametrize("text", ["", " ", "？？？", "…", "👍", "\u3000\n"])
def test_a_message_without_words_is_about_nothing(text: str) -> None:
    question = read(text)

    assert question.substance == 0
    assert question.plans == ()
    assert READER.rank(question, READER.plans, NOW) == []


@pytest.mark.parametrize("filler", ["請問", "不好意思，", "老師好，", "想請問一下"])
def test_politeness_leaves_the_question_as_it_is(filler: str) -> None:
    assert read(filler + "酷課師報名到什麼時候").key.strip(" ,") == read("酷課師報名到什麼時候").key


def test_a_name_that_was_said_counts_little_and_its_plan_is_told() -> None:
    question = read("酷課師")

    assert question.plans == ("cooc-teacher",)
    assert question.substance < read("便當").substance


def test_counties_and_years_are_told() -> None:
    question = read("台北市114年度的老師可以報名嗎")

    assert question.places == ("臺北",)
    assert [y.year for y in question.years] == [114]
    assert question.audiences == {"teacher"}


def test_a_masked_secret_is_no_word_of_the_question() -> None:
    assert read("A123456789").substance == 0
    assert read("我的電話0912345678，酷課師怎麼報名").plans == ("cooc-teacher",)


@pytest.mark.parametrize("edition", real_library().editions, ids=lambda e: e.key)
def test_nearly_every_title_finds_its_own_entry(edition: Edition) -> None:
    entries = [e for e in edition.entries() if len(e.title) >= 4]
    missed = [e.title for e in entries if e.id not in first_five(e.title, edition.plan)]

    assert len(missed) <= len(entries) // 20, missed
