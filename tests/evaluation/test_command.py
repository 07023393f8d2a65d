"""`python -m evaluation`: exit codes, and what it prints."""

from pathlib import Path

import pytest

from evaluation.__main__ import main
from tests.source import ROOT

GOOD = """\
- id: a-1
  kind: deadline
  at: 2022-06-15T09:00
  turns:
    - say: 範例計畫什麼時候報名截止
      all: ['@date:7/31']
"""
FALSE = GOOD.replace("7/31", "7/16")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is run: what it writes is written below."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(ROOT / "tests/cli/knowledge"))
    return tmp_path


def put(folder: Path, text: str) -> str:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return "a.yaml"


def test_a_right_case_passes_and_is_kept_for_the_next_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([put(folder, GOOD)])

    assert code == 0, capsys.readouterr().out
    assert "a-1" in (folder / "var/evaluation/last.json").read_text()


def test_a_wrong_case_fails_is_shown_and_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([put(folder, GOOD)])

    code = main([put(folder, FALSE)])

    said = capsys.readouterr().out
    assert code == 1
    assert "少了 @date:7/16" in said
    assert "－ a-1" in said
    assert "答對率 0.0%，至少要" in said


def test_quiet_shows_the_figures_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([put(folder, FALSE), "--quiet"])

    said = capsys.readouterr().out
    assert "少了 @date:7/16" not in said
    assert "合計" in said


def test_a_file_with_mistakes_is_told_and_nothing_is_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([put(folder, GOOD.replace("deadline", "deadlin"))])

    said = capsys.readouterr()
    assert code == 2
    assert "a.yaml:2 [a-1] 沒有「deadlin」這種題目" in said.err
    assert said.out == ""
    assert not (folder / "var").exists()


def test_no_case_that_fits_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([put(folder, GOOD), "--kind", "budget"])

    assert code == 2
    assert "沒有符合的題目" in capsys.readouterr().err
