"""Statements of every event: SQLAlchemy writes them once, then the driver runs them.

At each execution SQLAlchemy looks a statement up by all that it is made of, and asks again what is
done with each value: several times what the database takes for it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Table,
    bindparam,
    column,
    func,
    select,
)

from bot.store import by_driver
from bot.store.among import POSTGRESQL
from bot.store.tables import Base
from bot.store.upsert import new_row

Row = Mapping[str, Any]
# A column of this name is called so anyway. And psycopg reads a statement of more than 4,096
# characters anew each time that it is run.
_NEEDLESS = re.compile(r"(?<=\.)(\w+) AS \1\b(?=,| *\n)")
_Turn = Callable[[Any], Any]


class Prepared:
    """One statement, for whichever database; processes and threads may share it.

    Args:
        build: gives the statement for the dialect of this name. Lists of IN are none of it: they
            would be spelled out anew for each length.
    """

    def __init__(self, build: Callable[[str], Executable]) -> None:
        self._build = build
        self._written: dict[tuple[str, frozenset[str]], _Written] = {}

    def run(self, db: Connection, given: Row) -> Any:
        """The driver's cursor, after it ran with these values; what it read is in `all`."""
        written = self._for(db.dialect, given)
        return by_driver.run(db, written.sql, written.values(given))

    def run_all(self, db: Connection, given: Sequence[Row]) -> int:
        """Run it for each of these rows of values, which name the same; gives the rows it met."""
        if len(given) == 1:  # many are a call of another kind, which costs more
            return int(self.run(db, given[0]).rowcount)
        written = self._for(db.dialect, given[0])
        values = [written.values(one) for one in given]
        return int(by_driver.run_many(db, written.sql, values).rowcount)

    def all(self, db: Connection, given: Row) -> list[tuple[Any, ...]]:
        """What a query finds, as its columns' types read it."""
        return [*map(self._for(db.dialect, given).read, self.run(db, given))]

    def _for(self, dialect: Dialect, given: Row) -> "_Written":
        key = dialect.name, frozenset(given)
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = _write(self._build(dialect.name), dialect, list(given))
        return found


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as one driver takes it.

    Args:
        fixed: what the statement itself says of its parameters.
        turns: each parameter in its order, with what is done with its value for the driver.
        is_by_place: whether the driver takes values in order, and not by name.
        reads: what is done with each column that comes back.
    """

    sql: str
    fixed: Row
    turns: Sequence[tuple[str, _Turn | None]]
    is_by_place: bool
    reads: Sequence[_Turn | None]

    def values(self, given: Row) -> Any:
        """The values as the driver takes them."""
        said = {**self.fixed, **given}
        if self.is_by_place:
            return tuple([turn(said[n]) if turn else said[n] for n, turn in self.turns])
        return {n: turn(said[n]) if turn else said[n] for n, turn in self.turns}

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """The row that the driver gave, as its columns' types read it."""
        pairs = zip(row, self.reads, strict=True)
        return tuple([read(value) if read else value for value, read in pairs])


def given_rows(kinds: Mapping[str, Any], parameter: str) -> Any:
    """The rows of values in this parameter as a table of such columns, for PostgreSQL."""
    rows = func.json_to_recordset(bindparam(parameter, type_=JSON))
    columns: Any = [column(name, kind) for name, kind in kinds.items()]
    return rows.table_valued(*columns).render_derived(name="given", with_types=True)


def insert_given(
    table: type[Base],
    names: Sequence[str],
    parameter: str,
    which: Callable[[Any], ColumnElement[bool]],
) -> Any:
    """An INSERT of the rows in this parameter, with these names, of which `which` is so."""
    kept = cast(Table, table.__table__).c
    given = given_rows({name: kept[name].type for name in names}, parameter)
    rows = select(*given.c).where(which(given.c))
    return new_row(POSTGRESQL, table).from_select(list(names), rows)


def _write(statement: Executable, dialect: Dialect, names: list[str]) -> _Written:
    said: Any = statement
    compiled = said.compile(dialect=dialect, column_keys=names)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise ValueError("a column's own default is worked out by SQLAlchemy alone")
    order = compiled.positiontup if compiled.positional else list(compiled.params)
    turns = [(n, _kind(compiled.binds[n], dialect).bind_processor(dialect)) for n in order]
    reads = [_kind(one, dialect).result_processor(dialect, None) for one in said.exported_columns]
    sql = _NEEDLESS.sub(r"\1", str(compiled))
    return _Written(sql, compiled.params, turns, compiled.positional, reads)


def _kind(of: Any, dialect: Dialect) -> Any:
    return of.type.dialect_impl(dialect)
