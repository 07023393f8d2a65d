"""Databases with every table, quickly: migrated once a process, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from bot.store import schema
from bot.store.engine import open_engine


def migrated(engine: Engine) -> Engine:
    """The engine, its database brought up to date; a new SQLite file begins as a copy."""
    path = Path(engine.url.database or "")
    if engine.dialect.name == "sqlite" and engine.url.database and not path.exists():
        shutil.copy(_once(), path)
    schema.migrate(engine)
    return engine


@cache
def _once() -> Path:
    path = Path(tempfile.mkdtemp(prefix="migrated-")) / "bot.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.migrate(engine)
    engine.dispose()  # the last to leave writes the journal into the file
    return path
