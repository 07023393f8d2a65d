"""What a load needs beside the bots: questions that people ask, and a database that is durable."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bot.loading import load_reader
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine
from tests.cluster import new_database, running_postgres


def questions() -> list[str]:
    """What people ask: the first question of every example in the plan files."""
    library = load_reader(Settings.from_env({})).library
    asked = (x.turns[0].say for edition in library.editions for x in edition.examples)
    return sorted({text for text in asked if text})


def sqlite_in(folder: Path) -> str:
    """The address of a migrated SQLite file in this folder."""
    url = f"sqlite:///{folder}/bench.db"
    engine = open_engine(url)
    schema.migrate(engine)
    engine.dispose()
    return url


@contextmanager
def durable_postgres() -> Iterator[str]:
    """The address of a migrated database whose commits are on the disk."""
    with running_postgres() as socket, new_database(socket, "load") as url:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute("ALTER SYSTEM RESET ALL")  # the tests' server does not wait for the disk
            admin.execute("SELECT pg_reload_conf()")
        engine = open_engine(url)
        schema.migrate(engine)
        engine.dispose()
        yield url
