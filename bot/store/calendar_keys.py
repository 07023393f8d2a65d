"""The secrets by which people's calendars are read."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.own_tables import CalendarKey
from bot.store.upsert import insert_into

BYTES = 24  # of chance: whoever tries keys finds nobody's


def find(db: Connection, channel_id: str, user_id: str) -> str:
    """This person's key; empty where none was made."""
    key = db.scalar(
        select(CalendarKey.key).where(
            CalendarKey.channel_id == channel_id, CalendarKey.user_id == user_id
        )
    )
    return key or ""


def renew(db: Connection, channel_id: str, user_id: str, at: datetime) -> str:
    """A new key for this person; the one before opens nothing any more."""
    key = secrets.token_urlsafe(BYTES)
    new = insert_into(db, CalendarKey).values(
        channel_id=channel_id, user_id=user_id, key=key, made_at=at
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "user_id"],
            set_={"key": new.excluded.key, "made_at": new.excluded.made_at},
        )
    )
    return key


def whose(db: Connection, key: str) -> tuple[str, str] | None:
    """The channel and the person whose calendar a key opens; None where it opens none."""
    row = db.execute(
        select(CalendarKey.channel_id, CalendarKey.user_id).where(CalendarKey.key == key)
    ).one_or_none()
    return (row.channel_id, row.user_id) if row else None
