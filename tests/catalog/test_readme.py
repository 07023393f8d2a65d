"""What the pages for editors show is taken by the loader."""

import re
from pathlib import Path

import pytest

from bot.catalog.load import Reading, read_folder
from bot.cli.examples import try_examples
from tests.catalog.editions import read, write
from tests.source import ROOT

PAGE = ROOT / "docs" / "authoring.zh-TW.md"


def blocks(page: Path) -> str:
    return "".join(re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.S))


@pytest.fixture
def short(tmp_path: Path) -> Reading:
    """The plan of the short reference beside the plan files."""
    return read(tmp_path, shown_111=blocks(ROOT / "knowledge" / "README.md"))


@pytest.fixture
def long(tmp_path: Path) -> Reading:
    """The plan that the page for staff writes step by step, with the real lexicon."""
    words = (ROOT / "knowledge" / "lexicon.yaml").read_text(encoding="utf-8")
    files = {"lexicon.yaml": words, "plans/story-contest/113.yaml": blocks(PAGE)}
    return read_folder(write(tmp_path, files))


def test_the_examples_of_the_reference_make_a_whole_plan(short: Reading) -> None:
    assert short.findings == ()
    assert len(list(short.library.editions[0].entries())) > 15


def test_the_conversation_of_the_reference_is_answered_as_it_says(short: Reading) -> None:
    assert try_examples(short).findings == ()


def test_the_steps_of_the_page_make_a_whole_plan(long: Reading) -> None:
    assert long.findings == ()
    assert len(list(long.library.editions[0].entries())) > 20


def test_the_conversations_of_the_page_are_answered_as_it_says(long: Reading) -> None:
    assert try_examples(long).findings == ()


def test_the_page_shows_every_command_that_it_needs() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert {"new", "check", "diff"} <= set(re.findall(r"bot knowledge (\w+)", text))
