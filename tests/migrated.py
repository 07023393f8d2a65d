"""Databases with every table, quickly: migrated once a process, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Engine

from bot.store import schema
from bot.store.engine import open_engine
from tests.handed_on import shelf

TEMPLATE = "migrated"  # a database of PostgreSQL that the others are copied from


def migrated(engine: Engine) -> Engine:
    """The engine, its database brought up to date; one that is still empty becomes a copy."""
    path = Path(engine.url.database or "")
    if engine.dialect.name == "postgresql":
        is_copy = _copy_template(engine)
    elif is_copy := bool(engine.url.database) and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_sqlite_file(), path)
    if not is_copy:
        schema.migrate(engine)
    return engine


def _copy_template(engine: Engine) -> bool:
    """Whether it was empty, and is a copy now."""
    with engine.connect() as db:
        is_empty = not schema.current(db)
    engine.dispose()  # nobody may be connected to what is replaced
    if is_empty:
        _migrated_on(engine.url.set(database=TEMPLATE))
        shelf(str(engine.url.query["host"])).swap_for_migrated(str(engine.url.database), TEMPLATE)
    return is_empty


@cache
def _migrated_on(server: URL) -> None:
    """The template is there on this server."""
    with shelf(str(server.query["host"])).admin() as admin:
        admin.execute(f'CREATE DATABASE "{TEMPLATE}"')
    engine = open_engine(server.set(database=TEMPLATE).render_as_string(hide_password=False))
    schema.migrate(engine)
    engine.dispose()


@cache
def _sqlite_file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="migrated-")) / "bot.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.migrate(engine)
    engine.dispose()  # the last to leave writes the journal into the file
    return path
