"""The dates that matter to somebody: sessions that they chose, and what their tracks wait for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.model.deeds import Pick
from bot.model.edition import Edition
from bot.model.entries import Requirement
from bot.rules.notices import Stretch, still_ahead, stretches_of
from bot.rules.progress import ItemStanding, TrackStanding
from bot.rules.sessions import Session, find_session


def picked(standing: TrackStanding) -> list[tuple[Pick, Session]]:
    """The sessions that were chosen and not missed and that the edition still has, in order."""
    items = {i.item.id: i.item for i in standing.items}
    found = [
        (pick, session)
        for pick in standing.account.picks
        if not pick.missed
        and pick.requirement in items
        and (
            session := find_session(
                standing.edition, items[pick.requirement], pick.part, pick.session
            )
        )
    ]
    return sorted(found, key=lambda f: (f[1].span.closes, f[1].key))


def due_of(standing: TrackStanding, item: ItemStanding) -> list[Stretch]:
    """What an item is due on, for the cases that fit, the earliest first."""
    wanted = {*item.item.due, *(reach.goal.by for reach in item.reaches)}
    facets = standing.account.enrolment.facets
    found = [
        stretch
        for entry in standing.edition.dates
        if entry.id in wanted
        for stretch in stretches_of(standing.edition, entry)
        if stretch.case.given.fits(facets)
    ]
    return sorted(found, key=_by_end)


def next_due(standing: TrackStanding, item: ItemStanding, now: datetime) -> Stretch | None:
    """The next of them that lies ahead."""
    return next(iter(still_ahead(due_of(standing, item), now)), None)


def calendar_of(standing: TrackStanding) -> list[Stretch]:
    """All that belongs into the calendar of somebody on this track; nothing twice."""
    found = [s for item in standing.items for s in due_of(standing, item)]
    items = {i.item.id: i.item for i in standing.items}
    for pick, session in picked(standing):
        found += _of_session(standing.edition, items[pick.requirement], session)
    return unique(found)


def unique(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Each stretch once, the earliest first."""
    return sorted({s.key: s for s in stretches}.values(), key=_by_end)


def before_session(edition: Edition, item: Requirement, session: Session) -> list[Stretch]:
    """What is counted back from a session: its registration, a letter."""
    return [s for s in _of_session(edition, item, session) if s.entry.before is not None]


def _of_session(edition: Edition, item: Requirement, session: Session) -> Iterator[Stretch]:
    """The session itself, and what is counted back from it."""
    for entry in edition.dates:
        counted_back = entry.before is not None and entry.before.date == item.sessions
        if entry.id != item.sessions and not counted_back:
            continue
        # Of a case with several spans, the one that is the session's.
        at = session.case.at.spans.index(session.span)
        yield from (
            s
            for s in stretches_of(edition, entry)
            if s.case.given == session.case.given and s.number == at
        )


def _by_end(stretch: Stretch) -> tuple[datetime, str]:
    return (stretch.span.closes, stretch.key)
