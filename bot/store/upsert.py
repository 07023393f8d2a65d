"""INSERT … ON CONFLICT, which SQLAlchemy keeps apart by dialect; and many rows in parts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import Base

T = TypeVar("T")
type_of_insert = postgresql.Insert | sqlite.Insert


def insert_into(db: Connection, table: type[Base]) -> type_of_insert:
    """An INSERT for this database that knows `on_conflict_do_nothing` and `…_do_update`."""
    if db.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def parts_of(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The things in their order, so many at a time: a statement takes only so many values."""
    for start in range(0, len(things), most):
        yield things[start : start + most]
