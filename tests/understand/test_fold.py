"""The key that texts are compared by: width, case, script and synonyms make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.fold import Folder, either
from bot.understand.gives import UNITS
from tests.understand.plans import first_turns, real_library, real_reader

PLAIN = Folder({})
SAME = {"繳交": ["送件", "交件"], "線上教室2": ["線上教室ii"], "截止": ["期限", "deadline"]}
FOLD = Folder(SAME)
TEXT = st.text("一二兩三十百零0123456789第附件門梯月日,，.、 　?？AbＡｂ１２％%班人元報名時間")


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert PLAIN(PLAIN(text)) == PLAIN(text)


def test_the_words_of_the_lexicon_stay_folded() -> None:
    fold, same = real_reader().fold, real_library().lexicon.same
    words = [w for word, others in same.items() for w in (word, *others)]

    assert [w for w in words if fold(fold(w)) != fold(w)] == []


def test_every_synonym_of_the_lexicon_has_the_key_of_its_word() -> None:
    fold, same = real_reader().fold, real_library().lexicon.same

    assert [o for word, others in same.items() for o in others if fold(o) != fold(word)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("报名什么时候截止", "報名什麼時候截止"),
        ("学习历程档案", "學習歷程檔案"),
        ("ＯｎＯ線上教室", "ono線上教室"),
        ("COOC", "ｃｏｏｃ"),
        ("１３５１０", "13510"),
        ("附件　２", "附件 2"),
        ("什麼時候  報名\n", "什麼時候 報名"),
        ("３０％", "30%"),
        ("這裏", "這裡"),
        ("社羣", "社群"),
        ("㈠", "(一)"),
        ("線上教室Ⅱ", "線上教室ii"),
    ],
)
def test_script_width_and_case_have_one_key(one: str, other: str) -> None:
    assert PLAIN(one) == PLAIN(other)


@given(st.sampled_from(first_turns()))
def test_a_question_in_full_width_is_the_same_question(text: str) -> None:
    fold = real_reader().fold
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)

    assert fold(wide) == fold(text)
    assert fold(text.upper()) == fold(text)
    assert fold(f"  {text}　") == fold(text)


@pytest.mark.parametrize("word", ["社群", "才可以", "吃飯", "核章", "這裡", "什麼"])
def test_words_stay_as_taiwan_writes_them(word: str) -> None:
    assert PLAIN(word) == word


def test_what_stands_beside_a_word_does_not_change_it() -> None:
    assert PLAIN("要是只有10班") == "要是只有10班"
    assert PLAIN("报名只要10班吗") == PLAIN("報名只要10班嗎")


def test_a_unit_is_found_in_folded_text_as_it_is_written() -> None:
    assert [unit for unit in UNITS.split("|") if PLAIN(unit) != unit] == ["台"]  # 臺 is there, too


def test_a_synonym_is_taken_for_its_word() -> None:
    assert FOLD("最晚送件期限") == FOLD("最晚繳交截止") == "最晚繳交截止"


def test_a_latin_word_is_not_found_inside_another() -> None:
    assert FOLD("deadlines") == "deadlines"
    assert FOLD("the DEADLINE is") == "the 截止 is"


def test_a_word_that_stands_there_whole_is_not_replaced_inside_itself() -> None:
    fold = Folder({"無線網路環境": ["無線網路"]})

    assert fold("無線網路環境怎麼建") == "無線網路環境怎麼建"
    assert fold("無線網路怎麼建") == "無線網路環境怎麼建"


def test_several_attachments_are_spelt_out() -> None:
    assert PLAIN("附件1、2") == "附件1、附件2"
    assert PLAIN("附件1和3跟附件5") == "附件1、附件3、附件5"
    assert PLAIN("附件1、2月") == "附件1、2月"


def test_the_longest_of_several_words_is_found() -> None:
    pattern = either(["報名", "報名截止", ""], PLAIN)

    assert pattern.findall("報名截止和報名") == ["報名截止", "報名"]
    assert either([], PLAIN).findall("報名") == []
