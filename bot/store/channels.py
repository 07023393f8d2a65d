"""The channels as they are kept: put there, retired, read; their secrets stay sealed here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.deployment_tables import ChannelRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChannel:
    """One channel; `secret` and `token` are sealed."""

    channel_id: str
    title: str
    destination: str
    secret: str
    token: str
    plans: list[str]
    made_at: datetime
    changed_at: datetime
    retired_at: datetime | None


_COLUMNS = [ChannelRow.__table__.c[name] for name in KeptChannel.__dataclass_fields__]
_CHANGES = ("title", "destination", "secret", "token", "plans", "changed_at", "retired_at")


def every(db: Connection) -> list[KeptChannel]:
    """All channels but the one that the settings describe, by id; the retired ones too."""
    rows = db.execute(select(*_COLUMNS).order_by(ChannelRow.channel_id))
    return [KeptChannel(**row._asdict()) for row in rows]


def find(db: Connection, channel_id: str) -> KeptChannel | None:
    """The channel of this id; None where there is none."""
    row = db.execute(select(*_COLUMNS).where(ChannelRow.channel_id == channel_id)).one_or_none()
    return KeptChannel(**row._asdict()) if row else None


def holder_of(db: Connection, destination: str) -> str:
    """The id of the channel whose official account this is; empty where it is none's."""
    its = ChannelRow.destination == destination
    return db.scalar(select(ChannelRow.channel_id).where(its)) or ""


def put(db: Connection, kept: KeptChannel) -> None:
    """Keep a channel; of one that is there already everything but when it was made."""
    values = {name: getattr(kept, name) for name in KeptChannel.__dataclass_fields__}
    new = insert_into(db, ChannelRow).values(**values)
    changes = {name: new.excluded[name] for name in _CHANGES}
    db.execute(new.on_conflict_do_update(index_elements=["channel_id"], set_=changes))


def retire(db: Connection, channel_id: str, at: datetime) -> bool:
    """Do nothing for it from now on; False where there is none, or it is retired already."""
    ended = (
        update(ChannelRow)
        .where(ChannelRow.channel_id == channel_id, ChannelRow.retired_at.is_(None))
        .values(retired_at=at, changed_at=at)
        .returning(ChannelRow.channel_id)
    )
    return db.scalar(ended) is not None
