"""Simplified script, and characters that Taiwan writes otherwise, have one key."""

import opencc
import pytest

from bot.understand.characters import as_taiwan_writes, one_as_taiwan_writes

BIG5 = [chr(code) for code in range(0x3400, 0xA000) if chr(code).encode("cp950", "ignore")]


def test_characters_of_big5_are_written_as_opencc_writes_each_by_itself() -> None:
    convert = opencc.OpenCC("s2t").convert
    usual = str.maketrans("羣纔喫裏癡牀脣祕覈", "群才吃裡痴床唇秘核")

    others = [c for c in BIG5 if as_taiwan_writes(c) != convert(c).translate(usual)]

    assert len(BIG5) > 13_000
    assert others == []


@pytest.mark.parametrize(
    ("simplified", "written"),
    [
        ("报名只要10班吗", "報名只要10班嗎"),
        ("干部训练", "幹部訓練"),
        ("学习历程档案", "學習歷程檔案"),
    ],
)
def test_simplified_script_is_read_by_its_words(simplified: str, written: str) -> None:
    assert as_taiwan_writes(simplified) == written


@pytest.mark.parametrize("text", ["要是只有10班", "café", "「報名」…ー", "社群", ""])
def test_all_else_stays(text: str) -> None:
    assert as_taiwan_writes(text) == text


@pytest.mark.parametrize(
    ("char", "written"), [("台", "臺"), ("语", "語"), ("é", "é"), ("堃", "堃")]
)
def test_a_character_is_read_alone(char: str, written: str) -> None:
    assert one_as_taiwan_writes(char) == written
