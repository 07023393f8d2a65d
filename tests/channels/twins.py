"""A channel full of everything, and its twin: the same people and schools, other words and ids."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean as Bool
from sqlalchemy import Connection, Date, Enum, Integer, LargeBinary, Numeric, Table, insert, select

from bot.store.columns import Instant, Plain
from bot.store.every_table import EVERY
from tests.channels.rig import HERE, THERE
from tests.pages.stage import TEACHER

MARK = "（南）"  # behind each text of the twin that people read
_CJK = re.compile(r"[\u4e00-\u9fff]")
# An id of ours, on its own or within a key; not a user's, which begins with U.
_ID = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])")
_SECRETS = frozenset({("calendar_key", "key"), ("mail_address", "key")})
# Compared by their words, or bound to columns elsewhere: these must stay as they are.
_AS_THEY_ARE = frozenset({"level", "city", "district", "stage", "role", "state", "outcome", "kind"})
# Where just anything would be of no use: a word that is known, a list instead of an object.
_KNOWN: dict[tuple[str, str], Any] = {
    ("invitation", "role"): "staff",
    ("import_run", "kind"): "schools",
    ("import_run", "notes"): [],
    ("account", "recovery"): [],
}
FILE = b"\x89PNG"


def tables() -> list[Table]:
    """Every table whose rows belong to a channel, the referred to first; not that of channels."""
    return [t for t in EVERY.sorted_tables if "channel_id" in t.columns and t.name != "channel"]


def rows_of(db: Connection, channel_id: str) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of a channel, by table, in an order that stays the same."""
    return {
        table.name: [
            dict(row)
            for row in db.execute(
                select(table)
                .where(table.c.channel_id == channel_id)
                .order_by(*table.primary_key.columns)
            ).mappings()
        ]
        for table in tables()
    }


def fill_what_is_empty(db: Connection, now: datetime) -> list[str]:
    """A row for each table that has none yet; gives the names of these tables."""
    filled = []
    for table in tables():
        if not db.execute(select(table).where(table.c.channel_id == HERE)).first():
            db.execute(insert(table).values(**{c.name: v for c, v in _plain_row(db, table, now)}))
            filled.append(table.name)
    return filled


def _plain_row(db: Connection, table: Table, now: datetime) -> Iterator[tuple[Any, Any]]:
    for column in table.columns:
        referred = next(iter(column.foreign_keys), None)
        if column.name == "channel_id":
            yield column, HERE
        elif column.name == "user_id":
            yield column, TEACHER
        elif referred is not None:
            yield column, db.scalar(select(referred.column).limit(1))
        elif not column.nullable or column.primary_key:
            yield column, _plain_value(column, now)


def _plain_value(column: Any, now: datetime) -> Any:
    kind, name = column.type, (column.table.name, column.name)
    if isinstance(kind, Enum) and kind.enum_class:
        return next(iter(kind.enum_class))
    of_its_type = ((Instant, now), (Bool, False), (Date, date(2022, 6, 15)), (LargeBinary, FILE))
    for known, value in (*of_its_type, (Integer | Numeric, 1), (type(Plain), _KNOWN.get(name, {}))):
        if isinstance(kind, known):
            return value
    text = hashlib.sha256(".".join(name).encode()).hexdigest()[:32]
    return _KNOWN.get(name, text)


def copy_to_the_twin(db: Connection) -> None:
    """The rows of the one channel once more in the other: ids mapped, texts marked."""
    for table in tables():
        found = db.execute(select(table).where(table.c.channel_id == HERE)).mappings().all()
        twins = [{name: _twin_of(table, name, row[name]) for name in row} for row in found]
        if twins:
            db.execute(insert(table), twins)


def _twin_of(table: Table, name: str, value: Any) -> Any:
    if name == "channel_id":
        return THERE
    if (table.name, name) in _SECRETS:
        return hashlib.sha256(str(value).encode()).hexdigest()[:32]
    if name in _AS_THEY_ARE:
        return value
    return _twin_value(value)


def _twin_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _twin_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_twin_value(inner) for inner in value]
    if isinstance(value, str) and type(value) is str:
        mapped = twin_ids(value)
        return mapped + MARK if _CJK.search(mapped) else mapped
    return value


def twin_ids(text: str) -> str:
    """A text with each id of ours mapped to its twin's."""
    return _ID.sub(lambda m: hashlib.sha256(m[0].encode()).hexdigest()[: len(m[0])], text)


def some_ids(rows: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Ids of a row of each table, and of what it is about."""
    found: set[str] = set()
    for several in rows.values():
        for one in several[:1]:
            found |= {value for value in one.values() if _is_id(value)}
    return found


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(
        _ID.fullmatch(value) or re.fullmatch(r"[EP]\d{3}", value)
    )
