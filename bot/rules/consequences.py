"""What follows if a school does not hand in what it owes, told before it bites; and year's end.

Which schools fall short of a number that the plan asks for, and how many of each school have
completed a track on the day on which the office counts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.model.entries import Amount, Entry, PlanDate
from bot.model.owed import HeadCount, Minimum
from bot.model.participation import Participation, Unit
from bot.model.quantity import Quantity
from bot.model.submission import Record
from bot.rules.dates import cases_of
from bot.rules.owed import Slot
from bot.rules.quantities import compute, fitting
from bot.rules.school_standing import SlotStanding, stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """What follows if these are not handed in by the last instant of a date."""

    date: PlanDate  # `missed` says what follows, `source` by which clause
    closes: datetime
    left: tuple[tuple[Slot, int], ...]  # so many pieces of each slot
    bites: bool  # the date has passed: it follows now

    @property
    def pieces(self) -> int:
        """How many pieces are missing."""
        return sum(number for _, number in self.left)

    def days_left(self, now: datetime) -> int:
        """Whole days of Taipei until its last one; 0 on that day and after it."""
        return max(0, (taipei_day(self.closes) - taipei_day(now)).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A number that the plan asks for and a school does not reach."""

    minimum: Minimum
    amount: Amount  # its clause
    least: Decimal
    has: Decimal
    unit: Unit | None = None  # whose number it is; None: the school has too few units
    then: Entry | None = None  # what follows, or that the document does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """Somebody of a school who completed a track."""

    school_code: str
    member_id: str
    track: str
    on: date


def threats(
    edition: Edition, taking: Participation, record: Record, now: datetime
) -> tuple[Threat, ...]:
    """What follows from what is not handed in, the earliest date first.

    A date counts for a slot where it is its last one, or its due one, and the plan says what
    follows if it is missed. What was sent is not missing, though not received yet; what was
    returned is. A later date that the school was given holds instead of the due one.
    """
    dates = {date.id: date for date in edition.dates if date.missed}
    left: dict[tuple[str, datetime], list[tuple[Slot, int]]] = {}
    for one in stand(edition, taking, record, now):
        for name, closes in _ends(edition, one):
            if one.left and name in dates:
                left.setdefault((name, closes), []).append((one.slot, one.left))
    return tuple(
        Threat(date=dates[name], closes=closes, left=tuple(these), bites=closes < now)
        for (name, closes), these in sorted(left.items(), key=lambda one: (one[0][1], one[0][0]))
    )


def shortfalls(edition: Edition, taking: Participation) -> tuple[Shortfall, ...]:
    """The numbers that the school does not reach, in the order of the plan's file.

    What cannot be told (a community of no known group or number) is no shortfall.
    """
    found: list[Shortfall] = []
    for minimum in edition.duties.minimums if edition.duties else ():
        units = list(taking.units_of(minimum.subject))
        whole = Decimal(len(units))
        if not minimum.of:
            found += _short(edition, minimum, (dict(taking.facets), whole, None))
        for unit in units if minimum.of else ():
            facets = {**taking.facets, **unit.facets}
            said = facets.get(minimum.of, "")
            if said.isdecimal():
                found += _short(edition, minimum, (facets, Decimal(said), unit))
    return tuple(found)


def falling_short(
    edition: Edition, taking: Iterable[Participation]
) -> dict[str, tuple[Shortfall, ...]]:
    """The schools that fall short of something, by code, with what."""
    found = {one.school_code: shortfalls(edition, one) for one in taking}
    return {code: short for code, short in found.items() if short}


def heads(
    edition: Edition,
    counted: HeadCount,
    schools: Collection[str],
    certified: Iterable[Certified],
) -> dict[str, int]:
    """How many of each school have completed the track on the last day of the count; 0 too.

    Everybody counts once, and only for the schools that are asked for. None is counted where
    nobody has confirmed this year's day.
    """
    day = counted_on(edition, counted)
    people: Mapping[str, set[str]] = {code: set() for code in sorted(schools)}
    for one in certified:
        on_list = one.track == counted.track and one.school_code in people
        if on_list and day and one.on <= day:
            people[one.school_code].add(one.member_id)
    return {code: len(members) for code, members in people.items()}


def counted_on(edition: Edition, counted: HeadCount) -> date | None:
    """The day on which the office counts: the last that its date may mean; None: unconfirmed."""
    entry = next((d for d in edition.dates if d.id == counted.on), None)
    days = [taipei_day(case.at.closes) for case in cases_of(entry, edition)] if entry else []
    return max(days, default=None)


def _ends(edition: Edition, one: SlotStanding) -> list[tuple[str, datetime]]:
    """The dates after which it is of no use, or late."""
    ends = []
    slot = one.slot
    if slot.date and one.until:
        ends.append((slot.date.id, one.until))
    last = next((d for d in edition.dates if d.id == slot.owed.last), None)
    if last and (slot.date is None or last.id != slot.date.id):
        ends.append((last.id, max(case.at.closes for case in cases_of(last, edition))))
    return ends


def _short(
    edition: Edition,
    minimum: Minimum,
    has: tuple[Mapping[str, str], Decimal, Unit | None],
) -> list[Shortfall]:
    facets, number, unit = has
    amount = next((a for a in edition.amounts if a.id == minimum.amount), None)
    if amount is None:  # nobody has confirmed it for this year
        return []
    least = _least(edition, fitting(amount.amount, facets), facets)
    if least is None or number >= least:
        return []
    then = edition.by_id.get(minimum.then)
    return [
        Shortfall(minimum=minimum, amount=amount, least=least, has=number, unit=unit, then=then)
    ]


def _least(
    edition: Edition, cases: Sequence[Quantity], facets: Mapping[str, str]
) -> Decimal | None:
    """What is asked for; None where several cases may hold, or more must be known."""
    if len(cases) != 1 or cases[0].bound not in ("least", "exactly"):
        return None
    found = compute(cases[0], facets, edition)
    return found.low if found else None
