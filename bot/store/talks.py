"""What each chat is about."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.model.talk import Talk
from bot.store.order import is_newer
from bot.store.tables import TalkRow
from bot.store.upsert import insert_into


def find(db: Connection, channel_id: str, chat_id: str) -> Talk | None:
    """The talk of this chat; None where nothing was said yet. Locked until the commit."""
    plain = db.scalar(
        select(TalkRow.plain)
        .where(TalkRow.channel_id == channel_id, TalkRow.chat_id == chat_id)
        .with_for_update()  # two members of a group may write at once; SQLite ignores it
    )
    return None if plain is None else Talk.from_plain(plain)


def put(db: Connection, channel_id: str, chat_id: str, talk: Talk, at: datetime) -> None:
    """Keep the talk as it is after the event of `at`, unless that event arrived late."""
    new = insert_into(db, TalkRow).values(
        channel_id=channel_id, chat_id=chat_id, plain=talk.to_plain(), changed_at=at
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "chat_id"],
            set_={"plain": new.excluded.plain, "changed_at": new.excluded.changed_at},
            where=is_newer(at, TalkRow.changed_at),
        )
    )


def forget(db: Connection, channel_id: str, chat_id: str) -> None:
    """Drop what this chat is about."""
    db.execute(delete(TalkRow).where(TalkRow.channel_id == channel_id, TalkRow.chat_id == chat_id))
