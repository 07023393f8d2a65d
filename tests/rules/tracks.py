"""Tracks and what was done on them, as small as a rule needs them; and ways to fill real ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, product
from typing import Any

from bot.model.deeds import Account, Deed, Enrolment
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.model.goals import Goal, Subject
from bot.rules.progress import Reach, TrackStanding, stand, term_on

DAY = date(2022, 3, 1)


def deed(requirement: str, on: date = DAY, n: int = 1, *marks: str, **more: Any) -> Deed:
    """`n` of this requirement done on that day, bearing these marks."""
    return Deed(
        id=more.pop("id", ""),
        requirement=requirement,
        on=on,
        count=Decimal(n),
        marks=frozenset(marks),
        **more,
    )


def goal(least: int, unit: str = "次", **more: Any) -> Goal:
    """So many of it."""
    return Goal(least=Decimal(least), unit=unit, **more)


def item(item_id: str, *goals: Goal, **more: Any) -> Requirement:
    """One thing to complete."""
    return Requirement(id=item_id, title=item_id, source=("柒",), goals=goals, **more)


def track(*items: Requirement, **more: Any) -> Track:
    """A track that a teacher may follow."""
    whole = {"id": "award", "title": "認證", "source": ("柒",), "who": "教師"}
    return Track(**{**whole, "subject": Subject.TEACHER, "items": items, **more})


def account(plan: Edition, of: Track, deeds: Sequence[Deed], facets: Mapping[str, str]) -> Account:
    """Somebody who follows it and did these."""
    enrolment = Enrolment(
        id="e1",
        plan=plan.plan,
        edition=plan.edition,
        track=of.id,
        joined_at=datetime(2022, 1, 1, tzinfo=UTC),
        facets=dict(facets),
    )
    return Account(enrolment=enrolment, deeds=tuple(deeds))


def standing(plan: Edition, of: Track, deeds: Sequence[Deed] = (), **facets: str) -> TrackStanding:
    """How far it has come with these deeds."""
    return stand(plan, of, account(plan, of, deeds, facets))


def facets_of(plan: Edition, of: Track) -> list[dict[str, str]]:
    """Every case of what the track asks for first."""
    values = [list(plan.facets[facet].values) for facet in of.asks]
    return [dict(zip(of.asks, case, strict=True)) for case in product(*values)]


def all_done(plan: Edition, of: Track, facets: Mapping[str, str]) -> list[Deed]:
    """Deeds of which each counts 1 and that reach every goal, no later than asked."""
    numbers = count()
    empty = standing(plan, of, **facets)
    return [
        replace(d, id=f"d{next(numbers)}")
        for each in empty.counted
        for d in _done(each.item, each.reaches)
    ]


def _done(of: Requirement, reaches: Sequence[Reach]) -> Iterator[Deed]:
    marks = tuple(mark.id for mark in of.marks)
    dues = [r.due.end.last for r in reaches if r.due]
    made = 0
    for term in dict.fromkeys(r.term for r in reaches if r.term):
        start = (term.at.spans[0].start or term.at.spans[0].end).first if term.at else DAY
        most = max(int(r.goal.least) for r in reaches if r.term is term)
        days = (start + timedelta(days=at) for at in range(most))
        yield from (deed(of.id, day, 1, *marks, term=term.id) for day in days)
        made += most
    whole = max((int(r.goal.least) for r in reaches if not r.term), default=0)
    for at in range(made, whole):
        day = (min(dues) if dues else DAY) - timedelta(days=at)
        part = of.parts[at].id if of.parts else ""
        yield deed(of.id, day, 1, *marks, part=part)


def one_short(
    plan: Edition, of: Track, facets: Mapping[str, str], aim: tuple[str, int], deeds: list[Deed]
) -> TrackStanding:
    """The standing once deeds of one goal are taken away until it is short by one."""
    left = list(deeds)
    while True:
        found = standing(plan, of, left, **facets)
        reach, theirs = _aimed(found, aim)
        if not reach.is_met:
            return found
        gone = next(
            d
            for d in sorted(theirs, key=lambda d: d.requirement != aim[0])
            if not reach.term or reach.term.id == (d.term or term_on(plan, d.on))
        )
        left.remove(gone)


def _aimed(found: TrackStanding, aim: tuple[str, int]) -> tuple[Reach, Sequence[Deed]]:
    each = next(i for i in found.items if i.item.id == aim[0])
    return each.reaches[aim[1]], each.deeds
