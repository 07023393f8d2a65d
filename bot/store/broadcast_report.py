"""What became of a broadcast: each of its recipients counted once, and who answered or pressed."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, type_coerce
from sqlalchemy.types import DateTime, Interval, String

from bot.messages import Kind
from bot.model.broadcast_counts import BroadcastReport
from bot.model.broadcasts import Broadcast, BroadcastState
from bot.store.batches import BLOCKED
from bot.store.broadcast_queue import CANCELLED, left_count
from bot.store.broadcast_tables import BroadcastRow, RecipientRow, TapRow
from bot.store.outbox import TOLD_OTHERWISE
from bot.store.tables import Event, OutboxRow, OutboxState
from bot.store.upsert import insert_into

_S = OutboxState
WROTE = (Kind.TEXT, Kind.STICKER, Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE, Kind.LOCATION)
ON_THE_WAY = (_S.WAITING, _S.RIDING, _S.SENDING)


def report(db: Connection, broadcast: Broadcast) -> BroadcastReport:
    """How the broadcast stands now; a handful of queries, however many people.

    What was counted before old rows went (`retention`) is said as it was counted then.
    """
    kept = db.scalar(select(BroadcastRow.kept_report).where(BroadcastRow.id == broadcast.id)) or {}
    if "recipients" in kept:
        return BroadcastReport(**{**kept, "taps": dict(kept["taps"])})
    found: Counter[tuple[OutboxState, str]] = Counter()
    rows = db.execute(
        select(OutboxRow.state, OutboxRow.error, func.count())
        .where(OutboxRow.broadcast_id == broadcast.id)
        .group_by(OutboxRow.state, OutboxRow.error)
    )
    for state, error, people in rows:
        found[(state, error or "")] += people
    left = left_count(db, broadcast)
    never = left if broadcast.state is BroadcastState.CANCELLED else 0  # not even queued
    blocked, mailed = found.pop((_S.VOID, BLOCKED), 0), found.pop((_S.VOID, TOLD_OTHERWISE), 0)
    queued = found.total() + blocked + mailed
    return BroadcastReport(
        recipients=broadcast.recipients,
        sent=_of(found, _S.SENT),
        mailed=mailed,
        failed=_by_reason(found, _S.DEAD),
        uncertain=_of(found, _S.UNCERTAIN),
        blocked=blocked,
        held=_of(found, _S.HELD),
        waiting=_of(found, *ON_THE_WAY) + left - never,
        void=_by_reason(found + Counter({(_S.VOID, CANCELLED): never}), _S.VOID),
        erased=max(0, broadcast.recipients - queued - left),
        skipped=broadcast.skipped,
        replied=max(_replied(db, broadcast), kept.get("replied", 0)),
        taps=_taps(db, broadcast),
    )


def is_recipient(db: Connection, broadcast_id: str, user_id: str) -> bool:
    """Whether it was fixed to go to this person."""
    wanted = select(RecipientRow.user_id).where(
        RecipientRow.broadcast_id == broadcast_id, RecipientRow.user_id == user_id
    )
    return db.scalar(wanted) is not None


def tap(
    db: Connection, channel_id: str, broadcast_id: str, button: int, by: tuple[str, datetime]
) -> bool:
    """Note that somebody pressed a button; False where they had before."""
    user_id, at = by
    new = insert_into(db, TapRow).values(
        broadcast_id=broadcast_id, button=button, user_id=user_id, channel_id=channel_id, at=at
    )
    return db.scalar(new.on_conflict_do_nothing().returning(TapRow.user_id)) is not None


def _of(found: Mapping[tuple[OutboxState, str], int], *states: OutboxState) -> int:
    return sum(people for (state, _), people in found.items() if state in states)


def _by_reason(found: Mapping[tuple[OutboxState, str], int], wanted: OutboxState) -> dict[str, int]:
    return {error: people for (state, error), people in sorted(found.items()) if state is wanted}


def _taps(db: Connection, broadcast: Broadcast) -> dict[int, int]:
    rows = db.execute(
        select(TapRow.button, func.count())
        .where(TapRow.broadcast_id == broadcast.id)
        .group_by(TapRow.button)
        .order_by(TapRow.button)
    )
    return {row[0]: row[1] for row in rows}


def _replied(db: Connection, broadcast: Broadcast) -> int:
    wrote = select(func.count(Event.user_id.distinct())).join(
        OutboxRow,
        (OutboxRow.channel_id == Event.channel_id) & (OutboxRow.user_id == Event.user_id),
    )
    return (
        db.scalar(
            wrote.where(
                OutboxRow.broadcast_id == broadcast.id,
                OutboxRow.state == OutboxState.SENT,
                Event.channel_id == broadcast.channel_id,
                Event.chat_id == Event.user_id,
                Event.kind.in_([kind.value for kind in WROTE]),
                Event.happened_at > OutboxRow.settled_at,
                _until_a_day_after(db),
            )
        )
        or 0
    )


def _until_a_day_after(db: Connection) -> ColumnElement[bool]:
    """Databases do not agree on how a day is added to an instant."""
    if db.dialect.name == "postgresql":
        aware: Any = type_coerce(OutboxRow.settled_at, DateTime(timezone=True))
        a_day = func.make_interval(0, 0, 0, 1, type_=Interval)
        within: ColumnElement[bool] = (
            type_coerce(Event.happened_at, DateTime(timezone=True)) <= aware + a_day
        )
        return within
    # Written as SQLite keeps them, so that their order is that of their letters.
    later = func.strftime("%Y-%m-%d %H:%M:%f", OutboxRow.settled_at, "+1 day", type_=String)
    return type_coerce(Event.happened_at, String) <= later
