"""Who is to be told of which date, and when: one row for each instant of each person.

Kept up to date where something changes, so that planning asks only for the rows that fell due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    or_,
    select,
    text,
    union,
    update,
)

from bot.model.reminders import Because
from bot.store.outbox import TOLD_OTHERWISE
from bot.store.own_tables import WishRow
from bot.store.preferences import hour_read
from bot.store.reminder_tables import FollowRow, OwnDateRow, PreferenceRow
from bot.store.school_tables import AffiliationRow
from bot.store.tables import OPEN, OutboxRow, OutboxState
from bot.store.track_tables import EnrolmentRow
from bot.store.upsert import insert_into, parts_of

ROWS = 500  # keys of one statement
TOLD = (OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN)
_ORDER = (FollowRow.at, FollowRow.user_id, FollowRow.stretch, FollowRow.lead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One instant at which one person is to be told of one date."""

    user_id: str
    stretch: str  # key
    lead: str
    at: datetime
    until: datetime
    fact: str
    days: str
    why: Because
    since: datetime
    is_planned: bool = False

    @property
    def key(self) -> str:
        """Of the notice, in the outbox."""
        return key_of(self.user_id, self.fact)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A row that fell due, and the quiet hours of its person where they set any."""

    follow: Follow
    quiet_from: time | None
    quiet_to: time | None


_COLUMNS = [FollowRow.__table__.c[name] for name in Follow.__dataclass_fields__]


def beginning_of(user_id: str) -> str:
    """How the outbox's keys of all reminders of this person begin."""
    return f"remind:{user_id}:"


def key_of(user_id: str, fact: str) -> str:
    """The outbox's key of this fact for this person."""
    return beginning_of(user_id) + fact


def of_people(db: Connection, channel_id: str, user_ids: Iterable[str]) -> dict[str, list[Follow]]:
    """All rows of these people, by person."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(FollowRow.channel_id == channel_id, FollowRow.user_id.in_(list(user_ids)))
        .order_by(FollowRow.user_id, *_ORDER)
    )
    return {user: list(its) for user, its in groupby(map(_follow, rows), lambda f: f.user_id)}


def coming(db: Connection, channel_id: str, user_id: str, now: datetime, most: int) -> list[Follow]:
    """What this person is told next, the earliest first."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(FollowRow.channel_id == channel_id, FollowRow.user_id == user_id, FollowRow.at > now)
        .order_by(*_ORDER)
        .limit(most)
    )
    return list(map(_follow, rows))


def put(db: Connection, channel_id: str, rows: Sequence[Follow]) -> None:
    """Keep these rows, in the place of those that were there."""
    if not rows:
        return
    columns = [name for name in Follow.__dataclass_fields__ if name not in _KEY]
    new = insert_into(db, FollowRow)
    put_one = new.on_conflict_do_update(
        index_elements=["channel_id", *_KEY], set_={name: new.excluded[name] for name in columns}
    )
    db.execute(put_one, [_values(channel_id, row) for row in rows])


def drop(db: Connection, channel_id: str, rows: Sequence[Follow]) -> None:
    """Keep these rows no longer."""
    if rows:
        gone = delete(FollowRow).where(FollowRow.channel_id == channel_id, *_of_key())
        db.execute(gone, [_key_values(row) for row in rows])


def fallen_due(db: Connection, channel_id: str, now: datetime, most: int) -> list[Fallen]:
    """The rows that are to be planned at `now`, the earliest first."""
    rows = db.execute(
        select(*_COLUMNS, PreferenceRow.quiet_from, PreferenceRow.quiet_to)
        .join_from(
            FollowRow,
            PreferenceRow,
            and_(
                PreferenceRow.channel_id == FollowRow.channel_id,
                PreferenceRow.user_id == FollowRow.user_id,
            ),
            isouter=True,
        )
        .where(_is_due(channel_id, now))
        .order_by(*_ORDER)
        .limit(most)
    )
    width = len(_COLUMNS)
    return [
        Fallen(_follow(row[:width]), hour_read(row[width]), hour_read(row[width + 1]))
        for row in rows
    ]


def mark_planned(db: Connection, channel_id: str, rows: Sequence[Follow]) -> None:
    """Note these rows as planned; by their keys, so that none that came meanwhile is among them."""
    if rows:
        done = update(FollowRow).where(FollowRow.channel_id == channel_id, *_of_key())
        db.execute(done.values(is_planned=True), [_key_values(row) for row in rows])


def waiting_keys(db: Connection, channel_id: str, user_ids: Iterable[str]) -> set[str]:
    """The keys of these people's reminders that wait in the outbox."""
    found = db.scalars(
        select(OutboxRow.key).where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.user_id.in_(list(user_ids)),
            OutboxRow.state.in_(OPEN),
            OutboxRow.key.startswith("remind:"),
        )
    )
    return set(found)


def told_keys(db: Connection, channel_id: str, keys: Sequence[str]) -> set[str]:
    """Which of these notices went out, or perhaps did."""
    found: set[str] = set()
    for some in parts_of(keys, ROWS):
        told = select(OutboxRow.key).where(
            OutboxRow.channel_id == channel_id, OutboxRow.key.in_(some), OutboxRow.state.in_(TOLD)
        )
        found.update(db.scalars(told))
    return found


def news_of(db: Connection, channel_id: str, user_id: str) -> list[str]:
    """The facts of this person's notices of moved dates: told, or still to be told."""
    by_mail = and_(OutboxRow.state == OutboxState.VOID, OutboxRow.error == TOLD_OTHERWISE)
    found = db.scalars(
        select(OutboxRow.fact).where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.user_id == user_id,
            OutboxRow.fact.contains("<"),
            or_(OutboxRow.state.in_((*OPEN, *TOLD, OutboxState.RIDING)), by_mail),
        )
    )
    return list(found)


def drop_waiting(db: Connection, channel_id: str, keys: Sequence[str]) -> None:
    """Take these notices out of the outbox, where they still wait: they may be queued anew."""
    for some in parts_of(keys, ROWS):
        db.execute(
            delete(OutboxRow).where(
                OutboxRow.channel_id == channel_id,
                OutboxRow.key.in_(some),
                OutboxRow.state.in_(OPEN),
            )
        )


def people_after(db: Connection, channel_id: str, user_id: str, most: int) -> list[str]:
    """The next people, by id, who follow something or might."""
    tables = (FollowRow, WishRow, OwnDateRow, EnrolmentRow, AffiliationRow)
    # Of each table only the next ones: else each page would read all people who are left.
    each = [
        select(t.user_id)
        .where(t.channel_id == channel_id, t.user_id > user_id)
        .distinct()
        .order_by(t.user_id)
        .limit(most)
        .subquery()
        for t in tables
    ]
    found = union(*(select(one.c.user_id) for one in each)).subquery()
    return list(db.scalars(select(found.c.user_id).order_by(found.c.user_id).limit(most)))


_KEY = ("user_id", "stretch", "lead")


def _is_due(channel_id: str, now: datetime) -> ColumnElement[bool]:
    # Written as the partial index is, letter by letter, so that it is used: `= 0` would not be.
    return and_(FollowRow.channel_id == channel_id, text("NOT is_planned"), FollowRow.at <= now)


def _of_key() -> list[ColumnElement[bool]]:
    return [FollowRow.__table__.c[name] == bindparam(f"b_{name}") for name in _KEY]


def _key_values(row: Follow) -> dict[str, str]:
    return {f"b_{name}": getattr(row, name) for name in _KEY}


def _values(channel_id: str, row: Follow) -> dict[str, object]:
    return {
        "channel_id": channel_id,
        "user_id": row.user_id,
        "stretch": row.stretch,
        "lead": row.lead,
        "at": row.at,
        "until": row.until,
        "fact": row.fact,
        "days": row.days,
        "why": row.why.value,
        "since": row.since,
        "is_planned": row.is_planned,
    }


def _follow(row: Sequence[Any]) -> Follow:
    """From the columns in their order."""
    user_id, stretch, lead, at, until, fact, days, why, since, is_planned = row
    return Follow(
        user_id=user_id,
        stretch=stretch,
        lead=lead,
        at=at,
        until=until,
        fact=fact,
        days=days,
        why=Because(why),
        since=since,
        is_planned=is_planned,
    )
