"""The bot reaches its floors: on what people ask, and on every entry asked for by its title.

`make evaluate` shows the failed conversations whole.
"""

from datetime import datetime

from bot.clock import TAIPEI
from evaluation.case_files import read_cases
from evaluation.conversations import hold
from evaluation.floors import below, read_floors
from evaluation.generated import generated
from tests.source import ROOT
from tests.understand.plans import real_library, real_reader

NOW = datetime(2022, 6, 15, 9, tzinfo=TAIPEI)


def test_the_written_cases_reach_their_floors() -> None:
    plans = {edition.plan for edition in real_library().editions}
    cases = read_cases([ROOT / "tests" / "cases"], plans).cases

    found = hold(cases, real_reader(), NOW)

    assert found.refusals == ()
    assert list(below(read_floors("written"), found.transcripts)) == []


def test_every_entry_is_found_by_its_title_as_often_as_it_must() -> None:
    found = hold(generated(real_library()).cases, real_reader(), NOW)

    assert found.refusals == ()
    assert list(below(read_floors("generated"), found.transcripts)) == []
