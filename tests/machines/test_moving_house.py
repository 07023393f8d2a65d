"""All data from SQLite to PostgreSQL: counted, compared, or not moved at all."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, insert, select, update

from bot.errors import CopyRefused
from bot.store import engine as engines
from bot.store.engine import open_engine
from bot.store.every_table import EVERY
from bot.store.moving_house import AT_A_TIME, move
from bot.store.tables import Person
from tests.cli.process import bot
from tests.machines.filled import FIRST, ROWS, address, contents, fill
from tests.migrated import migrated


@pytest.fixture
def source(sqlite_url: str) -> Iterator[Engine]:
    engine = migrated(open_engine(sqlite_url))
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def target(postgres_url: str) -> Iterator[Engine]:
    engine = migrated(open_engine(postgres_url))
    yield engine
    engine.dispose()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as db:
        return {
            t.name: db.scalar(select(func.count()).select_from(t)) or 0 for t in EVERY.sorted_tables
        }


def test_every_row_of_every_table_goes_over_and_is_counted(source: Engine, target: Engine) -> None:
    told = bot("migrate-data", "--from", address(source), "--to", address(target))

    assert told.returncode == 0, told.stderr
    assert contents(target) == contents(source)
    assert set(counts(target).values()) == {ROWS}
    lines = told.stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [t.name for t in EVERY.sorted_tables]
    assert f"{len(lines) - 1}個表，共{ROWS * (len(lines) - 1):,}列" in lines[-1]


def test_more_rows_than_are_read_at_once_go_over(source: Engine, target: Engine) -> None:
    rows = AT_A_TIME + 1
    many = [
        {"channel_id": "c", "user_id": f"U{n}", "first_seen_at": FIRST, "last_seen_at": FIRST}
        for n in range(rows)
    ]
    with source.begin() as db:
        db.execute(insert(Person.__table__), many)

    moved = {one.table: one.rows for one in move(source, target)}

    assert moved["person"] == ROWS + rows == counts(target)["person"]


def test_a_target_that_is_not_empty_is_left_as_it_is(source: Engine, target: Engine) -> None:
    move(source, target)
    before = contents(target)

    told = bot("migrate-data", "--from", address(source), "--to", address(target))

    assert told.returncode == 1
    assert "不是空的" in told.stderr
    assert contents(target) == before


def test_a_target_without_tables_is_told_how_to_get_them(source: Engine, postgres_url: str) -> None:
    told = bot("migrate-data", "--from", address(source), database_url=postgres_url)

    assert told.returncode == 1
    assert "目的地" in told.stderr
    assert "python -m bot migrate" in told.stderr


@pytest.mark.parametrize("what", ["長" * 65, "\0"])
def test_a_row_that_postgresql_does_not_take_lets_nothing_go_over(
    source: Engine, target: Engine, what: str
) -> None:
    with source.begin() as db:
        db.execute(update(Person).where(Person.user_id == "字1'").values(role=what))

    with pytest.raises(CopyRefused, match="person") as told:
        move(source, target)

    assert what not in str(told.value)
    assert set(counts(target).values()) == {0}


def test_while_somebody_writes_nothing_is_moved(
    source: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_WAIT_S", 0)
    impatient = open_engine(address(source))
    with source.begin(), pytest.raises(CopyRefused, match="先停掉"):
        move(impatient, target)
    impatient.dispose()

    assert set(counts(target).values()) == {0}


@pytest.mark.parametrize("way", [("--from", "postgresql://h/d"), ("--from", "sqlite:///x.db")])
def test_another_way_than_from_sqlite_to_postgresql_is_refused(way: tuple[str, str]) -> None:
    told = bot("migrate-data", *way, database_url="sqlite:///y.db")

    assert told.returncode == 1
    assert "只能從 SQLite" in told.stderr


def test_no_table_counts_its_own_keys() -> None:
    # One that did would need its sequence set after the move.
    assert [t.name for t in EVERY.sorted_tables if t.autoincrement_column is not None] == []
