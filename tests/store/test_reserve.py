"""A connection is kept from one event to the next, as long as it is sure to be as it was."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from bot.store import engine as engines
from bot.store.engine import open_engine, stays_the_same
from bot.store.reserve import Reserve


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    """A PostgreSQL of its own; the connections are counted that its pool gives out."""
    engine = open_engine(postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture
def taken(engine: Engine) -> list[object]:
    """What the pool gave out so far."""
    given: list[object] = []
    event.listen(engine, "checkout", lambda *args: given.append(args[0]))
    return given


def used(reserve: Reserve) -> bool:
    """One use of it; whether it may be kept after it: not if a pooler stands before the server."""
    with reserve.connection() as db:
        db.execute(text("SELECT 1"))
        return stays_the_same(db)


def test_what_was_used_a_moment_ago_is_used_again(engine: Engine, taken: list[object]) -> None:
    reserve = Reserve(engine)
    may_be_kept = [used(reserve) for _ in range(5)]

    assert len(taken) == (1 if all(may_be_kept) else 5)


def test_two_at_once_have_two(engine: Engine) -> None:
    reserve = Reserve(engine)
    with reserve.connection() as one, reserve.connection() as other:
        assert one is not other


@pytest.mark.parametrize("is_over", ["lay idle", "is to plan anew"])
def test_what_may_have_changed_goes_to_the_pool(
    engine: Engine, taken: list[object], monkeypatch: pytest.MonkeyPatch, is_over: str
) -> None:
    reserve = Reserve(engine)
    used(reserve)
    wait = 2 * engines.KNOCK_AFTER_S if is_over == "lay idle" else 10 * engines.FIRST_PLANS_S
    if is_over == "is to plan anew":
        monkeypatch.setattr(engines, "KNOCK_AFTER_S", 1e6)
    later: Callable[[], float] = engines.monotonic
    monkeypatch.setattr(engines, "monotonic", lambda: later() + wait)
    used(reserve)

    assert len(taken) == 2


def test_after_an_error_it_is_kept_no_more(engine: Engine, taken: list[object]) -> None:
    reserve = Reserve(engine)
    with pytest.raises(DBAPIError), reserve.connection() as db:
        db.execute(text("SELECT no_such_thing"))
    used(reserve)

    assert len(taken) == 2


def test_each_statement_is_kept_by_itself(engine: Engine) -> None:
    reserve = Reserve(engine)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE note (word TEXT)"))
    with reserve.connection() as db, engine.connect() as other:
        db.execute(text("INSERT INTO note VALUES ('kept')"))
        if stays_the_same(db):
            assert other.scalar(text("SELECT word FROM note")) == "kept"
    with engine.connect() as db:
        assert db.scalar(text("SELECT word FROM note")) == "kept"


def test_nothing_is_left_open_at_the_end(engine: Engine, postgres_url: str) -> None:
    reserve = Reserve(engine)
    if not used(reserve):
        pytest.skip("a pooler's sessions are its own")
    with reserve.connection() as db:
        session = db.scalar(text("SELECT pg_backend_pid()"))
    engine.dispose()
    other = open_engine(postgres_url)
    with other.connect() as db:
        living = "SELECT count(*) FROM pg_stat_activity WHERE pid = :session"
        for _ in range(100):
            if not db.scalar(text(living), {"session": session}):
                break
            db.execute(text("SELECT pg_sleep(0.05)"))
        left = db.scalar(text(living), {"session": session})
    other.dispose()

    assert left == 0
