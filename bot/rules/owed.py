"""What a school owes: every slot of its participation, how many pieces, until when.

What an edition says once, a school owes for itself, or for each of its classes, communities or
teachers, in each school term where the document says so. A date with several days is shared out:
to the terms where they come out even, and then to as many turns as there are days left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.clock import TAIPEI
from bot.model.edition import Edition
from bot.model.entries import DateKind, Deliverable, PlanDate, Requirement
from bot.model.goals import Every, SchoolTerm, Subject
from bot.model.owed import Owed
from bot.model.participation import Participation, Unit
from bot.model.reminders import LEADS
from bot.model.when import Span, When
from bot.rules.dates import cases_of

SCHOOL = Unit(kind=Subject.SCHOOL, label="")
NO_TERM: tuple[SchoolTerm | None, ...] = (None,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """So many equal pieces that are due together."""

    key: str  # names it among the slots of its participation
    deliverable: Deliverable | Requirement
    owed: Owed
    unit: Unit  # SCHOOL: owed by the school as a whole
    expected: int
    term: SchoolTerm | None = None
    turn: int = 0  # which of several dates, from 1; 0: there is only one, or none
    due: When | None = None  # None: the document states none
    date: PlanDate | None = None  # the entry that states it
    opens: datetime | None = None  # before this it is not yet asked for; None: from the beginning

    @property
    def unit_label(self) -> str:
        """第1班; empty for the school as a whole."""
        return self.unit.label

    @property
    def title(self) -> str:
        """What is handed in."""
        return self.owed.title or self.deliverable.title

    @property
    def clause(self) -> tuple[str, ...]:
        """Where it stands."""
        return self.owed.source or self.deliverable.source

    @property
    def closes(self) -> datetime | None:
        """The last instant that still counts, if nothing was extended; None: none is stated."""
        return self.due.closes if self.due else None

    @property
    def is_tentative(self) -> bool:
        """Whether the document calls its date a plan only."""
        return self.date is not None and self.date.tentative


def all_owed(edition: Edition) -> list[tuple[Deliverable | Requirement, Owed]]:
    """Everything that schools owe by the edition, with the entry it stands below."""
    return [
        (entry, owed)
        for entry in edition.entries()
        if isinstance(entry, Deliverable | Requirement)
        for owed in entry.owed
    ]


def slots(edition: Edition, taking: Participation) -> tuple[Slot, ...]:
    """Every slot of the participation, in the order of the file, its units, terms and turns.

    What is owed only in some case is owed where that case is known to hold. Units of another
    kind than the edition knows of owe nothing.
    """
    found: list[Slot] = []
    for entry, owed in all_owed(edition):
        for unit in _units(owed, taking):
            facets = {**taking.facets, **unit.facets}
            if entry.given.holds(facets) and owed.given.holds(facets):
                found += _of_unit(edition, entry, owed, unit, facets)
    return tuple(found)


def classes(number: str) -> tuple[Unit, ...]:
    """第1班 to the last of so many; none where it is no number."""
    count = int(number) if number.isdecimal() else 0
    return tuple(Unit(kind=Subject.CLASS, label=f"第{n}班", id=str(n)) for n in _upto(count))


def _units(owed: Owed, taking: Participation) -> Sequence[Unit]:
    if owed.subject is Subject.SCHOOL:
        return (SCHOOL,)
    listed = tuple(taking.units_of(owed.subject))
    if listed or owed.subject is not Subject.CLASS:
        return listed
    return classes(taking.facets.get(owed.per, ""))


def _of_unit(
    edition: Edition,
    entry: Deliverable | Requirement,
    owed: Owed,
    unit: Unit,
    facets: Mapping[str, str],
) -> Iterator[Slot]:
    terms = edition.school_terms if owed.every is Every.TERM else NO_TERM
    date = next((d for d in edition.dates if owed.due and d.id == owed.due), None)
    shares = _shared(_spans(edition, date, facets), len(terms))
    for term, spans in zip(terms, shares, strict=True):
        count = int(owed.count)
        turns = len(spans) if spans and count % len(spans) == 0 else 1
        for turn, ends in enumerate(_shared(spans, turns), 1):
            number = turn if turns > 1 else 0
            yield Slot(
                key="|".join([owed.id, term.id if term else "", str(number), unit.key]),
                deliverable=entry,
                owed=owed,
                unit=unit,
                expected=count // turns,
                term=term,
                turn=number,
                due=When(tuple(ends)) if ends else None,
                date=date if ends else None,
                opens=_opens(date, ends),
            )


def _spans(edition: Edition, date: PlanDate | None, facets: Mapping[str, str]) -> Sequence[Span]:
    """The days of a date that are for these parameters, the earliest first."""
    if date is None:
        return ()
    cases = [c for c in cases_of(date, edition) if c.given.fits(facets)]
    return sorted((s for c in cases for s in c.at.spans), key=lambda span: span.closes)


def _shared(spans: Sequence[Span], among: int) -> list[Sequence[Span]]:
    """The days cut into equal parts; where they do not come out even, all of them to each."""
    if not (spans and among) or len(spans) % among:
        return [spans] * among
    each = len(spans) // among
    return [spans[n * each : (n + 1) * each] for n in range(among)]


def _opens(date: PlanDate | None, spans: Sequence[Span]) -> datetime | None:
    """When it begins to be asked for: a window with its first day, else the longest lead before."""
    if date is None or not spans:
        return None
    first = spans[0]
    if date.kind is DateKind.WINDOW:
        return first.opens
    day = (first.start or first.end).first - timedelta(days=max(LEADS))
    return datetime.combine(day, time(0), TAIPEI)


def _upto(count: int) -> range:
    return range(1, count + 1)
