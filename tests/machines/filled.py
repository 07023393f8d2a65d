"""Rows for every table that there is, made up by the kinds of their columns."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Engine,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Time,
    insert,
    select,
)

from bot.store.columns import Instant
from bot.store.every_table import EVERY

ROWS = 3
FIRST = datetime(2022, 6, 1, 15, 59, 59, 123456, tzinfo=UTC)


def fill(engine: Engine) -> None:
    """Put three rows into each table; what refers to another table's row refers to its own."""
    with engine.begin() as db:
        for table in EVERY.sorted_tables:
            db.execute(insert(table), [_row(table, number) for number in range(ROWS)])


def address(engine: Engine) -> str:
    """Of its database, with the password."""
    return engine.url.render_as_string(hide_password=False)


def contents(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table as words, in an order of our own."""
    with engine.connect() as db:
        return {
            t.name: sorted(repr(sorted(row._mapping.items())) for row in db.execute(select(t)))
            for t in EVERY.sorted_tables
        }


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.key: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    if column.nullable and number == 0:
        return None
    if column.foreign_keys:
        [key] = column.foreign_keys
        return _value(key.column, number)
    kind = column.type
    if isinstance(kind, Enum):
        words = list(kind.enum_class or ())
        return words[number % len(words)]
    if isinstance(kind, Instant):
        return FIRST + timedelta(days=number, microseconds=number)
    made: dict[type, Any] = {
        JSON: {"名字": ["字", number, 1.5, True, None, {"深": '「\\"」'}]},
        Date: date(2022, 2, 28 - number),
        Time: time(8, number),
        Boolean: bool(number % 2),
        Integer: number + 1,
        Float: 0.1 + number,
        Numeric: Decimal(f"{number}.50"),
        LargeBinary: bytes([0, 255, number]),
        String: f"字{number}'",
    }
    return next(value for of, value in made.items() if isinstance(kind, of))
