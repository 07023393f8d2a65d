"""What each chat is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete

from bot.model.talk import Talk
from bot.store import bursts
from bot.store.order import GIVEN, When, instants_of, is_newer_than, when_at
from bot.store.prepared import Prepared, insert_given
from bot.store.tables import TalkRow
from bot.store.upsert import new_row

_table = cast(Table, TalkRow.__table__)


_names = ("channel_id", "chat_id", "plain", "changed_at")
_GIVEN: Mapping[str, Any] = {name: bindparam(name) for name in _names}
_WHOSE = ("channel_id", "chat_id")


def _kept(new: Any, when: When) -> Any:
    return new.on_conflict_do_update(
        index_elements=_WHOSE,
        set_={"plain": new.excluded.plain, "changed_at": new.excluded.changed_at},
        where=is_newer_than(_table.c.changed_at, when),
    )


def put_given(parameter: str, which: Callable[[Any], ColumnElement[bool]]) -> Any:
    """What `put_all` does of the rows in this parameter of which `which` is so, for PostgreSQL."""
    new = insert_given(TalkRow, _names, parameter, which)
    return _kept(new, when_at(new.excluded.changed_at))


def _counted(dialect: str) -> Any:
    new: Any = new_row(dialect, TalkRow).values({**_GIVEN, **bursts.first()})
    upsert = new.on_conflict_do_update(index_elements=_WHOSE, set_=bursts.counted(_table.c))
    return upsert.returning(_table.c.plain, _table.c.burst)


_PUT = Prepared(lambda dialect: _kept(new_row(dialect, TalkRow).values(_GIVEN), GIVEN))
_COUNT = Prepared(_counted)


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
    if chats:
        _PUT.run_all(db, rows_of(channel_id, chats))


def rows_of(channel_id: str, chats: Sequence[tuple[str, Talk, datetime]]) -> list[dict[str, Any]]:
    """What `put_all` keeps of these chats."""
    return [
        {
            "channel_id": channel_id,
            "chat_id": chat_id,
            "plain": talk,
            "changed_at": at,
            **instants_of(at),
        }
        for chat_id, talk, at in chats
    ]


def forget(db: Connection, channel_id: str, chat_id: str) -> None:
    """Drop what this chat is about."""
    db.execute(delete(TalkRow).where(TalkRow.channel_id == channel_id, TalkRow.chat_id == chat_id))
