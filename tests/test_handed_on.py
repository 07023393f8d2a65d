"""A database that one test hands on to the next is as good as a new one, or it is dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text

from bot.store import audit
from bot.store.audit import AuditNote
from bot.store.schema import fault
from tests.handed_on import lent_database
from tests.migrated import migrated

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
FOUND = (
    "SELECT (SELECT oid FROM pg_database WHERE datname = current_database()),"
    " (SELECT count(*) FROM audit), pg_relation_size('audit')"
)


@contextmanager
def _lent(folder: str) -> Iterator[Engine]:
    """The connection to it stays open until it was put back."""
    with lent_database(folder, f"h_{uuid4().hex}") as url:
        engine = migrated(create_engine(url))
        yield engine
    engine.dispose()


def _found(engine: Engine) -> tuple[int, int, int]:
    """Which database it is, how many lines are in it, and the room that lines take."""
    with engine.connect() as db:
        oid, lines, size = db.execute(text(FOUND)).one()
    return oid, lines, size


def _leave_a_line(engine: Engine) -> None:
    with engine.begin() as db:
        audit.note(db, AuditNote(channel_id="own", at=NOW, actor="a", what="b", subject="c"))


def test_the_next_one_finds_the_same_tables_without_a_row(postgres_folder: str) -> None:
    with _lent(postgres_folder) as engine:
        _leave_a_line(engine)
        first = _found(engine)
    with _lent(postgres_folder) as engine:
        second = _found(engine)

    assert first[1] == 1
    assert second == (first[0], 0, 0)


def test_a_database_whose_tables_were_changed_is_not_handed_on(postgres_folder: str) -> None:
    with _lent(postgres_folder) as engine:
        with engine.begin() as db:
            db.execute(text("ALTER TABLE audit DROP COLUMN actor"))
        changed = _found(engine)[0]
    with _lent(postgres_folder) as engine:
        _leave_a_line(engine)
        next_one = _found(engine)

    assert next_one[0] != changed
    assert next_one[1] == 1


def test_nor_one_that_says_it_is_of_another_revision(postgres_folder: str) -> None:
    with _lent(postgres_folder) as engine, engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with _lent(postgres_folder) as engine:
        assert fault(engine) == ""
