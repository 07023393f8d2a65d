"""`bot knowledge`, as editors and `make check` call it."""

from pathlib import Path

import pytest

from bot.cli.examples import try_examples
from bot.cli.main import run
from tests.catalog.editions import GOOD, LEXICON, PLAN, broken, read, write


def knowledge(folder: Path, text: str) -> str:
    return str(write(folder, {"lexicon.yaml": LEXICON, PLAN: text}))


def test_good_files_are_counted_in_one_line(tmp_path: Path, capsys) -> None:
    code = run(["knowledge", "check", "--no-examples", knowledge(tmp_path, GOOD)])

    assert code == 0
    said = "沒有錯誤：1 個計畫檔、15 個項目、1 個例子（沒有試跑）。\n"
    assert capsys.readouterr() == (said, "")


def test_bad_files_are_told_line_by_line(tmp_path: Path, capsys) -> None:
    text, line = broken("source: 捌", "@@source: []")

    code = run(["knowledge", "check", knowledge(tmp_path, text)])

    out, err = capsys.readouterr()
    assert code == 1
    assert out.startswith(f"{PLAN}:{line} [report] 沒有出處→ ")
    assert err == "1 個檔案，共 1 個錯誤。\n例子還沒試跑：先改好以上的錯誤。\n"


@pytest.mark.parametrize(("folder", "says"), [("", "沒有計畫檔"), ("nowhere", "不是資料夾")])
def test_a_folder_without_plans_is_no_success(
    folder: str, says: str, tmp_path: Path, capsys
) -> None:
    assert run(["knowledge", "check", str(tmp_path / folder)]) == 1
    assert says in capsys.readouterr().err


def test_the_schema_is_written_beside_the_plans(tmp_path: Path) -> None:
    assert run(["knowledge", "schema", str(tmp_path)]) == 0
    assert '"title": "師鐘計畫檔"' in (tmp_path / "schema.json").read_text(encoding="utf-8")


def test_an_example_that_holds_is_no_finding(tmp_path: Path) -> None:
    assert try_examples(read(tmp_path, reading_111=GOOD)).findings == ()


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ("all: 9月9日", "少了「9月9日」"),
        ("none: 7月8日", "不該有「7月8日」"),
        ("unknown: true", "應該回答計畫沒有說明"),
    ],
)
def test_an_example_that_fails_is_told_with_its_line_and_the_answer(
    expected: str, says: str, tmp_path: Path
) -> None:
    text, line = broken("{say: 什麼時候上課, all: 7月8日}", f"{{say: 什麼時候上課@@, {expected}}}")

    failed = try_examples(read(tmp_path, reading_111=text)).findings

    assert [(f.file, f.line, f.entry) for f in failed] == [(PLAN, line, "examples")]
    assert says in failed[0].what
    assert "回答是「【" in failed[0].what
