"""INSERT … ON CONFLICT, which SQLAlchemy keeps apart by dialect; and many rows in parts."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import Base

T = TypeVar("T")
type_of_insert = postgresql.Insert | sqlite.Insert


def insert_into(db: Connection, table: type[Base]) -> type_of_insert:
    """An INSERT for this database that knows `on_conflict_do_nothing` and `…_do_update`."""
    # Into the table itself: by the class, the session's way of inserting costs several times more.
    if db.dialect.name == "postgresql":
        return postgresql.insert(cast(Table, table.__table__))
    return sqlite.insert(cast(Table, table.__table__))


def made_once(
    table: type[Base], build: Callable[[type_of_insert], Executable]
) -> Callable[[Connection], Executable]:
    """Gives the statement that `build` makes of an INSERT for this database; made only once.

    For statements of every event: making one costs more than running it.
    """
    into = cast(Table, table.__table__)
    made = {
        "postgresql": build(postgresql.insert(into)),
        "sqlite": build(sqlite.insert(into)),
    }
    return lambda db: made[db.dialect.name]


def parts_of(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The things in their order, so many at a time: a statement takes only so many values."""
    for start in range(0, len(things), most):
        yield things[start : start + most]
