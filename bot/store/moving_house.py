"""A whole database from SQLite to PostgreSQL: every table, in one transaction, compared at the end.

No table counts its own keys, so there is no sequence to set; a test says so.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Table, exists, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.errors import CopyRefused
from bot.store import schema
from bot.store.every_table import EVERY

AT_A_TIME = 500  # rows read and written at once: memory stays small however many there are
_MODULO = 2**256


@dataclass(frozen=True, slots=True)
class TableCopy:
    """What went over of one table, as both databases have it."""

    table: str
    rows: int
    checksum: str


@dataclass(slots=True)
class _Tally:
    """Counts rows, and sums them up so that their order makes no difference."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            line = json.dumps(list(row), ensure_ascii=False, sort_keys=True, default=_plain)
            self.rows += 1
            self.total += int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")

    def of(self, table: str) -> TableCopy:
        return TableCopy(table, self.rows, f"{self.total % _MODULO:064x}"[:16])


def move(source: Engine, target: Engine) -> list[TableCopy]:
    """Copy every table; gives what went over, in the order of the tables.

    Nobody writes to the source meanwhile. What is in the target at the end is read back and
    compared; only then it is committed.

    Raises:
        CopyRefused: one of them is not up to date, the target is not empty, it does not take a
            row, or what it took is not what was given. Nothing was changed.
    """
    _check(source, "來源")
    _check(target, "目的地")
    try:
        with source.begin() as giving, target.begin() as taking:
            return _move(giving, taking)
    except OperationalError as err:
        raise CopyRefused(
            f"資料庫連不上，或有人正在寫（{type(err.orig).__name__}），沒有搬："
            "請先停掉 bot 的所有程式再搬。"
        ) from err


def _move(giving: Connection, taking: Connection) -> list[TableCopy]:
    _check_empty(taking)
    given = [_copy(giving, taking, table) for table in EVERY.sorted_tables]
    taken = [_read(taking, table) for table in EVERY.sorted_tables]
    if given != taken:
        names = [g.table for g, t in zip(given, taken, strict=True) if g != t]
        raise CopyRefused(f"搬過去的內容和來源不同（{'、'.join(names)}），沒有搬：請回報。")
    return given


def _check(engine: Engine, name: str) -> None:
    if fault := schema.fault(engine):
        raise CopyRefused(f"{name}：{fault}")
    with engine.connect().execution_options(only_reads=True) as db:
        if schema.current(db) != schema.newest():
            raise CopyRefused(f"{name}的資料庫比這個程式新，沒有搬：請用新的程式搬。")


def _check_empty(db: Connection) -> None:
    full = [t.name for t in EVERY.sorted_tables if db.scalar(select(exists(select(t))))]
    if full:
        raise CopyRefused(
            f"目的地的資料庫不是空的（{full[0]} 等{len(full)}個表有資料），沒有搬："
            "請另建一個空的資料庫，執行 python -m bot migrate 後再搬。"
        )


def _copy(giving: Connection, taking: Connection, table: Table) -> TableCopy:
    tally = _Tally()
    for some in _parts(giving, table):
        tally.add(some)
        try:
            taking.execute(insert(table), [dict(row._mapping) for row in some])
        except DBAPIError as err:
            # The message of the error names what people wrote: only its kind is told.
            raise CopyRefused(
                f"{table.name}：目的地不收第{tally.rows - len(some) + 1}到{tally.rows}列其中一列"
                f"（{type(err.orig).__name__}），沒有搬，來源沒有更動：請回報。"
            ) from err
    return tally.of(table.name)


def _read(db: Connection, table: Table) -> TableCopy:
    tally = _Tally()
    for some in _parts(db, table):
        tally.add(some)
    return tally.of(table.name)


def _parts(db: Connection, table: Table) -> Iterable[Any]:
    reading = db.execution_options(yield_per=AT_A_TIME)
    return reading.execute(select(table)).partitions(AT_A_TIME)


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value.isoformat())
