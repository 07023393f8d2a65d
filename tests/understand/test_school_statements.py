"""What people say of their own school is told from what they ask about schools."""

from pathlib import Path

import pytest
import yaml

from bot.understand.school_statements import SchoolAct, hear_school
from tests.source import ROOT

CASES = sorted((ROOT / "tests" / "cases").rglob("*.yaml"))
TEACH, MOVE, LEAVE = SchoolAct.TEACH, SchoolAct.MOVE, SchoolAct.LEAVE
SHOW, HAND_OVER, RESIGN = SchoolAct.SHOW, SchoolAct.HAND_OVER, SchoolAct.RESIGN


@pytest.mark.parametrize(
    ("text", "act", "name"),
    [
        ("我是大直高中的老師", TEACH, "大直高中"),
        ("您好，我是大直高中的資訊組長", TEACH, "大直高中"),
        ("我是大直高中王老師", TEACH, "大直高中"),
        ("我在中山女中", TEACH, "中山女中"),
        ("我現在在中山女中任教", TEACH, "中山女中"),
        ("我任教於臺北市立中崙高級中學", TEACH, "臺北市立中崙高級中學"),
        ("我的學校是市立中崙", TEACH, "市立中崙"),
        ("本校是大直國小", TEACH, "大直國小"),
        ("我是北一女的", TEACH, "北一女"),
        ("換學校", MOVE, ""),
        ("我要換學校", MOVE, ""),
        ("我調到中崙高中了", MOVE, "中崙高中"),
        ("我從大直高中調到中崙高中", MOVE, "中崙高中"),
        ("我不在大直高中了", LEAVE, "大直高中"),
        ("我不在這間學校了", LEAVE, ""),
        ("我的學校", SHOW, ""),
        ("我是哪一所學校的？", SHOW, ""),
        ("承辦人異動", HAND_OVER, ""),
        ("我要交接", HAND_OVER, ""),
        ("換承辦人", HAND_OVER, ""),
        ("我已卸任", RESIGN, ""),
        ("我不是承辦人了", RESIGN, ""),
    ],
)
def test_a_statement_is_heard(text: str, act: SchoolAct, name: str) -> None:
    said = hear_school(text)

    assert said is not None
    assert (said.act, said.name) == (act, name)


@pytest.mark.parametrize(
    "text",
    [
        "中山女中可以報名嗎",
        "我是大直高中的老師，可以報名嗎",
        "我們學校在大直，要交什麼",
        "大直高中有沒有入選",
        "承辦人異動要報嗎",
        "成員異動",
        "校管理者交接",
        "我離開學校了",
        "換人",
        "我已經報名了",
        "我們學校的教案什麼時候交",
    ],
)
def test_a_question_is_no_statement(text: str) -> None:
    assert hear_school(text) is None


@pytest.mark.parametrize("text", ["我是國小老師", "我們是私立國中", "我在別間國小", "我在等公文"])
def test_a_kind_of_school_is_no_school(text: str) -> None:
    said = hear_school(text)

    assert said is None or not said.names_one


def said_in(path: Path) -> list[str]:
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [str(turn["say"]) for case in cases for turn in case["turns"] if "say" in turn]


def test_nothing_that_any_case_asks_is_taken_for_a_statement() -> None:
    texts = [text for path in CASES for text in said_in(path)]

    assert len(texts) > 500
    assert [text for text in texts if hear_school(text)] == []
