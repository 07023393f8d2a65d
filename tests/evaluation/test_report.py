"""What a run says: tables, shares, failed conversations whole, and what changed since the last."""

from pathlib import Path

import pytest

from bot.messages import Answer, Card, Outcome, Why
from evaluation import last_run, report
from evaluation.cases import Conversation, Turn
from evaluation.columns import table, width
from evaluation.conversations import Said, Transcript
from evaluation.floors import below, read_floors
from evaluation.grades import judge
from evaluation.tally import Share, tally

WHY = Why(because="best", plan="p", edition="111", entry="e", score=0.7, rivals=(("p/111#f", 0.6),))


def transcript(case_id: str, turn: Turn, text: str, outcome: Outcome) -> Transcript:
    """A conversation of one turn that was answered so."""
    card = Card(title="", lead=text, sources=("柒",))
    recorded = Answer(parts=(card,), outcome=outcome, why=WHY)
    said = Said(
        turn=turn,
        words=turn.say,
        reply=text,
        recorded=recorded,
        judged=judge(turn, text, recorded),
        cited=None if not turn.cite else "柒" in turn.cite,
    )
    kind = "unknown" if turn.unknown else "deadline"
    case = Conversation(id=case_id, kind=kind, plan="p", at="2022-06-15T09:00", turns=(turn,))
    return Transcript(case, (said,))


ASKED = Turn(say="何時截止", all=("7",), cite=("柒",))
GAP = Turn(say="有便當嗎", unknown=True)
RIGHT = transcript("a-right", ASKED, "7月", Outcome.ANSWERED)
HEDGED = transcript("a-hedged", ASKED, "最接近：7月", Outcome.UNKNOWN)
WRONG = transcript("a-wrong", ASKED, "8月", Outcome.ANSWERED)
GAP_SAID = transcript("a-gap", GAP, "沒寫", Outcome.UNKNOWN)
GAP_ANSWERED = transcript("a-claim", GAP, "有", Outcome.ANSWERED)
ALL = (RIGHT, HEDGED, WRONG, GAP_SAID, GAP_ANSWERED)


def test_the_shares_are_counted() -> None:
    found = tally(ALL)

    assert (found.right, found.wrong) == (Share(3, 5), Share(2, 5))
    assert found.cited == Share(3, 3)
    assert found.unknown_said == Share(1, 2)
    assert found.unknown_true == Share(1, 2)
    assert found.unknown_hedged == 1
    assert found.unknown_answered == Share(1, 2)


def test_a_share_of_nothing_is_whole() -> None:
    assert Share(0, 0).value == 1.0


def test_the_tables_have_a_line_for_each_kind_and_plan_and_for_all() -> None:
    lines = list(report.tables(ALL))

    assert [line.split()[:4] for line in lines if line and "題數" not in line] == [
        ["deadline", "3", "2", "1"],
        ["unknown", "2", "1", "1"],
        ["p", "5", "3", "2"],
        ["合計", "5", "3", "2"],
    ]


def test_cells_stand_below_each_other_whatever_their_width() -> None:
    lines = list(table([["題型", "題數"], ["a", "10"]]))

    assert lines == ["題型  題數", "a       10"]
    assert [width(line) for line in lines] == [10, 10]


def test_a_failed_conversation_is_shown_whole_with_what_the_bot_thought() -> None:
    shown = "\n".join(report.failures(ALL))

    assert "a-right" not in shown
    for words in ("a-wrong", "人：何時截止", "8月", "少了 7", "best", "p/111#e 0.7", "p/111#f 0.6"):
        assert words in shown


def test_what_changed_since_the_last_run_is_named(tmp_path: Path) -> None:
    path = tmp_path / "var" / "last.json"
    last_run.keep([RIGHT, WRONG, GAP_SAID], path)
    before = {**last_run.read(path), "a-wrong": "right", "a-right": "asked"}

    assert list(last_run.compared(before, ALL)) == [
        "和上次比：3 題都跑過，變對 1 題，變錯 1 題",
        "　＋ a-right",
        "　－ a-wrong",
    ]


def test_cases_that_were_not_run_keep_their_last_verdict(tmp_path: Path) -> None:
    last_run.keep([RIGHT], tmp_path / "last.json")
    last_run.keep([WRONG], tmp_path / "last.json")

    assert last_run.read(tmp_path / "last.json") == {"a-right": "right", "a-wrong": "wrong"}


@pytest.mark.parametrize("kept", ["", "{", "[1]"])
def test_a_last_run_that_cannot_be_read_is_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / "last.json").write_text(kept)

    assert last_run.read(tmp_path / "last.json") == {}
    assert list(last_run.compared({}, ALL)) == []


def test_a_figure_below_its_floor_is_said() -> None:
    floors = {"right": 0.97, "wrong": 0.02, "unknown_answered": 0.5, "cited": 1.0, "clauses": 1.0}

    assert list(below(floors, ALL)) == [
        "答對率 60.0%，至少要 97.0%",
        "肯定但答錯 40.0%，最多只能 2.0%",
    ]


@pytest.mark.parametrize("name", ["written", "generated"])
def test_every_floor_names_a_figure_that_is_counted(name: str) -> None:
    floors = read_floors(name)

    assert {"right", "wrong"} <= set(floors)
    assert all(hasattr(tally(ALL), figure) and 0 <= limit <= 1 for figure, limit in floors.items())
