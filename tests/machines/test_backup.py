"""What docs/runbook.md says of backing up and restoring, done."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, make_url

from bot.store.engine import open_engine
from bot.store.tables import Person
from tests.cli.process import bot
from tests.cluster import new_database, programs
from tests.machines.filled import FIRST, address, contents, fill
from tests.migrated import migrated


@pytest.fixture
def house(sqlite_url: str) -> Iterator[Engine]:
    engine = migrated(open_engine(sqlite_url))
    fill(engine)
    yield engine
    engine.dispose()


def test_a_restored_sqlite_file_is_the_one_that_was_backed_up(
    house: Engine, tmp_path: Path
) -> None:
    before = contents(house)
    told = bot("backup", str(tmp_path / "copy.db"), database_url=address(house))
    with house.begin() as db:
        db.execute(Person.__table__.delete())

    house.dispose()
    for beside in ("bot.db-wal", "bot.db-shm"):
        (tmp_path / beside).unlink(missing_ok=True)
    shutil.copy(tmp_path / "copy.db", tmp_path / "bot.db")

    assert told.returncode == 0, told.stderr
    assert "已備份" in told.stdout
    assert contents(house) == before
    assert bot("migrate", database_url=address(house)).returncode == 0


def test_a_backup_beside_a_bot_that_writes_is_whole(house: Engine, tmp_path: Path) -> None:
    enough = threading.Event()
    writing = threading.Thread(target=_write, args=(house, enough))
    writing.start()
    told = bot("backup", str(tmp_path / "copy.db"), database_url=address(house))
    enough.set()
    writing.join()

    copy = open_engine(f"sqlite:///{tmp_path / 'copy.db'}")
    people = [row for row in contents(copy)["person"] if "'pair'" in row]
    copy.dispose()
    assert told.returncode == 0, told.stderr
    assert len(people) % 2 == 0  # two are written in one transaction, always


def _write(engine: Engine, enough: threading.Event) -> None:
    for number in range(100_000):
        if enough.is_set():
            return
        two = [
            {
                "channel_id": "pair",
                "user_id": f"{number}-{which}",
                "first_seen_at": FIRST,
                "last_seen_at": FIRST,
            }
            for which in "ab"
        ]
        with engine.begin() as db:
            db.execute(insert(Person.__table__), two)


def test_nothing_is_written_over(house: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("an older backup")

    told = bot("backup", str(kept), database_url=address(house))

    assert told.returncode == 1
    assert "已經存在" in told.stderr
    assert kept.read_text() == "an older backup"


def test_a_folder_that_is_not_there_is_said_so(house: Engine, tmp_path: Path) -> None:
    told = bot("backup", str(tmp_path / "no" / "copy.db"), database_url=address(house))

    assert told.returncode == 1
    assert "資料夾" in told.stderr


def test_another_database_is_told_what_to_use() -> None:
    told = bot("backup", "x.dump", database_url="postgresql://h/d")

    assert told.returncode == 1
    assert "pg_dump" in told.stderr


def test_a_restored_postgresql_database_is_the_one_that_was_dumped(
    postgres_url: str, postgres_folder: str, tmp_path: Path
) -> None:
    house = migrated(open_engine(postgres_url))
    fill(house)
    before = contents(house)
    dump = str(tmp_path / "bot.dump")
    folder = programs(postgres_folder)
    _run(folder / "pg_dump", "--format=custom", f"--file={dump}", f"--dbname={plain(postgres_url)}")
    house.dispose()

    with new_database(postgres_folder, "restored") as url:
        how = ("--exit-on-error", "--no-owner", "--single-transaction")
        _run(folder / "pg_restore", *how, f"--dbname={plain(url)}", dump)
        restored = open_engine(url)
        after = contents(restored)
        restored.dispose()
        ready = bot("migrate", database_url=url)

    assert after == before
    assert ready.returncode == 0, ready.stderr


def plain(url: str) -> str:
    """As PostgreSQL's own programs read it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: Path, *argv: str) -> None:
    subprocess.run([str(program), *argv], check=True, timeout=60)
