"""What passes by itself is told from what would fail each time."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.store import people, revisions, schema
from bot.store.engine import PREPARED_AFTER, open_engine
from bot.store.passing import is_passing
from tests.migrated import migrated
from tests.store.events_of import NOON


def failure(engine: Engine, words: str = "SELECT 1") -> SQLAlchemyError:
    with pytest.raises(SQLAlchemyError) as caught, engine.connect() as db:
        db.execute(text(words))
    return caught.value


def test_a_server_that_cannot_be_reached_passes() -> None:
    away = open_engine("postgresql+psycopg://postgres@/nowhere?host=/nowhere")

    assert is_passing(failure(away))


def test_a_server_that_cannot_be_reached_holds_no_migration_up() -> None:
    away = open_engine("postgresql+psycopg://postgres@/nowhere?host=/nowhere")

    with pytest.raises(OperationalError):  # at once: nothing says that a table is in use
        schema.upgrade(away, revisions.configured())


def test_a_connection_that_the_server_ended_passes(postgres_url: str) -> None:
    engine = open_engine(postgres_url)

    assert is_passing(failure(engine, "SELECT pg_terminate_backend(pg_backend_pid())"))


def test_what_is_wrong_in_itself_does_not_pass(engine: Engine) -> None:
    assert not is_passing(failure(engine, "SELECT nothing FROM nowhere"))
    assert not is_passing(failure(engine, "SELECT 1 +"))


def test_what_stands_prepared_is_prepared_anew_when_a_migration_changed_what_it_reads(
    postgres_url: str,
) -> None:
    engine = migrated(open_engine(postgres_url))

    def seen() -> int:
        with engine.begin() as db:
            return people.see(db, "default", "U1", NOON)

    for _ in range(PREPARED_AFTER + 1):
        seen()
    with engine.connect() as beside, engine.connect() as migrating:
        migrating.execute(text("ALTER TABLE person ALTER burst TYPE bigint"))
        migrating.commit()
        with pytest.raises(SQLAlchemyError) as caught:
            people.see(beside, "default", "U1", NOON)
        beside.rollback()
        again = people.see(beside, "default", "U1", NOON)
    engine.dispose()

    assert is_passing(caught.value)
    assert again == PREPARED_AFTER + 2
