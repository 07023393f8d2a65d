"""Broadcasts: made, found, changed. Which changes may be is decided in `bot.broadcast_work`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from bot.model import audience
from bot.model.broadcasts import (
    Broadcast,
    BroadcastState,
    Clerk,
    Draft,
    pieces_from_plain,
    pieces_to_plain,
)
from bot.store.broadcast_tables import BroadcastRow
from bot.store.wakeups import ring

_OF_DRAFT = ("pieces", "audience", "starts_at")
_TO_DO = (BroadcastState.SCHEDULED, BroadcastState.RUNNING, BroadcastState.CANCELLED)
_BESIDE = (*_OF_DRAFT, "kept_report")


def make(db: Connection, clerk: Clerk, draft: Draft, now: datetime) -> str:
    """Keep a new draft; gives its id."""
    broadcast_id = uuid4().hex
    db.execute(
        insert(BroadcastRow).values(
            id=broadcast_id,
            channel_id=clerk.channel_id,
            state=BroadcastState.DRAFT,
            author=clerk.id,
            changed_by=clerk.id,
            made_at=now,
            **draft_values(draft),
        )
    )
    return broadcast_id


def draft_values(draft: Draft) -> dict[str, Any]:
    """The columns that hold a draft."""
    return {
        "pieces": pieces_to_plain(draft.pieces),
        "audience": audience.to_plain(draft.audience),
        "starts_at": draft.starts_at,
    }


def find(db: Connection, channel_id: str, broadcast_id: str) -> Broadcast | None:
    """The broadcast as it stands; None where there is none."""
    return _one(db, _wanted(channel_id, broadcast_id))


def find_many(db: Connection, channel_id: str, ids: Sequence[str]) -> list[Broadcast]:
    """Those of these ids that there are."""
    if not ids:
        return []
    its = (BroadcastRow.channel_id == channel_id, BroadcastRow.id.in_(ids))
    rows = db.execute(select(BroadcastRow.__table__).where(*its))
    return [_broadcast(row) for row in rows.mappings()]


def hold(db: Connection, channel_id: str, broadcast_id: str) -> Broadcast | None:
    """The same, its row locked until the commit."""
    return _one(db, _wanted(channel_id, broadcast_id).with_for_update())


def change(db: Connection, broadcast: Broadcast, **values: Any) -> None:
    """Change these columns of a broadcast whose row is held; what workers are to do wakes them."""
    if values.get("state") in _TO_DO:
        ring(db)
    db.execute(
        update(BroadcastRow)
        .where(BroadcastRow.channel_id == broadcast.channel_id, BroadcastRow.id == broadcast.id)
        .values(**values)
    )


def in_states(
    db: Connection, channel_id: str, states: Sequence[BroadcastState], most: int = 50
) -> list[Broadcast]:
    """Those in one of these states, the newest first."""
    rows = db.execute(
        select(BroadcastRow.__table__)
        .where(BroadcastRow.channel_id == channel_id, BroadcastRow.state.in_(states))
        .order_by(BroadcastRow.made_at.desc(), BroadcastRow.id)
        .limit(most)
    )
    return [_broadcast(row) for row in rows.mappings()]


def to_start(db: Connection, channel_id: str, today: datetime) -> Broadcast | None:
    """The first one that is scheduled and whose time has come."""
    return _one(
        db,
        select(BroadcastRow.__table__)
        .where(
            BroadcastRow.channel_id == channel_id,
            BroadcastRow.state == BroadcastState.SCHEDULED,
            BroadcastRow.starts_at <= today,
        )
        .order_by(BroadcastRow.starts_at, BroadcastRow.id)
        .limit(1),
    )


def under_way(db: Connection, channel_id: str) -> list[Broadcast]:
    """Those that began and are not over, the oldest first: something is left to be done."""
    rows = db.execute(
        select(BroadcastRow.__table__)
        .where(
            BroadcastRow.channel_id == channel_id,
            BroadcastRow.state.in_(_BEGUN),
            BroadcastRow.began_at.is_not(None),
            BroadcastRow.ended_at.is_(None),
        )
        .order_by(BroadcastRow.began_at, BroadcastRow.id)
    )
    return [_broadcast(row) for row in rows.mappings()]


_BEGUN = (BroadcastState.RUNNING, BroadcastState.PAUSED, BroadcastState.CANCELLED)


def _wanted(channel_id: str, broadcast_id: str) -> Select[Any]:
    return select(BroadcastRow.__table__).where(
        BroadcastRow.channel_id == channel_id, BroadcastRow.id == broadcast_id
    )


def _one(db: Connection, wanted: Select[Any]) -> Broadcast | None:
    row = db.execute(wanted).mappings().one_or_none()
    return _broadcast(row) if row else None


def _broadcast(row: RowMapping) -> Broadcast:
    values = {name: value for name, value in row.items() if name not in _BESIDE}
    draft = Draft(
        pieces=pieces_from_plain(row["pieces"]),
        audience=audience.from_plain(row["audience"]),
        starts_at=row["starts_at"],
    )
    return Broadcast(draft=draft, **values)
