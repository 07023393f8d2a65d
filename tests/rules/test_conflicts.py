"""Where a document disagrees with itself about an entry, and whether that is what it answers."""

from dataclasses import replace

import pytest

from bot.model.entries import Conflict, Contact, Deliverable, Entry, Form, Requirement, Stated
from bot.rules.conflicts import conflict_about, is_at_stake
from tests.rules.editions import amount, edition, given, planned, quantity

TWO_DAYS = Conflict(
    id="two-days",
    title="兩個日期",
    source=("陸", "柒"),
    between=("sign-up", "session"),
    values=(Stated(text="7月", source=("陸",)), Stated(text="8月", source=("柒",))),
)
ONLY_B = replace(TWO_DAYS, id="only-b", between=("report",), given=given(group="B"))
PLAN = edition(conflicts=(TWO_DAYS, ONLY_B))


@pytest.mark.parametrize("entry_id", ["sign-up", "session"])
def test_a_conflict_is_found_from_each_entry_that_disagrees(entry_id: str) -> None:
    assert conflict_about(PLAN, entry_id, {"group": "A"}) == TWO_DAYS


def test_other_entries_have_no_conflict() -> None:
    assert conflict_about(PLAN, "elsewhere", {}) is None
    assert conflict_about(edition(), "session", {}) is None


def test_a_conflict_of_one_case_is_kept_from_those_known_to_be_in_another() -> None:
    assert conflict_about(PLAN, "report", {}) == ONLY_B
    assert conflict_about(PLAN, "report", {"group": "B"}) == ONLY_B
    assert conflict_about(PLAN, "report", {"group": "A"}) is None


@pytest.mark.parametrize(
    ("entry", "at_stake"),
    [
        (planned("session", "2022-07-08"), True),
        (amount("total", quantity("20000")), True),
        (Requirement(id="r", title="r", source=("捌",)), True),
        (Deliverable(id="d", title="d", source=("捌",)), True),
        (Contact(id="c", title="c", source=("捌",), unit="教育局"), False),
        (Form(id="f", title="f", source=("捌",)), False),
    ],
)
def test_a_day_or_a_figure_is_at_stake_and_a_name_is_not(entry: Entry, at_stake: bool) -> None:
    assert is_at_stake(entry) is at_stake
