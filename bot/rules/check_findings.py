"""What a check finds, each by its cell, with clause and cure; and what its rules rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from bot.model.edition import Edition
from bot.model.entries import Amount, Deliverable, Entry, Requirement
from bot.model.quantity import Quantity
from bot.rules.quantities import fitting


class Weight(StrEnum):
    """How much a finding weighs."""

    FAULT = "fault"  # against a clause
    REMARK = "remark"  # the document is silent or disagrees with itself, or it cannot be told
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of what was checked."""

    row: str  # names the row: 3, or an item's id
    column: str
    label: str  # as the sheet calls it: 第3次／日期


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinding:
    """One thing found."""

    weight: Weight
    what: str
    clause: str = ""
    cure: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """The entries that rules rest on, for somebody of whom `known` is known (the group)."""

    edition: Edition
    known: Mapping[str, str] = field(default_factory=dict)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry; None where there is none, or this year has not confirmed it."""
        found = self.edition.by_id.get(entry_id)
        return None if found is None or found.to_confirm else found

    def clause(self, entry_id: str) -> str:
        """Where the document states it."""
        entry = self.entry(entry_id)
        return "、".join(entry.source) if entry else ""

    def text(self, entry_id: str) -> str:
        """The sentence of an entry."""
        entry = self.entry(entry_id)
        return entry.text if entry else ""

    def figure(self, entry_id: str, each: str = "") -> Quantity | None:
        """The one stated quantity that holds here; None where none or several do."""
        entry = self.entry(entry_id)
        if not isinstance(entry, Amount | Requirement | Deliverable):
            return None
        if not entry.given.fits(self.known):
            return None
        cases = [q for q in entry.amount if not each or q.each == each]
        found = fitting(cases, self.known)
        return found[0] if len(found) == 1 else None

    def fault(self, entry_id: str, what: str, cure: str, cell: Cell | None = None) -> CheckFinding:
        """Something against the clause of this entry."""
        clause = self.clause(entry_id)
        return CheckFinding(weight=Weight.FAULT, what=what, clause=clause, cure=cure, cell=cell)

    def remark(
        self, entry_id: str, what: str, cure: str = "", cell: Cell | None = None
    ) -> CheckFinding:
        """Something to look at, which is not against the clause."""
        clause = self.clause(entry_id)
        return CheckFinding(weight=Weight.REMARK, what=what, clause=clause, cure=cure, cell=cell)

    def right(self, entry_id: str, what: str) -> CheckFinding:
        """Something as the clause wants it."""
        return CheckFinding(weight=Weight.RIGHT, what=what, clause=self.clause(entry_id))


def unconfirmed(entry_id: str) -> CheckFinding:
    """In place of a rule whose entry is not there."""
    what = f"這一項規定（{entry_id}）今年還沒有確認，沒有檢查。"
    return CheckFinding(weight=Weight.REMARK, what=what, cure="請向承辦單位確認。")


def named_entry(rule: Any) -> str:
    """The id of the entry that states a rule: the value of its first key."""
    return str(getattr(rule, fields(rule)[0].name))
