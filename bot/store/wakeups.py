"""Waking workers: whoever makes something due rings, in the transaction that makes it so.

PostgreSQL hands a ring on when that transaction commits (NOTIFY), to whoever listens (LISTEN) on a
connection of its own: a pooler that gives each transaction another connection cannot listen. A ring
that nobody heard costs a few seconds: workers look by themselves, too.
"""

import logging
from typing import TYPE_CHECKING

from sqlalchemy import Connection, make_url, text

from bot.later import later
from bot.store.engine import ALIVE

if TYPE_CHECKING:
    import psycopg
    from psycopg import conninfo
else:
    psycopg, conninfo = later("psycopg"), later("psycopg.conninfo")

log = logging.getLogger(__name__)

BELL = "shizhong_due"
LISTEN_S = 0.5  # of one wait: so long a process that is to end may go on listening


def ring(db: Connection) -> None:
    """Wake the workers once this transaction is committed; on SQLite they look by themselves."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_notify(:bell, '')"), {"bell": BELL})


class Ear:
    """Hears rings, on a connection that goes straight to the database. For one thread."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: of the database itself, as SQLAlchemy writes it; nothing is connected yet.
        """
        plain = make_url(url).set(drivername="postgresql")
        self._address = conninfo.make_conninfo(plain.render_as_string(hide_password=False), **ALIVE)
        self._connection: psycopg.Connection | None = None

    def hears(self) -> bool:
        """Whether it rang, after half a second at most; also where it may have, unheard.

        Raises:
            psycopg.Error: the database cannot be reached; the next call tries again.
        """
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._address, autocommit=True)
                self._connection.execute(f"LISTEN {BELL}")
                return True
            heard = list(self._connection.notifies(timeout=LISTEN_S, stop_after=1))
            if heard:  # what rang more than once meanwhile is one reason to look
                list(self._connection.notifies(timeout=0))
            return bool(heard)
        except psycopg.Error:
            self.close()
            raise

    def close(self) -> None:
        """Listen no more."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
