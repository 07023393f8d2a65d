"""Writers of one SQLite file take turns: over threads and processes, whatever becomes of them."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.store import engine as engines
from bot.store.engine import open_engine

PATIENCE_S = 20


def make(url: str) -> None:
    with open_engine(url).begin() as db:
        db.execute(text("CREATE TABLE counter (n INTEGER)"))
        db.execute(text("INSERT INTO counter VALUES (0)"))


def add(url: str, times: int) -> None:
    engine = open_engine(url)
    for _ in range(times):
        with engine.begin() as db:
            before = db.scalar(text("SELECT n FROM counter"))
            db.execute(text("UPDATE counter SET n = :n"), {"n": before + 1})
    engine.dispose()


def die_while_writing(url: str) -> None:
    with open_engine(url).begin() as db:
        db.execute(text("UPDATE counter SET n = 1000"))
        os.kill(os.getpid(), signal.SIGKILL)


def count(url: str) -> int:
    engine = open_engine(url)
    with engine.begin() as db:
        found: int = db.scalar(text("SELECT n FROM counter"))
    engine.dispose()
    return found


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'one.db'}"
    make(made)
    return made


def test_no_writers_work_is_lost_among_threads_and_processes(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=add, args=(url, 30)) for _ in range(2)]
    threads = [threading.Thread(target=add, args=(url, 30)) for _ in range(3)]
    for one in (*processes, *threads):
        one.start()
    for one in (*processes, *threads):
        one.join(PATIENCE_S)

    assert [p.exitcode for p in processes] == [0, 0]
    assert count(url) == 150


def test_whoever_dies_while_writing_blocks_nobody_and_leaves_nothing(url: str) -> None:
    process = multiprocessing.get_context("spawn").Process(target=die_while_writing, args=(url,))
    process.start()
    process.join(PATIENCE_S)

    assert process.exitcode == -signal.SIGKILL
    assert count(url) == 0


def test_a_turn_ends_with_an_error_too(url: str) -> None:
    engine = open_engine(url)
    with pytest.raises(ZeroDivisionError), engine.begin():
        raise ZeroDivisionError

    assert count(url) == 0  # by another connection, which would wait for ever
    engine.dispose()


def test_two_writes_over_one_connection_do_not_wait_for_each_other(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as db:
        for _ in range(2):
            with db.begin():
                db.execute(text("UPDATE counter SET n = n + 1"))
    assert count(url) == 2
    engine.dispose()


def test_whoever_waits_too_long_is_told_that_it_is_locked(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_WAIT_S", 0.05)
    holding, waiting, elsewhere = (open_engine(url) for _ in range(3))
    with holding.begin():
        for late in (holding, waiting):  # over the same engine, and of another
            with pytest.raises(OperationalError, match="locked"), late.begin():
                raise AssertionError("two write at once")

    with elsewhere.begin() as db:
        assert db.scalar(text("SELECT n FROM counter")) == 0
    for engine in (holding, waiting, elsewhere):
        engine.dispose()


def test_readers_do_not_queue(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as writing:
        writing.execute(text("UPDATE counter SET n = 7"))
        with open_engine(url).connect().execution_options(only_reads=True) as reading:
            assert reading.scalar(text("SELECT n FROM counter")) == 0
    engine.dispose()
