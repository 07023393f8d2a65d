"""What each chat is about."""

from datetime import datetime
from typing import cast

from sqlalchemy import BindParameter, Connection, Executable, Table, bindparam, delete, select

from bot.model.talk import Talk
from bot.store.order import instants_of, is_newer_than
from bot.store.tables import TalkRow
from bot.store.upsert import made_once, type_of_insert

_table = cast(Table, TalkRow.__table__)


def _put(new: type_of_insert) -> Executable:
    names = ("channel_id", "chat_id", "plain", "changed_at")
    given: dict[str, BindParameter[object]] = {name: bindparam(name) for name in names}
    return new.values(given).on_conflict_do_update(
        index_elements=["channel_id", "chat_id"],
        set_={"plain": new.excluded.plain, "changed_at": new.excluded.changed_at},
        where=is_newer_than(_table.c.changed_at),
    )


_PUT = made_once(TalkRow, _put)


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
    row = {"channel_id": channel_id, "chat_id": chat_id, "plain": talk.to_plain(), "changed_at": at}
    db.execute(_PUT(db), {**row, **instants_of(at)})


def forget(db: Connection, channel_id: str, chat_id: str) -> None:
    """Drop what this chat is about."""
    db.execute(delete(TalkRow).where(TalkRow.channel_id == channel_id, TalkRow.chat_id == chat_id))
