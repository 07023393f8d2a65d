"""INSERT … ON CONFLICT, which SQLAlchemy keeps apart by dialect; and many rows in parts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import Base

T = TypeVar("T")
type_of_insert = postgresql.Insert | sqlite.Insert


def insert_into(db: Connection, table: type[Base]) -> type_of_insert:
    """An INSERT for this database that knows `on_conflict_do_nothing` and `…_do_update`."""
    return new_row(db.dialect.name, table)


def new_row(dialect: str, table: type[Base]) -> type_of_insert:
    """As `insert_into`, by the dialect's name."""
    # Into the table itself: by the class, the session's way of inserting costs several times more.
    into = cast(Table, table.__table__)
    return postgresql.insert(into) if dialect == "postgresql" else sqlite.insert(into)


def parts_of(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The things in their order, so many at a time: a statement takes only so many values."""
    for start in range(0, len(things), most):
        yield things[start : start + most]
