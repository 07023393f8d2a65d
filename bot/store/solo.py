"""Work that one process at a time does in a channel; the others pass it by.

By advisory locks that end with their transaction: a process that dies lets go at once, and a pooler
that gives each transaction another connection (PgBouncer) does no harm. On SQLite the one writer is
alone anyway.
"""

from enum import IntEnum

from sqlalchemy import Connection, text


class Solo(IntEnum):
    """Each kind of work: any number will do that no other lock of ours has."""

    STARTING = 7_202_613  # of broadcasts: their audience is read
    QUEUEING = 7_202_614  # of broadcasts' parts
    TIDYING = 7_202_615


def take(db: Connection, work: Solo, channel_id: str) -> bool:
    """Whether this process does it until the transaction ends; False: another one is at it."""
    if db.dialect.name != "postgresql":
        return True
    wanted = text("SELECT pg_try_advisory_xact_lock(:work, hashtext(:channel))")
    return bool(db.scalar(wanted, {"work": int(work), "channel": channel_id}))
