"""What passes by itself is told from what would fail each time."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.store import revisions, schema
from bot.store.engine import open_engine
from bot.store.passing import is_passing


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
