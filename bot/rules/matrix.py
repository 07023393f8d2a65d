"""Schools × what they owe: how much of each stands where, how complete, how much of it on time.

Slots are worked out once for schools with equal parameters, and what stands by the date alone is
counted once for all of them: a school costs only what it has handed in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.model.participation import Participation
from bot.model.submission import Record, Standing, Tally
from bot.rules.owed import Slot, slots
from bot.rules.submissions import capped, rest

NOTHING = Record()
NO_PIECES = Tally()
Period = tuple[date, date]


class Count(NamedTuple):
    """How many pieces stand where, and how many of those that were sent were late."""

    not_yet: int = 0
    due: int = 0
    sent: int = 0
    returned: int = 0
    received: int = 0
    overdue: int = 0
    excused: int = 0
    late: int = 0

    def of(self, standing: Standing) -> int:
        """How many stand there."""
        number: int = getattr(self, standing.value)
        return number

    @property
    def expected(self) -> int:
        """All that is owed."""
        return sum(self) - self.late

    @property
    def complete(self) -> Decimal | None:
        """The share that was received of what must be handed in; None where nothing must."""
        return _share(self.received, self.expected - self.excused)

    @property
    def handed_in(self) -> Decimal | None:
        """The share that the schools sent, received or not yet; what was returned is not in."""
        return _share(self.sent + self.received, self.expected - self.excused)

    @property
    def on_time(self) -> Decimal | None:
        """The share that was sent in time, of all that was sent or is overdue; None: of nothing."""
        sent = self.sent + self.returned + self.received
        return _share(sent - self.late, sent + self.overdue)


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that schools owe."""

    id: str  # of what is owed
    title: str
    clause: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One school: what it owes by column, and all of it together."""

    taking: Participation
    cells: Mapping[str, Count]  # by id of the column; what it does not owe is left out
    total: Count


@dataclass(frozen=True, slots=True)
class Matrix:
    """All schools of an edition, in the order given, and all of it together."""

    edition: Edition
    columns: tuple[Column, ...]  # in the order of the plan's file; only what somebody owes
    rows: tuple[Row, ...]
    total: Count

    def by(self, name_of: Callable[[Row], str]) -> dict[str, Count]:
        """The totals of groups of schools, by their names: districts, levels."""
        groups: dict[str, list[Count]] = {}
        for row in self.rows:
            groups.setdefault(name_of(row), []).append(row.total)
        return {name: added(groups[name]) for name in sorted(groups)}


@dataclass(slots=True)
class _Shape:
    """What schools of equal parameters owe, and how it stands where nothing is handed in.

    Units are called #0, #1 in it, by their order: two schools differ in names far more often than
    in what they owe.
    """

    slots: dict[str, tuple[Slot, int]]  # by key: with where it stands by the date alone
    empty: dict[str, list[int]] = field(default_factory=dict)


def matrix(
    edition: Edition,
    taking: Iterable[Participation],
    records: Mapping[str, Record],
    now: datetime,
    period: Period | None = None,
) -> Matrix:
    """How all schools stand at `now`.

    Args:
        records: what is kept of each, by the code of the school.
        period: only what is due within these days; by the plan's dates, whoever was given others.
    """
    shapes: dict[object, _Shape] = {}
    rows = []
    columns: dict[str, Column] = {}
    for one in taking:
        key = _parameters(one)
        shape = shapes.get(key)
        if shape is None:
            shape = shapes[key] = _shape(edition, one, now, period)
            columns |= {s.owed.id: _column(s) for s, _ in shape.slots.values()}
        rows.append(_row(one, shape, records.get(one.school_code, NOTHING), now))
    in_order = [owed.id for entry in edition.entries() for owed in getattr(entry, "owed", ())]
    ordered = tuple(columns[name] for name in in_order if name in columns)
    return Matrix(edition, ordered, tuple(rows), added(row.total for row in rows))


def added(found: Iterable[Count]) -> Count:
    """All of them together."""
    return Count(*map(sum, zip(*found, strict=True)))


def outstanding(row: Row, standings: Sequence[Standing]) -> dict[str, int]:
    """How many of each thing the school has in one of these states; what it has none of is out."""
    left = {name: sum(cell.of(s) for s in standings) for name, cell in row.cells.items()}
    return {name: number for name, number in left.items() if number}


def _parameters(taking: Participation) -> object:
    """Equal for schools that owe the same."""
    units = tuple((u.kind.value, tuple(sorted(u.facets.items()))) for u in taking.units)
    return tuple(sorted(taking.facets.items())), units


def _shape(edition: Edition, one: Participation, now: datetime, period: Period | None) -> _Shape:
    units = tuple(replace(unit, id=f"#{n}") for n, unit in enumerate(one.units))
    shape = _Shape({})
    for slot in slots(edition, replace(one, units=units)):
        if period is None or _within(slot, period):
            at = _AT[rest(slot, None, now)]
            shape.slots[slot.key] = slot, at
            shape.empty.setdefault(slot.owed.id, [0] * len(Count._fields))[at] += slot.expected
    return shape


def _row(one: Participation, shape: _Shape, record: Record, now: datetime) -> Row:
    cells = {name: cell[:] for name, cell in shape.empty.items()}
    places: dict[str, list[str]] = {}  # a teacher and a community may have one name
    for n, unit in enumerate(one.units):
        places.setdefault(unit.key, []).append(f"#{n}")
    for key in record.tallies.keys() | record.extended.keys():
        head, _, name = key.rpartition("|")
        found = (shape.slots.get(f"{head}|{place}") for place in places.get(name, (name,)))
        slot, at = next(filter(None, found), (None, 0))
        if slot is not None:  # else it is no longer owed, or not of this period
            kept, until = record.tallies.get(key, NO_PIECES), record.extended.get(key)
            cell = cells[slot.owed.id]
            cell[at] -= slot.expected
            stands_at = _AT[rest(slot, until, now)] if until else at
            _count(cell, capped(slot.expected, kept), stands_at, kept.late)
    done = {name: Count._make(cell) for name, cell in cells.items()}
    return Row(one, done, added(done.values()))


def _count(
    cell: list[int], numbers: tuple[int, int, int, int, int], rest_at: int, late: int
) -> None:
    received, sent, returned, excused, left = numbers
    cell[_RECEIVED] += received
    cell[_SENT] += sent
    cell[_RETURNED] += returned
    cell[_EXCUSED] += excused
    cell[rest_at] += left
    cell[_LATE] += min(late, received + sent + returned)


def _within(slot: Slot, period: Period) -> bool:
    closes = slot.closes
    return closes is not None and period[0] <= taipei_day(closes) <= period[1]


def _column(slot: Slot) -> Column:
    return Column(slot.owed.id, slot.title, slot.clause, slot.owed.unit)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole > 0 else None


_AT = {standing: Count._fields.index(standing.value) for standing in Standing}
_LATE = Count._fields.index("late")
_RECEIVED, _SENT = _AT[Standing.RECEIVED], _AT[Standing.SENT]
_RETURNED, _EXCUSED = _AT[Standing.RETURNED], _AT[Standing.EXCUSED]
