"""How far a track has come: what counts, what is complete, what is left.

Nothing is taken for done that was not reported, and nothing counts for more than the plan says: a
part counts once, and what is done beyond a goal adds nothing to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.model.deeds import Account, Deed, Vouched
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.model.goals import Every, Goal, SchoolTerm
from bot.model.when import Span
from bot.rules.dates import cases_of
from bot.rules.quantities import fitting

HOURS = "小時"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one goal is reached, in one term where it is a goal of each term."""

    goal: Goal
    done: Decimal  # never more than asked
    over: Decimal = Decimal(0)  # done beyond it; counts for nothing
    term: SchoolTerm | None = None
    due: Span | None = None  # of a goal with a date: until when
    is_late: bool = False  # it was reached, but after that date

    @property
    def is_met(self) -> bool:
        """Whether nothing is left of it."""
        return self.done >= self.goal.least

    @property
    def left(self) -> Decimal:
        """How much is left to be done."""
        return self.goal.least - self.done


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """How far one requirement has come."""

    item: Requirement
    reaches: tuple[Reach, ...]  # in the order of goals, each term after another
    deeds: tuple[Deed, ...]  # all that count for it

    @property
    def is_counted(self) -> bool:
        """Whether it can be completed by reports; else it is a duty that nobody counts."""
        return bool(self.reaches)

    @property
    def is_complete(self) -> bool:
        """Whether every goal of it is reached."""
        return self.is_counted and all(r.is_met for r in self.reaches)

    @property
    def done_parts(self) -> frozenset[str]:
        """Ids of its parts that were done."""
        return frozenset(d.part for d in self.deeds if d.part)

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody else vouches for all that was reported."""
        return bool(self.deeds) and all(d.vouched is not Vouched.SELF for d in self.deeds)


@dataclass(frozen=True, slots=True)
class TrackStanding:
    """How far a track has come."""

    edition: Edition
    track: Track
    account: Account
    items: tuple[ItemStanding, ...]  # in the order of the track
    lacks: tuple[str, ...] = ()  # facets that must be known first

    @property
    def counted(self) -> list[ItemStanding]:
        """The items that reports complete."""
        return [i for i in self.items if i.is_counted]

    @property
    def needed(self) -> int:
        """How many of the counted items must be complete."""
        return self.track.at_least or len(self.counted)

    @property
    def complete(self) -> int:
        """How many of them are, at most as many as are needed."""
        return min(self.needed, sum(i.is_complete for i in self.counted))

    @property
    def is_complete(self) -> bool:
        """Whether the person's own part is done."""
        return not self.lacks and bool(self.counted) and self.complete >= self.needed


def stand(edition: Edition, track: Track, account: Account) -> TrackStanding:
    """How far the track has come by what was reported; deeds of unknown requirements are left out.

    A goal that is for another group is no goal. Without the facets that tell the groups apart
    nothing is counted: `lacks` names them.
    """
    facets = account.enrolment.facets
    lacks = tuple(f for f in track.asks if f not in facets)
    mine = [i for i in track.items if i.given.fits(facets)]
    items = [] if lacks else [_item(edition, i, mine, account) for i in mine]
    return TrackStanding(edition, track, account, tuple(items), lacks)


def hours_granted(standing: TrackStanding) -> Decimal:
    """The hours that the plan grants for what is complete; what is granted together waits."""
    complete = {i.item.id for i in standing.items if i.is_complete}
    facets = standing.account.enrolment.facets
    total = Decimal(0)
    for found in standing.items:
        if found.is_complete and complete.issuperset(found.item.hours_with):
            stated = [q for q in fitting(found.item.amount, facets) if q.unit == HOURS]
            total += stated[0].value.low if stated else Decimal(0)
    return total


def open_items(standing: TrackStanding) -> list[ItemStanding]:
    """What can be done next, in the order of the track; empty once the track is complete.

    An item that comes after others is left out until those are complete.
    """
    if standing.is_complete:
        return []
    complete = {i.item.id for i in standing.items if i.is_complete}
    return [
        i
        for i in standing.counted
        if not i.is_complete and all(a in complete for a in i.item.after)
    ]


def _item(
    edition: Edition, item: Requirement, items: Sequence[Requirement], account: Account
) -> ItemStanding:
    ids = {item.id, *(i.id for i in items if item.id in i.also)}
    deeds = [d for d in account.deeds if d.requirement in ids and _is_known(item, d)]
    reaches: list[Reach] = []
    for goal in item.goals:
        if not goal.given.holds(account.enrolment.facets):
            continue
        terms: Sequence[SchoolTerm | None] = (None,)
        if goal.every is Every.TERM:
            terms = edition.school_terms
        reaches += [_reach(edition, (item, goal), term, deeds) for term in terms]
    return ItemStanding(item, tuple(reaches), tuple(_counting(item, deeds)))


def _is_known(item: Requirement, deed: Deed) -> bool:
    """Whether it may count: of an item with parts only what names one of them."""
    own = deed.requirement == item.id
    return not (own and item.parts) or deed.part in {p.id for p in item.parts}


def _counting(item: Requirement, deeds: Iterable[Deed]) -> Iterator[Deed]:
    """One deed of each part; where days must differ one of each day; else all."""
    seen: set[object] = set()
    for deed in deeds:
        what = _once(item, deed)
        if what is None or what not in seen:
            seen.add(what)
            yield deed


def _once(item: Requirement, deed: Deed) -> object:
    """What may count only once of it: its part, its day; None where all of it counts."""
    if item.parts and deed.requirement == item.id:
        return deed.part
    return deed.on if item.each_day_once else None


def _amount(item: Requirement, deeds: Iterable[Deed]) -> Decimal:
    """How much these come to, in whatever order they were reported."""
    counts = (
        d.count if _once(item, d) is None else min(d.count, Decimal(1))
        for d in _counting(item, deeds)
    )
    return sum(counts, Decimal(0))


def _reach(
    edition: Edition,
    aim: tuple[Requirement, Goal],
    term: SchoolTerm | None,
    deeds: Iterable[Deed],
) -> Reach:
    item, goal = aim
    # What does not fit is left out before the same part or day is counted once: else an unmarked
    # report would hide the marked one that came after it.
    fitting_ones = [
        d
        for d in deeds
        if (term is None or _term(edition, d) == term.id)
        and (not goal.mark or goal.mark in d.marks)
    ]
    done = _amount(item, fitting_ones)
    counted = min(done, goal.least)
    due = _due(edition, goal)
    in_time = _amount(item, (d for d in fitting_ones if due and d.on <= due.end.last))
    is_late = due is not None and done >= goal.least > in_time
    return Reach(goal, counted, done - counted, term, due, is_late)


def _term(edition: Edition, deed: Deed) -> str:
    """The term it was reported for, else the one that its day falls in."""
    return deed.term or term_on(edition, deed.on)


def _due(edition: Edition, goal: Goal) -> Span | None:
    stated = next((d for d in edition.dates if goal.by and d.id == goal.by), None)
    spans = [s for case in cases_of(stated, edition) for s in case.at.spans] if stated else []
    return spans[-1] if spans else None


def term_on(edition: Edition, day: date) -> str:
    """The id of the school term that a day falls in; empty where the edition names none for it."""
    return next((t.id for t in edition.school_terms if t.at and t.at.covers(day, day)), "")


def counts_by_term(item: Requirement) -> bool:
    """Whether it matters in which term it was done."""
    return item.is_by_term
