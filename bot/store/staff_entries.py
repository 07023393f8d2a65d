"""Staff's own answers to what no plan says: each is live until it expires or is withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select, text, update

from bot.store.tables import Referral, ReferralState, StaffEntry
from bot.store.upsert import insert_into

# Any number will do that no other lock of ours has; the channel is the second half of the key.
CHANGING = 7_202_612
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What staff want kept."""

    channel_id: str
    plan: str
    edition: str = ""  # empty: the one in force when it is made
    title: str
    says: tuple[str, ...]  # questions that it answers, masked
    text: str  # masked
    source: str  # what it rests on, in staff's words
    author: str  # user id
    expires_on: date
    referral_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(NewEntry):
    """What staff had kept, as it is now."""

    id: str
    made_at: datetime
    changed_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCase:
    """A kept entry and the question that it was first the answer to."""

    entry: Kept
    asked_at: datetime
    answered_at: datetime
    text: str  # masked
    before: str  # the question before it, masked


_COLUMNS = [StaffEntry.__table__.c[name] for name in Kept.__dataclass_fields__]


def put(db: Connection, new: NewEntry, now: datetime) -> Kept:
    """Keep an entry; it is live once this transaction is committed."""
    changed_at = _next_change(db, new.channel_id, now)
    values = {name: getattr(new, name) for name in NewEntry.__dataclass_fields__}
    row = db.execute(
        insert_into(db, StaffEntry)
        .values(
            **{**values, "says": list(new.says)},
            id=uuid4().hex,
            made_at=now,
            changed_at=changed_at,
        )
        .returning(*_COLUMNS)
    ).one()
    return _kept(row)


def withdraw(db: Connection, channel_id: str, entry_id: str, now: datetime) -> bool:
    """Say it no longer; False where there is no such entry or it was withdrawn before."""
    changed_at = _next_change(db, channel_id, now)
    changed = db.scalar(
        update(StaffEntry)
        .where(
            StaffEntry.channel_id == channel_id,
            StaffEntry.id == entry_id,
            StaffEntry.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, changed_at=changed_at)
        .returning(StaffEntry.id)
    )
    return changed is not None


def change(
    db: Connection, channel_id: str, entry_id: str, values: Mapping[str, object], now: datetime
) -> None:
    """Change what is kept of an entry; every process says it so from the next event on."""
    changed_at = _next_change(db, channel_id, now)
    db.execute(
        update(StaffEntry)
        .where(StaffEntry.channel_id == channel_id, StaffEntry.id == entry_id)
        .values(**values, changed_at=changed_at)
    )


def newest_change(db: Connection, channel_id: str) -> datetime | None:
    """When this channel's entries last changed, later with every change; None: it has none."""
    found: datetime | None = db.scalar(
        select(StaffEntry.changed_at)
        .where(StaffEntry.channel_id == channel_id)
        .order_by(StaffEntry.changed_at.desc())
        .limit(1)
    )
    return found


def not_withdrawn(db: Connection, channel_id: str) -> list[Kept]:
    """Every entry of the channel that was not withdrawn, expired ones too, the oldest first."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(StaffEntry.channel_id == channel_id, StaffEntry.withdrawn_at.is_(None))
        .order_by(StaffEntry.made_at, StaffEntry.id)
    )
    return [_kept(row) for row in rows]


def find_many(db: Connection, channel_id: str, ids: list[str]) -> dict[str, Kept]:
    """The entries of these ids, withdrawn ones too, by id."""
    if not ids:
        return {}
    rows = db.execute(
        select(*_COLUMNS).where(StaffEntry.channel_id == channel_id, StaffEntry.id.in_(ids))
    )
    return {row.id: _kept(row) for row in rows}


def kept_from(db: Connection, channel_id: str, referral_id: str) -> Kept | None:
    """The entry that was kept when this referral was answered; None where none was."""
    row = db.execute(
        select(*_COLUMNS).where(
            StaffEntry.channel_id == channel_id, StaffEntry.referral_id == referral_id
        )
    ).one_or_none()
    return _kept(row) if row else None


def answered_cases(db: Connection, channel_id: str, since: datetime | None) -> list[AnsweredCase]:
    """Questions whose answers were kept and stand, answered at `since` or later, oldest first."""
    asked = (Referral.asked_at, Referral.answered_at, Referral.text.label("asked"), Referral.before)
    wanted = (
        select(*_COLUMNS, *asked)
        .join(Referral, Referral.id == StaffEntry.referral_id)
        .where(
            StaffEntry.channel_id == channel_id,
            StaffEntry.withdrawn_at.is_(None),
            Referral.state == ReferralState.ANSWERED,
        )
        .order_by(Referral.answered_at, Referral.id)
    )
    if since is not None:
        wanted = wanted.where(Referral.answered_at >= since)
    return [_case(row._asdict()) for row in db.execute(wanted)]


def _case(row: dict[str, Any]) -> AnsweredCase:
    entry = {name: row[name] for name in Kept.__dataclass_fields__}
    return AnsweredCase(
        entry=Kept(**{**entry, "says": tuple(entry["says"])}),
        asked_at=row["asked_at"],
        answered_at=row["answered_at"],
        text=row["asked"],
        before=row["before"],
    )


def _next_change(db: Connection, channel_id: str, now: datetime) -> datetime:
    """A time for a change that is later than all before it, in the order of their commits.

    Whoever reads the newest change would else miss one that was stamped before another and
    committed after it. Changes of one channel take turns; SQLite's writers do by themselves.
    """
    if db.dialect.name == "postgresql":
        db.execute(
            text("SELECT pg_advisory_xact_lock(:key, hashtext(:channel))"),
            {"key": CHANGING, "channel": channel_id},
        )
    newest = db.scalar(
        select(func.max(StaffEntry.changed_at)).where(StaffEntry.channel_id == channel_id)
    )
    return max(now, newest + _TICK) if newest else now


def _kept(row: Any) -> Kept:
    values = row._asdict()
    return Kept(**{**values, "says": tuple(values["says"])})
