"""Which dates somebody follows: what they wished for, chose, and what their tracks wait for. Pure.

What is done is not followed: a goal that is met, a part that was reported, a session that was
attended or missed. A wish is followed until it is taken back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from bot.model.edition import Edition
from bot.model.entries import DateCase, DateKind, Entry, PlanDate, Setting
from bot.model.goals import Subject
from bot.model.reminders import Because, Choice, OwnDate, OwnKind
from bot.model.when import Point, Span, When
from bot.reminders.decide import Followed
from bot.rules.notices import Stretch, stretches_of
from bot.rules.own_dates import before_session, picked
from bot.rules.progress import ItemStanding, TrackStanding

LAST_WEEK = tuple(range(7, -1, -1))
Found = tuple[Stretch, Because]
_Made = Callable[[Stretch, Because], Followed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What decides what one person is reminded of."""

    standings: Sequence[TrackStanding] = ()
    wished: Sequence[Stretch] = ()
    own: Sequence[tuple[Edition, OwnDate]] = ()
    owed: Sequence[Stretch] = ()  # what a contact's schools still owe
    choices: Mapping[str, Choice] = field(default_factory=dict)  # by key of the stretch
    since: Mapping[str, datetime] = field(default_factory=dict)  # of what was followed before


def followed_by(person: Person, now: datetime) -> list[Followed]:
    """Every stretch that this person follows, each once; the strongest reason stands."""
    found: dict[str, Followed] = {}
    for one in _all(person, now):
        found.setdefault(one.stretch.key, one)
    return list(found.values())


def of_track(standing: TrackStanding) -> Iterator[Found]:
    """What one track waits for: sessions that were chosen, dates of what is still open."""
    if standing.is_complete:
        return
    items = {i.item.id: i for i in standing.items}
    for pick, session in picked(standing):
        item = items[pick.requirement]
        if pick.part in item.done_parts:
            continue
        at = session.case.at.spans.index(session.span)
        yield from (
            (s, Because.PICK)
            for s in stretches_of(standing.edition, session.date)
            if s.case == session.case and s.number == at
        )
        for stretch in before_session(standing.edition, item.item, session):
            yield stretch, Because.PICK
    wanted = {i for item in standing.items for i in _open_dates(item)}
    yield from _stretches(standing, wanted, Because.TRACK)
    if standing.track.subject is not Subject.TEACHER:
        yield from _stretches(standing, _of_school(standing) - wanted, Because.SCHOOL)


def own_stretch(edition: Edition, own: OwnDate) -> Stretch | None:
    """A day of somebody's school as a date of the edition; None where it knows no such day."""
    kind = own_kind(edition, own.kind)
    if kind is None:
        return None
    day = Point(own.due.year, own.due.month, own.due.day)
    case = DateCase(at=When((Span(day, day),)))
    setting = setting_of(edition, kind)
    entry = PlanDate(
        id=f"{kind.id}.{own.due:%Y%m%d}",
        title=kind.title,
        source=setting.source if setting else (),
        kind=DateKind.DEADLINE,
        when=(case,),
    )
    return Stretch(edition, entry, case, "", 0, case.at.spans[0])


def own_kind(edition: Edition, kind_id: str) -> OwnKind | None:
    """The kind of day with this id."""
    kinds = edition.reminders.own if edition.reminders else ()
    return next((k for k in kinds if k.id == kind_id), None)


def setting_of(edition: Edition, kind: OwnKind) -> Setting | None:
    """The setting that says when to remind of it."""
    return next((s for s in edition.settings if s.id == kind.setting), None)


def days_before(edition: Edition, kind: OwnKind) -> int:
    """How many days before, as the plan's setting has it; on the day where it has none."""
    setting = setting_of(edition, kind)
    amounts = setting.amount if setting else ()
    stated = [q for q in amounts if kind.given.fits(_facets(q.given.needs))]
    return int(stated[0].value.low) if stated else 0


def _facets(needs: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in needs.items()}


def _all(person: Person, now: datetime) -> Iterator[Followed]:
    def made(stretch: Stretch, why: Because) -> Followed:
        return Followed(
            stretch=stretch,
            why=why,
            since=person.since.get(stretch.key, now),
            choice=person.choices.get(stretch.key, Choice()),
        )

    yield from (made(s, Because.WISH) for s in person.wished)
    for edition, own in person.own:
        one = _of_own(edition, own, made)
        if one is not None:
            yield one
    for standing in person.standings:
        yield from (made(s, why) for s, why in of_track(standing))
    yield from (made(s, Because.OWED) for s in person.owed)


def _of_own(edition: Edition, own: OwnDate, made: _Made) -> Followed | None:
    kind, stretch = own_kind(edition, own.kind), own_stretch(edition, own)
    if kind is None or stretch is None or (kind.daily and own.hour is None):
        return None  # an hour that was left blank: no reminder, as the setting says
    one = made(stretch, Because.OWN)
    days = days_before(edition, kind) if own.days is None else own.days
    return Followed(
        stretch=stretch,
        why=one.why,
        since=one.since,
        choice=one.choice,
        leads=LAST_WEEK if kind.daily else (days,),
        hour=None if own.hour is None else time(own.hour),
    )


def _open_dates(item: ItemStanding) -> Iterable[str]:
    """Ids of the dates by which something of it is still to be done."""
    if item.is_complete:
        return ()
    return {*item.item.due, *(r.goal.by for r in item.reaches if r.goal.by and not r.is_met)}


def _of_school(standing: TrackStanding) -> set[str]:
    """Dates that a school or class has to do with, beside its items: what it hands in, meetings."""
    edition, subject = standing.edition, standing.track.subject
    facets = standing.account.enrolment.facets
    done = {d for i in standing.items if i.is_complete for d in i.item.due}

    def concerns(entry: Entry) -> bool:
        return entry.given.fits(facets) and (
            not entry.audience or (subject is not None and subject.value in entry.audience)
        )

    handed_in = {d for one in edition.deliverables if concerns(one) for d in one.due}
    meetings = {d.id for d in edition.dates if d.kind is DateKind.MEETING and concerns(d)}
    return (handed_in | meetings) - done


def _stretches(standing: TrackStanding, ids: set[str], why: Because) -> Iterator[Found]:
    facets = standing.account.enrolment.facets
    for entry in standing.edition.dates:
        if entry.id in ids:
            for stretch in stretches_of(standing.edition, entry):
                if stretch.case.given.fits(facets):
                    yield stretch, why
