"""Databases of PostgreSQL that tests hand on to one another.

Making a database and dropping it took longer than most tests that wanted one. So whoever is done
with theirs has it wiped and laid on a shelf, and the next one gets it under a new name. Only
what is again as it was when it was made is handed on; any other database is dropped.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count

import psycopg
from psycopg import Connection

Way = Connection[tuple[object, ...]]

WITHIN_S = 5.0  # a connection that was ended is gone
LARGEST_BYTES = 4_000_000  # wiping more takes longer than a new one
TIMES = 60  # then even its indexes have grown
# What CREATE, ALTER and DROP leave behind (from 16384 on an oid is nobody's but ours); rows and how
# often they were counted are none of it.
SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
    SELECT concat('r', oid, xmin) FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT concat('a', attrelid, '.', attnum, xmin) FROM pg_attribute
        WHERE attrelid >= 16384
    UNION ALL SELECT concat('c', oid, xmin) FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT concat('d', oid, xmin) FROM pg_attrdef
    UNION ALL SELECT concat('f', oid, xmin) FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT concat('t', oid, xmin) FROM pg_trigger
    UNION ALL SELECT concat('n', oid, xmin) FROM pg_namespace
    UNION ALL SELECT concat('e', oid, xmin) FROM pg_extension
    UNION ALL SELECT concat('s', setdatabase, setconfig) FROM pg_db_role_setting
    UNION ALL SELECT concat('l', oid) FROM pg_largeobject_metadata
) AS shape(line)
"""
FILLED = """
SELECT quote_ident(relname), pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    AND pg_relation_size(oid) > 0
"""
REVISION = "SELECT version_num FROM alembic_version"


@dataclass(slots=True)
class Shelf:
    """The spare databases of one server, by what they are: empty, or migrated."""

    server: str  # how to connect, without the database
    empty_shape: str = ""
    shape: str = ""  # of a migrated one; empty: none was made yet
    revision: str = ""
    spare: dict[str, list[str]] = field(default_factory=lambda: {"empty": [], "migrated": []})
    used: dict[str, int] = field(default_factory=dict)  # by its oid, how often
    numbers: Iterator[int] = field(default_factory=count)

    def admin(self) -> Way:
        """The way in that makes, renames and drops databases."""
        return psycopg.connect(f"{self.server} dbname=postgres", autocommit=True)

    def inside(self, name: str) -> Way:
        """The way into one of them."""
        return psycopg.connect(f"{self.server} dbname={name}", autocommit=True)

    def take_empty(self, name: str) -> None:
        """There is an empty database of this name."""
        with self.admin() as admin:
            if self.spare["empty"]:
                admin.execute(f'ALTER DATABASE "{self.spare["empty"].pop()}" RENAME TO "{name}"')
                return
            admin.execute(f'CREATE DATABASE "{name}"')
        if not self.empty_shape:
            with self.inside(name) as db:
                self.empty_shape = _one(db, SHAPE)

    def swap_for_migrated(self, name: str, template: str) -> None:
        """The empty database of this name becomes one with every table."""
        spared = f"spare_{next(self.numbers)}"
        with self.admin() as admin:
            _leave(admin, name)
            admin.execute(f'ALTER DATABASE "{name}" RENAME TO "{spared}"')
            self.spare["empty"].append(spared)
            if self.spare["migrated"]:
                kept = self.spare["migrated"].pop()
                admin.execute(f'ALTER DATABASE "{kept}" RENAME TO "{name}"')
                return
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if not self.shape:
            with self.inside(name) as db:
                self.shape, self.revision = _one(db, SHAPE), _one(db, REVISION)

    def put_back(self, name: str) -> None:
        """Wiped and kept for the next one, or dropped."""
        with self.admin() as admin:
            try:
                _leave(admin, name)
                kind = self._wiped(name)
                _leave(admin, name)
                if kind:
                    spared = f"spare_{next(self.numbers)}"
                    admin.execute(f'ALTER DATABASE "{name}" RENAME TO "{spared}"')
                    self.spare[kind].append(spared)
                    return
            except psycopg.Error:  # somebody is still in it, or it is broken: not worth keeping
                pass
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _wiped(self, name: str) -> str:
        """What it is again; empty: something new."""
        with self.inside(name) as db:
            shape = _one(db, SHAPE)
            if shape == self.empty_shape:
                return "empty"
            if shape != self.shape or _one(db, REVISION) != self.revision:
                return ""
            filled = db.execute(FILLED).fetchall()
            if sum(int(str(size)) for _, size in filled) > LARGEST_BYTES or self._is_worn(db):
                return ""
            _wipe(db, [str(table) for table, _ in filled])
            return "migrated"

    def _is_worn(self, db: Way) -> bool:
        oid = _one(db, "SELECT oid FROM pg_database WHERE datname = current_database()")
        self.used[oid] = self.used.get(oid, 0) + 1
        return self.used[oid] > TIMES


@cache
def shelf(socket_folder: str) -> Shelf:
    """That of the server with its socket here."""
    return Shelf(f"host={socket_folder} user=postgres")


@contextmanager
def lent_database(socket_folder: str, name: str) -> Iterator[str]:
    """Yields the SQLAlchemy URL of an empty database, handed on or dropped afterwards."""
    shelf(socket_folder).take_empty(name)
    try:
        yield f"postgresql+psycopg://postgres@/{name}?host={socket_folder}"
    finally:
        shelf(socket_folder).put_back(name)


def _wipe(db: Way, tables: list[str]) -> None:
    """No rows, no room of former rows, sequences from their start: the next row is the first."""
    db.execute("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")
    if not tables:
        return
    db.execute("SET session_replication_role = replica")  # in any order
    for table in tables:
        db.execute(f"DELETE FROM {table}")
    db.execute(f"VACUUM {', '.join(tables)}")


def _leave(admin: Way, name: str) -> None:
    """Nobody is connected any more. The server itself would look only every 100 ms."""
    ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    give_up = time.monotonic() + WITHIN_S
    while admin.execute(ended).fetchall() and time.monotonic() < give_up:
        time.sleep(0.001)


def _one(db: Way, query: str) -> str:
    row = db.execute(query).fetchone()
    return str(row[0]) if row else ""
