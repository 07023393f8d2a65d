"""Statements of every event: SQLAlchemy writes them once, then the driver runs them.

At each execution SQLAlchemy looks a statement up by all that it is made of, and asks again what is
done with each value: several times what the database takes for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Connection,
    Dialect,
    Executable,
    Table,
    bindparam,
    column,
    func,
    literal_column,
    select,
)

from bot.store import by_driver
from bot.store.among import POSTGRESQL
from bot.store.tables import Base
from bot.store.upsert import new_row, type_of_insert

ROWS = "rows"
Row = Mapping[str, Any]
_Turn = Callable[[Any], Any]


class Prepared:
    """One statement, for whichever database; processes and threads may share it.

    Args:
        build: gives the statement for the dialect of this name. Lists of IN are none of it: they
            would be spelled out anew for each length.
        many: gives one that does the same for `given_rows` of these names in this parameter;
            PostgreSQL then reads many rows at once, in place of a statement for each.
    """

    def __init__(
        self,
        build: Callable[[str], Executable],
        many: Callable[[Sequence[str], str], Executable] | None = None,
    ) -> None:
        self._build, self.many = build, many
        self._written: dict[tuple[str, frozenset[str]], _Written] = {}
        self._of_rows: dict[tuple[str, ...], Prepared] = {}

    def run(self, db: Connection, given: Row) -> Any:
        """The driver's cursor, after it ran with these values; what it read is in `all`."""
        written = self._for(db.dialect, given)
        return by_driver.run(db, written.sql, written.values(given))

    def run_all(self, db: Connection, given: Sequence[Row]) -> int:
        """Run it for each of these rows of values, which name the same; gives the rows it met."""
        if len(given) == 1:  # many are a call of another kind, which costs more
            return int(self.run(db, given[0]).rowcount)
        if self.many is not None and db.dialect.name == POSTGRESQL:
            met = self._for_rows(self.many, tuple(given[0])).run(db, {ROWS: given})
            return int(met.rowcount)
        written = self._for(db.dialect, given[0])
        values = [written.values(one) for one in given]
        return int(by_driver.run_many(db, written.sql, values).rowcount)

    def all(self, db: Connection, given: Row) -> list[tuple[Any, ...]]:
        """What a query finds, as its columns' types read it."""
        return [*map(self._for(db.dialect, given).read, self.run(db, given))]

    def _for_rows(
        self, many: Callable[[Sequence[str], str], Executable], names: tuple[str, ...]
    ) -> "Prepared":
        found = self._of_rows.get(names)
        if found is None:
            found = self._of_rows[names] = Prepared(lambda _: many(names, ROWS))
        return found

    def _for(self, dialect: Dialect, given: Row) -> "_Written":
        key = dialect.name, frozenset(given)
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = _write(self._build(dialect.name), dialect, list(given))
        return found


class Joined:
    """Several that do the same for many rows, run in their order; none sees what another changes.

    For PostgreSQL they are one statement: the way there and back takes longer than the work.

    Raises:
        ValueError: one of them does nothing for many rows at once.
    """

    def __init__(self, *parts: Prepared) -> None:
        self._parts = parts
        self._of_many = [part.many for part in parts if part.many is not None]
        if len(self._of_many) < len(parts):
            raise ValueError("one statement cannot join what takes its rows one by one")
        self._as_one: dict[tuple[tuple[str, ...], ...], Prepared] = {}

    def run_all(self, db: Connection, given: Sequence[Sequence[Row]]) -> list[int]:
        """Run each for its rows, if it has any; gives the rows that each met."""
        if db.dialect.name != POSTGRESQL:
            pairs = zip(self._parts, given, strict=True)
            return [part.run_all(db, rows) if rows else 0 for part, rows in pairs]
        names = tuple(tuple(rows[0]) if rows else () for rows in given)
        one = self._as_one.get(names)
        if one is None:
            one = self._as_one[names] = Prepared(lambda _: self._one(names))
        [met] = one.all(db, {f"{ROWS}_{n}": rows for n, rows in enumerate(given) if rows})
        return list(met)

    def _one(self, names: Sequence[Sequence[str]]) -> Executable:
        met: list[Any] = []
        for n, (many, own) in enumerate(zip(self._of_many, names, strict=True)):
            met.append(literal_column("0"))
            if own:
                done: Any = many(own, f"{ROWS}_{n}")
                row = done.returning(literal_column("1").label("met")).cte(f"part_{n}")
                met[-1] = select(func.count()).select_from(row).scalar_subquery()
        return select(*met)


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
    """The rows of `run_all` as a table of columns of these types, for PostgreSQL."""
    rows = func.json_to_recordset(bindparam(parameter, type_=JSON))
    columns: Any = [column(name, kind) for name, kind in kinds.items()]
    return rows.table_valued(*columns).render_derived(name="given", with_types=True)


def prepared_insert(
    table: type[Base], finish: Callable[[type_of_insert], Executable] = lambda new: new
) -> Prepared:
    """What `finish` makes of an INSERT of all that is named into this table."""
    kept = cast(Table, table.__table__).c

    def many(names: Sequence[str], parameter: str) -> Executable:
        given = given_rows({name: kept[name].type for name in names}, parameter)
        new: Any = new_row(POSTGRESQL, table)
        return finish(new.from_select(names, select(*given.c)))

    return Prepared(lambda dialect: finish(new_row(dialect, table)), many)


def _write(statement: Executable, dialect: Dialect, names: list[str]) -> _Written:
    said: Any = statement
    compiled = said.compile(dialect=dialect, column_keys=names)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise ValueError("a column's own default is worked out by SQLAlchemy alone")
    order = compiled.positiontup if compiled.positional else list(compiled.params)
    turns = [(n, _kind(compiled.binds[n], dialect).bind_processor(dialect)) for n in order]
    reads = [_kind(one, dialect).result_processor(dialect, None) for one in said.exported_columns]
    return _Written(str(compiled), compiled.params, turns, compiled.positional, reads)


def _kind(of: Any, dialect: Dialect) -> Any:
    return of.type.dialect_impl(dialect)
