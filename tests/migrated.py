"""Databases with every table, quickly: migrated once a process, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Engine, text

from bot.store import schema
from bot.store.engine import open_engine

TEMPLATE = "migrated"  # a database of PostgreSQL that the others are copied from


def migrated(engine: Engine) -> Engine:
    """The engine, its database brought up to date; one that is still empty becomes a copy."""
    path = Path(engine.url.database or "")
    if engine.dialect.name == "postgresql":
        _copy_template(engine)
    elif engine.url.database and not path.exists():
        shutil.copy(_sqlite_file(), path)
    schema.migrate(engine)
    return engine


def _copy_template(engine: Engine) -> None:
    with engine.connect() as db:
        is_empty = not schema.current(db)
    engine.dispose()  # nobody may be connected to what is replaced
    if is_empty:
        admin = _template(engine.url.set(database="postgres"))
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text(f'DROP DATABASE "{engine.url.database}"'))
            db.execute(text(f'CREATE DATABASE "{engine.url.database}" TEMPLATE "{TEMPLATE}"'))
        admin.dispose()


@cache
def _template(server: URL) -> Engine:
    """Makes the template on this server; gives the way in that makes databases there."""
    admin = open_engine(server.render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(f'CREATE DATABASE "{TEMPLATE}"'))
    admin.dispose()
    engine = open_engine(server.set(database=TEMPLATE).render_as_string(hide_password=False))
    schema.migrate(engine)
    engine.dispose()
    return admin


@cache
def _sqlite_file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="migrated-")) / "bot.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.migrate(engine)
    engine.dispose()  # the last to leave writes the journal into the file
    return path
