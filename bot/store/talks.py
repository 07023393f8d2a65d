"""What each chat is about."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.model.talk import Talk
from bot.store import bursts
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


def find_in_group(db: Connection, channel_id: str, chat_id: str, at: datetime) -> tuple[Talk, int]:
    """The talk of a group, and how many events there were in it within a minute (`bursts`).

    In one statement, which makes the row where there is none. Locked until the commit.
    """
    new = insert_into(db, TalkRow).values(
        channel_id=channel_id,
        chat_id=chat_id,
        plain=Talk().to_plain(),
        changed_at=at,
        **bursts.first(at),
    )
    found = db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "chat_id"], set_=dict(bursts.counted(TalkRow, at))
        ).returning(TalkRow.plain, TalkRow.burst)
    ).one()
    return Talk.from_plain(found.plain), found.burst


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
