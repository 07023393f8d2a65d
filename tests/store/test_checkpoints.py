"""What is committed to SQLite is moved into its file by a thread beside, once it is much."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.store import checkpoints
from bot.store.checkpoints import moved_along
from bot.store.engine import open_engine

MUCH = 200_000  # bytes


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(checkpoints, "LOOK_S", 0.01)
    engine = open_engine(f"sqlite:///{tmp_path / 'bot.db'}")
    with engine.begin() as db:
        db.execute(text("CREATE TABLE page (words TEXT)"))
    yield engine
    engine.dispose()


def write(engine: Engine, length: int) -> None:
    with engine.begin() as db:
        db.execute(text("INSERT INTO page VALUES (:words)"), {"words": "字" * length})


def in_the_file(engine: Engine) -> int:
    """Bytes that are in the file itself, whatever its log holds."""
    return Path(str(engine.url.database)).stat().st_size


def length_of_log(engine: Engine) -> int:
    return Path(f"{engine.url.database}-wal").stat().st_size


def is_written_over(engine: Engine) -> bool:
    """Whether what is written next finds room in the log as it is."""
    before = length_of_log(engine)
    write(engine, 1)
    return length_of_log(engine) == before


def grows(engine: Engine, to: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while in_the_file(engine) < to and time.monotonic() < until:
        time.sleep(0.01)
    return in_the_file(engine) >= to


def test_a_long_log_is_moved_and_begins_anew(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "LARGEST", MUCH)
    with moved_along(kept):
        write(kept, MUCH)
        moved = grows(kept, MUCH, seconds=10)
        until = time.monotonic() + 10
        while not (anew := is_written_over(kept)) and time.monotonic() < until:
            time.sleep(0.01)  # the log begins anew once nothing came since it was moved

    assert moved
    assert anew


def test_a_log_that_is_written_over_is_as_long_as_what_is_in_use(
    kept: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LARGEST", MUCH)
    with moved_along(kept):
        write(kept, MUCH)
        grows(kept, MUCH, seconds=10)
        until = time.monotonic() + 10
        while not is_written_over(kept) and time.monotonic() < until:
            time.sleep(0.01)
        before = in_the_file(kept)
        write(kept, MUCH // 10)
        early = grows(kept, before + 1, seconds=0.3)
        write(kept, MUCH)
        late = grows(kept, before + MUCH, seconds=10)

    assert (early, late) == (False, True)


def test_a_short_log_is_left_until_its_time_has_come(
    kept: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moved_along(kept):
        write(kept, MUCH)
        early = grows(kept, MUCH, seconds=0.3)
        monkeypatch.setattr(checkpoints, "LONGEST_S", 0.0)
        late = grows(kept, MUCH, seconds=10)

    assert (early, late) == (False, True)


def test_a_file_that_is_held_is_moved_later(
    kept: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(checkpoints, "LARGEST", 0)
    with closing(sqlite3.connect(str(kept.url.database))) as reader:
        write(kept, 1)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM page").fetchone()  # what it reads must stay in the log
        with moved_along(kept):
            write(kept, MUCH)
            held = grows(kept, MUCH, seconds=0.3)
            reader.rollback()
            let_go = grows(kept, MUCH, seconds=10)

    assert (held, let_go) == (False, True)


def test_other_databases_are_left_alone() -> None:
    with moved_along(open_engine("sqlite:///:memory:")):
        pass
