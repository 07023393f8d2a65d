"""What each chat is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import BindParameter, Connection, Executable, Table, bindparam, delete

from bot.model.talk import Talk
from bot.store import bursts
from bot.store.order import instants_of, is_newer_than
from bot.store.prepared import prepared_insert
from bot.store.tables import TalkRow
from bot.store.upsert import type_of_insert

_table = cast(Table, TalkRow.__table__)


_names = ("channel_id", "chat_id", "plain", "changed_at")
_GIVEN: dict[str, BindParameter[object]] = {name: bindparam(name) for name in _names}


def _put(new: type_of_insert) -> Executable:
    return new.values(_GIVEN).on_conflict_do_update(
        index_elements=["channel_id", "chat_id"],
        set_={"plain": new.excluded.plain, "changed_at": new.excluded.changed_at},
        where=is_newer_than(_table.c.changed_at),
    )


def _count(new: type_of_insert) -> Executable:
    upsert = new.values({**_GIVEN, **bursts.FIRST}).on_conflict_do_update(
        index_elements=["channel_id", "chat_id"], set_=dict(bursts.counted(_table.c))
    )
    return upsert.returning(_table.c.plain, _table.c.burst)


_PUT, _COUNT = prepared_insert(TalkRow, _put), prepared_insert(TalkRow, _count)


def find_in_group(db: Connection, channel_id: str, chat_id: str, at: datetime) -> tuple[Talk, int]:
    """The talk of a group, and how many events there were in it within a minute (`bursts`).

    In one statement, which makes the row where there is none. Locked until the commit.
    """
    new = {"channel_id": channel_id, "chat_id": chat_id, "plain": Talk()}
    told = {**new, "changed_at": at, **instants_of(at), **bursts.instants_of(at)}
    [(plain, burst)] = _COUNT.all(db, told)
    return Talk.from_plain(plain), burst


def put(db: Connection, channel_id: str, chat_id: str, talk: Talk, at: datetime) -> None:
    """Keep the talk as it is after the event of `at`, unless that event arrived late."""
    put_all(db, channel_id, [(chat_id, talk, at)])


def put_all(db: Connection, channel_id: str, chats: Sequence[tuple[str, Talk, datetime]]) -> None:
    """As `put`, of several chats, each once."""
    rows = [
        {
            "channel_id": channel_id,
            "chat_id": chat_id,
            "plain": talk,
            "changed_at": at,
            **instants_of(at),
        }
        for chat_id, talk, at in chats
    ]
    if rows:
        _PUT.run_all(db, rows)


def forget(db: Connection, channel_id: str, chat_id: str) -> None:
    """Drop what this chat is about."""
    db.execute(delete(TalkRow).where(TalkRow.channel_id == channel_id, TalkRow.chat_id == chat_id))
