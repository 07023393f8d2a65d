"""The sessions of a requirement's parts: which there are, which is next, which was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.deeds import Pick
from bot.model.edition import Edition
from bot.model.entries import DateCase, PlanDate, Requirement
from bot.model.goals import Part
from bot.model.when import Span
from bot.rules.dates import cases_of


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a part."""

    key: str  # the same as long as the edition means the same session, whatever its day
    part: str
    case: DateCase
    span: Span
    date: PlanDate


def sessions_of(edition: Edition, requirement: Requirement, part: Part) -> list[Session]:
    """The sessions of one part, the earliest first; none where it is done at any time."""
    date = next((d for d in edition.dates if d.id == requirement.sessions), None)
    if date is None:
        return []
    found = [
        Session(_key(case, at, len(case.at.spans)), part.id, case, span, date)
        for case in cases_of(date, edition)
        if case.given.is_within(part.given)
        for at, span in enumerate(case.at.spans)
    ]
    return sorted(found, key=lambda s: (s.span.closes, s.key))


def find_session(
    edition: Edition, requirement: Requirement, part_id: str, key: str
) -> Session | None:
    """The session with this key; None where the edition has it no more."""
    part = next((p for p in requirement.parts if p.id == part_id), None)
    if part is None:
        return None
    return next((s for s in sessions_of(edition, requirement, part) if s.key == key), None)


def still_to_come(sessions: Sequence[Session], now: datetime) -> list[Session]:
    """The sessions that have not begun at `now`, the next first."""
    return [s for s in sessions if (s.span.opens or s.span.closes) > now]


def is_over(session: Session, now: datetime) -> bool:
    """Whether the session has ended at `now`; its last instant is still in it."""
    return session.span.closes < now


def instead_of(sessions: Sequence[Session], pick: Pick, now: datetime) -> list[Session]:
    """Other sessions of the part that somebody who misses this one can still go to."""
    return [s for s in still_to_come(sessions, now) if s.key != pick.session]


def _key(case: DateCase, at: int, count: int) -> str:
    return f"{case.given.key}#{at}" if count > 1 else case.given.key
