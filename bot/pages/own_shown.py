"""What one's own page shows of a track: values for the template, worked out beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers import own_progress as said
from bot.answers.standing import is_past, standing
from bot.answers.wish_lines import days_of, title_of
from bot.model.entries import DateKind, Requirement
from bot.model.facet import Facet
from bot.model.goals import Mark, Part, SchoolTerm
from bot.rules.notices import Stretch
from bot.rules.own_dates import before_session, next_due, picked
from bot.rules.progress import ItemStanding, Reach, TrackStanding, counts_by_term, open_items
from bot.rules.sessions import Session, instead_of, is_over, sessions_of, still_to_come


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How far one goal is reached."""

    label: str
    done: str
    value: float
    most: float
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSessions:
    """The sessions of a part that is not done yet: which was chosen, which can be."""

    part: Part
    session: str = ""  # key of the chosen one
    words: str = ""  # of the chosen one
    day: str = ""  # of the chosen one, as a form writes it
    state: str = ""  # chosen: ahead, over, missed
    options: tuple[tuple[str, str], ...] = ()  # key, words

    @property
    def is_dead_end(self) -> bool:
        """Whether nothing is chosen and nothing can be."""
        return not self.options and self.state in ("", "missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """One requirement."""

    item: Requirement
    is_complete: bool
    is_next: bool
    state: str
    confirmed: str
    first: str
    due: str
    bars: tuple[Bar, ...]
    parts: tuple[Part, ...]  # not done yet
    terms: tuple[SchoolTerm, ...]  # to choose from
    marks: tuple[Mark, ...]
    sessions: tuple[PartSessions, ...]
    has_deeds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrack:
    """One track."""

    standing: TrackStanding
    items: tuple[ShownItem, ...]
    asked: tuple[tuple[str, Facet], ...]  # facets that must be known first
    contact: str
    is_over: bool


def shown_track(found: TrackStanding, now: datetime) -> ShownTrack:
    """A track as its page shows it at `now`."""
    edition = found.edition
    nexts = {i.item.id for i in open_items(found)}
    contact = next((c for c in edition.contacts if c.id == edition.about.ask), None)
    return ShownTrack(
        standing=found,
        items=tuple(_item(found, item, item.item.id in nexts, now) for item in found.items),
        asked=tuple((name, edition.facets[name]) for name in found.lacks),
        contact=" ".join(filter(None, (contact.unit, contact.phone))) if contact else "",
        is_over=is_past(edition, now),
    )


def sessions_ahead(found: TrackStanding, now: datetime) -> list[str]:
    """The sessions that were chosen, are not over and not reported yet, in words."""
    items = {i.item.id: i for i in found.items}
    return [
        said.session_words(found, session, ())
        for pick, session in picked(found)
        if not is_over(session, now) and pick.part not in items[pick.requirement].done_parts
    ]


def due_words(stretch: Stretch, now: datetime) -> str:
    """A date with where it stands: 學校函報截止：111年7月31日(日)，還有46天截止."""
    state = standing(stretch.span, stretch.entry.kind, now)
    return f"{title_of(stretch)}：{days_of(stretch)}" + (f"，{state}" if state else "")


def _item(found: TrackStanding, item: ItemStanding, is_next: bool, now: datetime) -> ShownItem:
    due = next_due(found, item, now)
    left = tuple(p for p in item.item.parts if p.id not in item.done_parts)
    by_term = counts_by_term(item.item)
    return ShownItem(
        item=item.item,
        is_complete=item.is_complete,
        is_next=is_next,
        state=said.state_words(found, item),
        confirmed=said.confirmed_words(item),
        first="" if item.is_complete else said.first_words(found, item),
        due=due_words(due, now) if due and not item.is_complete else "",
        bars=tuple(_bar(item.item, reach) for reach in item.reaches),
        parts=left,
        terms=found.edition.school_terms if by_term else (),
        marks=item.item.marks,
        sessions=tuple(_sessions(found, item.item, left, now)) if not item.is_complete else (),
        has_deeds=bool(item.deeds),
    )


def _bar(item: Requirement, reach: Reach) -> Bar:
    return Bar(
        label=said.reach_words(item, reach),
        done=said.done_words(reach),
        value=float(reach.done),
        most=float(reach.goal.least),
        over=said.over_words(item, reach),
    )


def _sessions(
    found: TrackStanding, item: Requirement, parts: Sequence[Part], now: datetime
) -> list[PartSessions]:
    if not item.sessions:
        return []
    return [
        _of_part(found, item, part, sessions, now)
        for part in parts
        if (sessions := sessions_of(found.edition, item, part))
    ]


def _of_part(
    found: TrackStanding, item: Requirement, part: Part, sessions: list[Session], now: datetime
) -> PartSessions:
    picks = found.account.picks
    pick = next((p for p in picks if (p.requirement, p.part) == (item.id, part.id)), None)
    chosen = next((s for s in sessions if pick and s.key == pick.session), None)
    free = instead_of(sessions, pick, now) if pick else still_to_come(sessions, now)
    options = tuple((s.key, _words(found, item, s)) for s in free)
    if pick is None or chosen is None:
        return PartSessions(part=part, options=options)
    state = "missed" if pick.missed else "over" if is_over(chosen, now) else "ahead"
    return PartSessions(
        part=part,
        session=chosen.key,
        words=said.session_words(found, chosen, ()),
        day=chosen.span.end.last.isoformat(),
        state=state,
        options=options,
    )


def _words(found: TrackStanding, item: Requirement, session: Session) -> str:
    before = [
        s for s in before_session(found.edition, item, session) if s.entry.kind is DateKind.DEADLINE
    ]
    return said.session_words(found, session, before)
