"""Plans of quite other shapes, written as data alone, are read and answered by the same code."""

from pathlib import Path

import pytest

from bot.catalog.load import Reading, read_folder
from bot.cli.examples import try_examples
from tests.catalog.editions import write
from tests.source import ROOT

MADE_UP = Path(__file__).with_name("made_up")
WORDS = (ROOT / "knowledge" / "lexicon.yaml").read_text(encoding="utf-8")
PLANS = sorted(MADE_UP.glob("plans/*/*.yaml"))


def read_with_real_words(folder: Path, *plans: Path) -> Reading:
    files = {p.relative_to(MADE_UP).as_posix(): p.read_text(encoding="utf-8") for p in plans}
    return read_folder(write(folder, {"lexicon.yaml": WORDS, **files}))


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: p.parent.name)
def test_a_made_up_plan_answers_its_examples(plan: Path, tmp_path: Path) -> None:
    reading = read_with_real_words(tmp_path, plan)

    assert reading.findings == ()
    assert len(reading.library.editions[0].examples) >= 7
    assert try_examples(reading).findings == ()


def test_made_up_plans_answer_beside_each_other(tmp_path: Path) -> None:
    reading = read_with_real_words(tmp_path, *PLANS)

    assert len(reading.sheets) == len(PLANS) >= 2
    assert reading.findings == ()
    assert try_examples(reading).findings == ()
