"""What the driver runs by itself is of SQLAlchemy's transaction, and fails as SQLAlchemy does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store import by_driver, people
from bot.store.engine import open_engine
from bot.store.passing import is_passing
from bot.store.prepared import Prepared
from bot.store.tables import Person
from bot.store.upsert import new_row
from tests.store.events_of import NOON

NEW = Prepared(lambda dialect: new_row(dialect, Person))
SOMEBODY = {
    "channel_id": "default",
    "user_id": "U1",
    "first_seen_at": NOON,
    "last_seen_at": NOON,
    "role": "",
    "wrong_codes": 0,
    "burst": 0,
}


def known(engine: Engine) -> list[str]:
    with engine.connect() as db:
        return list(db.scalars(select(Person.user_id)))


@pytest.mark.parametrize("begun", [True, False])
def test_it_is_kept_with_the_transaction(engine: Engine, begun: bool) -> None:
    with engine.connect() as db:
        if begun:
            db.begin()
        NEW.run(db, SOMEBODY)
        db.rollback()
    assert known(engine) == []

    with engine.connect() as db:
        if begun:
            db.begin()
        NEW.run(db, SOMEBODY)
        db.commit()
    assert known(engine) == ["U1"]


def test_its_failure_is_sqlalchemys_and_tells_no_value(engine: Engine) -> None:
    with engine.begin() as db:
        NEW.run(db, SOMEBODY)

    with pytest.raises(IntegrityError) as caught, engine.begin() as db:
        NEW.run(db, SOMEBODY)

    assert "INSERT INTO person" in str(caught.value)
    assert "U1" not in str(caught.value).replace(str(caught.value.orig), "")
    assert not is_passing(caught.value)


def test_a_value_that_no_driver_takes_costs_no_connection(engine: Engine) -> None:
    with engine.connect() as db:
        with pytest.raises((UnicodeEncodeError, DBAPIError)):
            NEW.run(db, {**SOMEBODY, "user_id": "\ud800"})
        assert not db.invalidated
        db.rollback()
        people.see(db, "default", "U2", NOON)
        db.commit()

    assert known(engine) == ["U2"]


def test_a_connection_that_the_server_ended_is_given_up(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as db:
        with pytest.raises(DBAPIError) as caught:
            by_driver.run(db, "SELECT pg_terminate_backend(pg_backend_pid())", None)
        assert db.invalidated
    with engine.connect() as db:
        assert db.scalar(text("SELECT 1")) == 1
    engine.dispose()

    assert is_passing(caught.value)
    assert caught.value.connection_invalidated


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_whoever_is_stopped_in_the_middle_leaves_no_half_used_connection(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as db:
        with pytest.raises(KeyboardInterrupt), interrupted_after(0.2):
            by_driver.run(db, "SELECT pg_sleep(20)", None)
        assert db.invalidated
    with engine.connect() as db:
        assert db.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_who_listens_hears_of_it(engine: Engine) -> None:
    heard: list[str] = []
    with engine.begin() as db:
        for name in ("before_cursor_execute", "after_cursor_execute"):
            event.listen(db, name, lambda *args: heard.append(args[2]))
        NEW.run(db, SOMEBODY)
        NEW.run_all(db, [{**SOMEBODY, "user_id": name} for name in ("U2", "U3")])

    assert [words[:24].strip() for words in heard] == ["INSERT INTO person (chan"] * 4
