"""What to do next on a track, and until when: sessions to choose or attend, deadlines, the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import inf

from bot.model.deeds import Pick
from bot.model.edition import Edition
from bot.model.entries import DateKind, Requirement
from bot.model.goals import Part
from bot.model.when import Span
from bot.rules.dates import cases_of
from bot.rules.progress import ItemStanding, TrackStanding, open_items
from bot.rules.sessions import (
    Session,
    find_session,
    instead_of,
    is_over,
    sessions_of,
    still_to_come,
)


class StepKind(StrEnum):
    """What sort of thing is next."""

    CHOOSE = "choose"  # one of the sessions that are still to come
    ATTEND = "attend"  # the session that was chosen
    TELL = "tell"  # whether the chosen session, which is over, was attended
    NONE_LEFT = "none left"  # no session is left: somebody must be asked
    DO = "do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A session that can still be gone to, and the last day to sign up for it."""

    session: Session
    sign_up: Span | None = None  # None: the plan states none


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do next."""

    kind: StepKind
    item: ItemStanding
    part: Part | None = None
    session: Session | None = None  # the one that was chosen
    offers: tuple[Offer, ...] = ()  # what can still be chosen; to attend, the chosen one
    due: Span | None = None


def next_steps(standing: TrackStanding, now: datetime) -> list[Step]:
    """What can be done next, what a date waits for first, else in the order of the track."""
    found: list[Step] = []
    for item in open_items(standing):
        own = list(_steps_of(standing, item, now)) if item.item.sessions else []
        due = due_of(standing.edition, item)
        found += own or [Step(kind=StepKind.DO, item=item, due=due)]
    return sorted(found, key=lambda s: _waits_until(s, now))


def _waits_until(step: Step, now: datetime) -> float:
    ahead = step.due is not None and step.due.closes >= now
    return step.due.closes.timestamp() if step.due and ahead else inf


def due_of(edition: Edition, item: ItemStanding) -> Span | None:
    """Until when an item is to be complete: what its open goals name, else what it names itself."""
    stated = [r.due for r in item.reaches if r.due and not r.is_met]
    if stated:
        return min(stated, key=lambda s: s.closes)
    kept = {r.goal.by for r in item.reaches if r.is_met}  # 第1次輔導 is over once there was one
    spans = [
        span
        for date in edition.dates
        if date.id in item.item.due and date.id not in kept and date.kind is DateKind.DEADLINE
        for case in cases_of(date, edition)
        for span in case.at.spans
    ]
    return spans[0] if len(spans) == 1 else None


def offers(edition: Edition, sessions: Sequence[Session], now: datetime) -> list[Offer]:
    """The sessions that can still be gone to: not begun, and to be signed up for until now."""
    found = [Offer(session=s, sign_up=sign_up_of(edition, s)) for s in still_to_come(sessions, now)]
    return [o for o in found if o.sign_up is None or o.sign_up.closes >= now]


def offers_instead(edition: Edition, item: Requirement, pick: Pick, now: datetime) -> list[Offer]:
    """What is left for somebody who missed the session that they had chosen."""
    part = next((p for p in item.parts if p.id == pick.part), None)
    if part is None:
        return []
    return offers(edition, instead_of(sessions_of(edition, item, part), pick, now), now)


def sign_up_of(edition: Edition, session: Session) -> Span | None:
    """The last day to sign up for a session, where a deadline is counted back from it."""
    for date in edition.dates:
        counted = date.before and date.before.date == session.date.id
        if not counted or date.kind is not DateKind.DEADLINE:
            continue
        of_date = cases_of(session.date, edition)
        for case, back in zip(of_date, cases_of(date, edition), strict=True):
            if case == session.case:
                return back.at.spans[case.at.spans.index(session.span)]
    return None


def picks_of(standing: TrackStanding) -> dict[tuple[str, str], Pick]:
    """The chosen sessions by requirement and part."""
    return {(p.requirement, p.part): p for p in standing.account.picks}


def _steps_of(standing: TrackStanding, item: ItemStanding, now: datetime) -> Iterator[Step]:
    edition, due = standing.edition, due_of(standing.edition, item)
    picked = picks_of(standing)
    for part in item.item.parts:
        sessions = sessions_of(edition, item.item, part)
        if part.id in item.done_parts or not sessions:
            continue
        pick = picked.get((item.item.id, part.id))
        chosen = find_session(edition, item.item, part.id, pick.session) if pick else None
        if pick and chosen and not pick.missed:
            kind = StepKind.TELL if is_over(chosen, now) else StepKind.ATTEND
            own = Offer(session=chosen, sign_up=sign_up_of(edition, chosen))
            ahead = () if kind is StepKind.TELL else (own,)
            yield Step(kind=kind, item=item, part=part, session=chosen, offers=ahead, due=due)
            continue
        left = offers(edition, sessions, now)
        kind = StepKind.CHOOSE if left else StepKind.NONE_LEFT
        yield Step(kind=kind, item=item, part=part, offers=tuple(left), due=due)
