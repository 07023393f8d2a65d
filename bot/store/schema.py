"""Bringing a database's schema up to date, and saying whether it is."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

# Any number will do, as long as every process of ours uses the same.
MIGRATING = 7_202_611


def migrate(engine: Engine) -> None:
    """Bring the schema up to date, in one transaction; does nothing where it already is.

    Two processes that migrate at once take turns.
    """
    with engine.begin() as db:
        if db.dialect.name == "postgresql":
            # It may take longer than an event's statements, and waits for old processes.
            db.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        config = _config()
        config.attributes["connection"] = db
        command.upgrade(config, "head")


@cache
def newest() -> str:
    """The revision that this program was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(db: Connection) -> str:
    """The revision that the database is at; empty: it has no tables of ours."""
    return MigrationContext.configure(db).get_current_revision() or ""


def fault(engine: Engine) -> str:
    """What keeps this program from using the database, and the cure; empty: nothing."""
    try:
        with engine.connect().execution_options(only_reads=True) as db:
            found = current(db)
    except SQLAlchemyError as err:
        cause = getattr(err, "orig", None) or err  # the message may name the account: left out
        return f"資料庫連不上（{type(cause).__name__}）：請確認 DATABASE_URL，以及資料庫已啟動。"
    wanted = newest()
    if found == wanted:
        return ""
    return f"資料庫結構是「{found or '空的'}」，程式要「{wanted}」：請執行 python -m bot migrate。"


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
