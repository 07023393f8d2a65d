"""What staff read in the chat and on their pages is the same in both."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.answers.staffs_words import NO_PLAN, ONLY_YOURS, plan_called
from bot.links import LIVES
from bot.model.edition import Library
from bot.understand.reader import Reader
from tests.rules.editions import ABOUT, edition
from tests.understand.plans import real_library


@pytest.fixture(scope="module")
def two_years() -> Reader:
    """A plan of 111, and as it is called in 112."""
    old = edition()
    new = replace(old, edition="112", about=replace(ABOUT, short="甲市112共讀", year=112))
    return Reader(Library(editions=(old, new), lexicon=real_library().lexicon))


@pytest.mark.parametrize(
    ("plan", "asked_at", "called"),
    [
        ("reading", "2022-06-15T09:00+08:00", "甲市111共讀"),
        ("reading", "2023-06-15T09:00+08:00", "甲市112共讀"),
        ("", "2022-06-15T09:00+08:00", NO_PLAN),
        ("gone", "2022-06-15T09:00+08:00", NO_PLAN),
    ],
)
def test_a_plan_is_called_as_in_the_year_in_which_it_was_asked_about(
    two_years: Reader, plan: str, asked_at: str, called: str
) -> None:
    assert plan_called(two_years, plan, datetime.fromisoformat(asked_at)) == called


def test_the_sentence_about_a_link_tells_how_long_it_lives() -> None:
    assert f"{LIVES.total_seconds() / 3600:g}小時內有效" in ONLY_YOURS
