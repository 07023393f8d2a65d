"""Bringing a database's schema up to date, and saying whether it is."""

import logging
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.errors import SettingsError
from bot.later import later
from bot.store.passing import is_held_up

if TYPE_CHECKING:
    from alembic.config import Config

    from bot.store import revisions
else:
    revisions = later("bot.store.revisions")  # a process that serves needs no Alembic

log = logging.getLogger(__name__)

VERSIONS = Path(__file__).parent / "migrations" / "versions"
REVISION = table("alembic_version", column("version_num"))  # Alembic's own

# Any number will do, as long as every process of ours uses the same.
MIGRATING = 7_202_611
# A change of a table waits behind whoever reads it, and everybody else waits behind the change. So
# it waits shorter than LINE waits for an answer, lets all go, and tries again.
LOCK_WAIT_MS = 500
TRIES = 40
BETWEEN_TRIES_S = 1.5
BUSY = (
    "資料庫的表一直有人在用，沒有更新，什麼都沒有改："
    "請等長時間的查詢或備份結束後，再執行一次 python -m bot migrate。"
)


def migrate(engine: Engine) -> None:
    """Bring the schema up to date, in one transaction; does nothing where it already is, or newer.

    Two processes that migrate at once take turns. Others may go on using the database.

    Raises:
        SettingsError: for a minute somebody held a table that is to be changed.
    """
    if fault(engine):
        upgrade(engine, revisions.configured())


def upgrade(engine: Engine, config: "Config") -> None:
    """The same, by the migrations of this configuration."""
    for left in reversed(range(TRIES)):
        try:
            return _upgrade(engine, config)
        except OperationalError as err:
            if engine.dialect.name != "postgresql" or not is_held_up(err):
                raise
            if not left:
                raise SettingsError(BUSY) from err
            log.info("a table is in use, the migration tries again: %d tries left", left)
            time.sleep(BETWEEN_TRIES_S)


def _upgrade(engine: Engine, config: "Config") -> None:
    with engine.begin() as db:
        if db.dialect.name == "postgresql":
            # It may take longer than an event's statements, and waits for old processes.
            db.execute(text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"))
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
            db.execute(text(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}"))
        if not is_newer(current(db), revisions.head(config)):
            revisions.run(db, config)


@cache
def newest() -> str:
    """The revision that this program was written for."""
    # As Alembic finds it: files are named by their revision, and each follows the one before.
    return max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))


def is_newer(found: str, ours: str) -> bool:
    """Whether a database was migrated by a later program than the one whose newest is `ours`.

    Migrations are written so that the program before them goes on: it serves until it is replaced.
    """
    return found.isdigit() and ours.isdigit() and int(found) > int(ours)


def current(db: Connection) -> str:
    """The revision that the database is at; empty: it has no tables of ours."""
    if not inspect(db).has_table(REVISION.name):
        return ""
    return str(db.scalar(select(REVISION.c.version_num)) or "")


def fault(engine: Engine) -> str:
    """What keeps this program from using the database, and the cure; empty: nothing."""
    try:
        with engine.connect().execution_options(only_reads=True) as db:
            found = current(db)
    except SQLAlchemyError as err:
        cause = getattr(err, "orig", None) or err  # the message may name the account: left out
        return f"資料庫連不上（{type(cause).__name__}）：請確認 DATABASE_URL，以及資料庫已啟動。"
    wanted = newest()
    if found == wanted or is_newer(found, wanted):
        return ""
    return f"資料庫結構是「{found or '空的'}」，程式要「{wanted}」：請執行 python -m bot migrate。"
