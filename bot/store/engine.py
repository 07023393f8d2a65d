"""Engines: how the database is opened, the same way everywhere."""

import math
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

from bot.later import later
from bot.model.plain import as_json
from bot.store import by_driver
from bot.store.sqlite_queue import queue_up

if TYPE_CHECKING:
    from bot.store import green_connection
else:
    green_connection = later("bot.store.green_connection")

LOCK_WAIT_S = 15  # how long a writer waits for another one
# How long PostgreSQL works on one statement: none of ours takes a second. SQLite has no such bound.
STATEMENT_S = 60
POOL_SIZE = 12  # a web process: rounds, some that go the long way, settled replies; ten more pass
CONNECT_S = 5
KNOCK_AFTER_S = 0.1  # since a connection was used: whether it is still one is asked first
USED_AT = "used at"
IS_OURS = "its session on the server is ours alone"
FIRST_PLANS_S, PLANS_UNTIL = 1.0, "plans until"
PREPARED_AFTER = 5  # runs of one statement over one connection
# Bytes. What an event changes stands on fifteen pages and more, each of which is written whole.
PAGE = 1024
LONGEST_LOG = 512 * 2**20  # bytes; twice the length at which `checkpoints` moves it
POOL_WAIT_S = 5  # for a connection that another thread holds: LINE waits two seconds, people few
# A database's machine that vanishes says nothing: without these a query waits a quarter of an hour.
ALIVE = {
    "connect_timeout": CONNECT_S,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def open_engine(url: str) -> Engine:
    """An engine for this address; nothing is connected yet. An SQLite file's folder is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            parsed,
            hide_parameters=True,
            json_serializer=as_json,
            pool_size=POOL_SIZE,
            pool_timeout=POOL_WAIT_S,
            pool_use_lifo=True,  # the one used last has all at hand
            connect_args=ALIVE,
        )
        if _waits_green():
            event.listen(engine, "do_connect", _connect_green)
        event.listen(engine, "connect", _take_up)
        event.listen(engine, "begin", _begin_bounded)
        event.listen(engine, "checkin", _note_when)
        event.listen(engine, "checkout", _look_to)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            hide_parameters=True,
            json_serializer=as_json,
            pool_size=POOL_SIZE,
            pool_timeout=POOL_WAIT_S,
            pool_use_lifo=True,
            connect_args={"timeout": LOCK_WAIT_S},
        )
    else:
        engine = create_engine(parsed, hide_parameters=True, json_serializer=as_json)
    event.listen(engine, "connect", _prepare)
    if parsed.database and parsed.database != ":memory:":
        queue_up(engine, Path(f"{parsed.database}.queue"), LOCK_WAIT_S)
    event.listen(engine, "begin", _begin)
    return engine


def _waits_green() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("select"))


def _connect_green(_dialect: object, _record: object, where: Any, how: Any) -> Any:
    return green_connection.GreenConnection.connect(*where, **how)


def _take_up(connection: Any, record: Any) -> None:
    # The driver would begin by itself, with a call of its own for it.
    connection.autocommit = True
    # What is prepared on the server stays with the session. A pooler such as PgBouncer may give
    # each transaction another one, where it would not be found: it names a process of its own.
    told = connection.info.backend_pid
    is_ours = connection.execute("SELECT pg_backend_pid()").fetchone()[0] == told
    record.info[IS_OURS] = is_ours
    connection.prepare_threshold = PREPARED_AFTER if is_ours else None
    if is_ours:
        connection.execute(_bounds("SET SESSION"))
        record.info[PLANS_UNTIL] = (monotonic() + FIRST_PLANS_S, FIRST_PLANS_S)


def _bounds(how: str) -> str:
    return f"{how} statement_timeout = '{STATEMENT_S}s'; {how} lock_timeout = '{LOCK_WAIT_S}s'"


def _begin_bounded(connection: Connection) -> None:
    if not connection.info[IS_OURS]:  # the next transaction may have another session
        by_driver.begin(connection, f"BEGIN; {_bounds('SET LOCAL')}")
        return
    options = connection.get_execution_options()
    # What only reads has each statement for itself, as it sees the rows of its own moment anyway.
    # And its end would be a ROLLBACK, after which the driver prepares all statements anew. So has
    # whoever writes all in one statement, and says so.
    if not (options.get("only_reads") or options.get("each_by_itself")):
        by_driver.begin(connection, "BEGIN")


def stays_the_same(connection: Connection) -> bool:
    """Whether its session on PostgreSQL is the same in the next transaction: no pooler's."""
    return bool(connection.info[IS_OURS])


def may_be_used_again(connection: Connection, used_at: float) -> bool:
    """Whether one that was kept since then (of the monotonic clock) needs not go to the pool, where
    it is asked whether it is alive, or plans anew.
    """
    now = monotonic()
    until, _ = connection.info.get(PLANS_UNTIL, (math.inf, 0.0))
    return now < until and now - used_at < KNOCK_AFTER_S


def _note_when(_connection: Any, record: Any) -> None:
    record.info[USED_AT] = monotonic()


def _look_to(connection: Any, record: Any, _proxy: object) -> None:
    """A database that was restarted costs one reconnect, and no answer.

    Whoever meets it with a connection that was in use a moment ago tries again (`passing`). And
    what the server planned while a table was empty it would go on with, through all rows of a
    channel, until it has counted them: it plans anew, after longer and longer times.
    """
    now = monotonic()
    until, planned_for_s = record.info.get(PLANS_UNTIL, (math.inf, 0.0))
    plans_anew = now >= until
    if not plans_anew and now - record.info.get(USED_AT, now) < KNOCK_AFTER_S:
        return
    try:
        connection.execute("DISCARD PLANS" if plans_anew else "")
    except connection.OperationalError as err:
        raise DisconnectionError from err
    if plans_anew:
        record.info[PLANS_UNTIL] = (now + 2 * planned_for_s, 2 * planned_for_s)


def _prepare(connection: Any, _record: object) -> None:
    # The driver would open transactions by itself, and too late: reads before the first write
    # would stand outside of them, and two processes could overwrite each other unnoticed.
    connection.isolation_level = None
    connection.execute(f"pragma page_size={PAGE}")  # of a new file; another keeps what it has
    connection.execute("pragma journal_mode=wal")
    # What was answered is on the disk before the answer goes out, whatever becomes of the machine.
    connection.execute("pragma synchronous=full")
    [(page,)] = connection.execute("pragma page_size").fetchall()
    # Moving pages into the file waits for the disk: mostly `checkpoints` has done it before, which
    # sees by the length of the log how much there is to move.
    connection.execute(f"pragma wal_autocheckpoint={LONGEST_LOG // page}")
    connection.execute("pragma temp_store=memory")  # what a statement may have to undo
    connection.execute("pragma foreign_keys=on")


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a plain BEGIN that writes later fails with "locked".
    reads = connection.get_execution_options().get("only_reads")
    by_driver.begin(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")
