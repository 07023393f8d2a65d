"""What the page for editors shows is taken by the loader."""

import re
from pathlib import Path

from bot.cli.examples import failed_examples
from tests.catalog.editions import read
from tests.source import ROOT


def shown() -> str:
    page = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
    return "".join(re.findall(r"```yaml\n(.*?)```", page, re.S))


def test_its_examples_make_a_whole_plan(tmp_path: Path) -> None:
    reading = read(tmp_path, shown_111=shown())

    assert reading.findings == ()
    assert len(list(reading.library.editions[0].entries())) > 15


def test_its_conversation_is_answered_as_it_says(tmp_path: Path) -> None:
    assert failed_examples(read(tmp_path, shown_111=shown())) == ()
