"""Engines: how the database is opened, the same way everywhere."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from bot.store.sqlite_queue import queue_up

LOCK_WAIT_S = 15  # how long a writer waits for another one on SQLite
POOL_SIZE = 12  # a web process: eight threads, those that settle replies, a tick
CONNECT_S = 5

_as_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def open_engine(url: str) -> Engine:
    """An engine for this address; nothing is connected yet. An SQLite file's folder is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            hide_parameters=True,
            json_serializer=_as_json,
            pool_size=POOL_SIZE,
            pool_pre_ping=True,  # a database that was restarted costs one reconnect, no answer
            connect_args={"connect_timeout": CONNECT_S},
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            hide_parameters=True,
            json_serializer=_as_json,
            pool_size=POOL_SIZE,
            connect_args={"timeout": LOCK_WAIT_S},
        )
    else:
        engine = create_engine(parsed, hide_parameters=True, json_serializer=_as_json)
    event.listen(engine, "connect", _prepare)
    if parsed.database and parsed.database != ":memory:":
        queue_up(engine, Path(f"{parsed.database}.queue"), LOCK_WAIT_S)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    # The driver would open transactions by itself, and too late: reads before the first write
    # would stand outside of them, and two processes could overwrite each other unnoticed.
    connection.isolation_level = None
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=normal")
    connection.execute("pragma foreign_keys=on")


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a plain BEGIN that writes later fails with "locked".
    reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
