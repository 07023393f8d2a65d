"""Audiences that staff saved under a name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, select

from bot.model.audience import Audience, from_plain, to_plain
from bot.model.broadcasts import Clerk
from bot.store.broadcast_tables import AudienceRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An audience under its name."""

    id: str
    name: str
    audience: Audience


def save(db: Connection, clerk: Clerk, name: str, audience: Audience, now: datetime) -> None:
    """Keep an audience; what had this name before is replaced."""
    values = {"audience": to_plain(audience), "author": clerk.id, "changed_at": now}
    new = insert_into(db, AudienceRow).values(
        id=uuid4().hex, channel_id=clerk.channel_id, name=name, **values
    )
    db.execute(new.on_conflict_do_update(index_elements=["channel_id", "name"], set_=values))


def all_saved(db: Connection, channel_id: str) -> list[Saved]:
    """All that this channel's staff saved, by name."""
    rows = db.execute(
        select(AudienceRow.id, AudienceRow.name, AudienceRow.audience)
        .where(AudienceRow.channel_id == channel_id)
        .order_by(AudienceRow.name)
    )
    return [Saved(id=r.id, name=r.name, audience=from_plain(r.audience)) for r in rows]


def drop(db: Connection, channel_id: str, audience_id: str) -> bool:
    """Keep it no longer; False where there is none."""
    gone = delete(AudienceRow).where(
        AudienceRow.channel_id == channel_id, AudienceRow.id == audience_id
    )
    return db.scalar(gone.returning(AudienceRow.id)) is not None
