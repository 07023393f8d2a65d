"""One thing that a clause reports as done: how many, which part, which marks, on which day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.model.entries import Requirement
from bot.model.goals import Part
from bot.understand.statements import (
    Counted,
    counts,
)

_ALL = re.compile(r"都|全部|全上|全修|全看|全數")
_EACH = re.compile(r"各|每|分別")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing reported: a requirement, or a part of it."""

    item: Requirement
    part: Part | None = None
    count: Decimal = Decimal(1)
    unit: str = ""  # empty: no number was said
    marks: frozenset[str] = frozenset()
    is_all: bool = False  # all parts of it were said to be done
    on: date | None = None  # its own day, where the sentence says several


@dataclass(frozen=True, slots=True)
class Name:
    word: str
    items: tuple[Requirement, ...]
    part: Part | None


@dataclass(frozen=True, slots=True)
class Spot:
    start: int
    end: int
    name: Name


def things_of(
    spot: Spot,
    clause: str,
    numbers: Sequence[Counted],
    place: tuple[frozenset[str], int, int],
) -> list[Thing]:
    """What one name in a clause tells; `place` are marks, where it stands, how many beside it."""
    marks, at, beside = place
    item, part = spot.name.items[0], spot.name.part
    marks = marks & {m.id for m in item.marks}
    near = min(numbers, key=lambda c: abs(c.start - at), default=None)
    if near and beside > 1 and abs(near.start - at) > len(spot.name.word) + 6:
        near = None
    if part is not None:
        wrong = near if near and (near.number <= 0 or near.number % 1) else None
        return [Thing(item, part, wrong.number if wrong else Decimal(1), "", marks)]
    if item.parts:
        return parted(item, clause, list(item.parts), near)
    if len(numbers) > 1 and marks and beside == 1:
        whole = [Thing(item, None, numbers[0].number, numbers[0].unit)]
        return with_marks(whole, numbers[1].number, marks)
    if near is None:
        return [Thing(item, marks=marks)]
    return [Thing(item, None, near.number, near.unit, marks)]


def on_days(
    things: list[Thing], days: Sequence[date], clause: str, nearest: date | None
) -> list[Thing]:
    """The things on the days of their clause; without a day where it is open which is meant."""
    (first, *others) = things
    if len(days) < 2 or others or first.part is not None:
        return [replace(t, on=nearest) for t in things]
    whole = first.count if _EACH.search(clause) or first.count == 1 else first.count / len(days)
    if whole % 1 or (whole > 1 and not _EACH.search(clause)):
        return things
    return [replace(first, count=whole, on=day) for day in days]


def parted(
    item: Requirement, text: str, parts: Sequence[Part], near: Counted | None = None
) -> list[Thing]:
    """All parts where all are said to be done; else the requirement without saying which part."""
    near = near or next(iter(counts(text)), None)
    if near and (near.number <= 0 or near.number % 1):
        return [Thing(item, None, near.number, near.unit)]
    enough = sum((g.least for g in item.goals[:1]), Decimal(0)) == len(item.parts)
    counted = near is not None and near.number == len(item.parts)
    if enough and (counted or (near is None and (_ALL.search(text) or "完" in text))):
        return [Thing(item, part, is_all=True) for part in item.parts]
    if len(parts) == 1 and len(item.parts) > 1:
        return [Thing(item, parts[0])]
    return [Thing(item, None, near.number if near else Decimal(1), near.unit if near else "")]


def with_marks(found: list[Thing], count: Decimal, marks: frozenset[str]) -> list[Thing]:
    """So many of the thing told last bear these marks: 輔導2次，1次教授到校."""
    *before, last = found
    marks = marks & {m.id for m in last.item.marks}
    if not marks or not 0 < count <= last.count:
        return found
    marked = Thing(last.item, last.part, count, last.unit, marks | last.marks)
    if count == last.count:
        return [*before, marked]
    rest = Thing(last.item, last.part, last.count - count, last.unit, last.marks)
    return [*before, rest, marked]


def one_each(found: Sequence[Thing]) -> tuple[Thing, ...]:
    """The things once each; of what is told whole and by its parts, the parts."""
    split = {t.item.id for t in found if t.part}
    kept = [t for t in found if t.part or t.item.id not in split or t.count <= 0]
    return tuple(t for n, t in enumerate(kept) if t not in kept[:n])
