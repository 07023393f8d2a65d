"""The bot behind a pooler that gives each transaction another connection, as PgBouncer does."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, make_url, select, text

from bot.simulator.server import LineServer
from bot.store import channel_settings
from bot.store.engine import open_engine
from bot.store.tables import Event, EventState, OutboxState
from tests.cli.process import free_port, started, wait_for
from tests.delivery import announced
from tests.delivery.notices import said
from tests.machines.pooler import Pooler, pooled
from tests.machines.stage import QUESTION, ids, line_of, put, states, wait_until
from tests.migrated import migrated
from tests.source import ROOT


@pytest.fixture
def direct(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield migrated(engine)
    engine.dispose()


@pytest.fixture
def pooler(direct: Engine) -> Iterator[tuple[str, Pooler]]:
    with pooled(direct.url.render_as_string(hide_password=False)) as found:
        yield found


def test_each_transaction_runs_on_another_connection(pooler: tuple[str, Pooler]) -> None:
    engine = open_engine(pooler[0])
    found = []
    for _ in range(3):
        with engine.connect() as db:
            found.append(db.scalar(text("SELECT pg_backend_pid()")))
    engine.dispose()

    assert len(set(found)) == 3


@pytest.mark.parametrize(
    "asked",
    [
        "LISTEN somebody",
        "SET statement_timeout = 1",
        "SELECT pg_advisory_lock(1)",
        "CREATE TEMP TABLE t (a int)",
    ],
)
def test_what_would_outlive_its_transaction_is_found(
    pooler: tuple[str, Pooler], asked: str
) -> None:
    engine = open_engine(pooler[0])
    with engine.connect() as db:
        db.execute(text(asked))
        db.rollback()
    engine.dispose()

    assert pooler[1].refused == [asked]


def test_a_statement_that_is_prepared_on_the_server_is_found(pooler: tuple[str, Pooler]) -> None:
    plain = make_url(pooler[0]).set(drivername="postgresql")
    db = psycopg.connect(plain.render_as_string(), autocommit=True)
    with pytest.raises(psycopg.errors.InvalidSqlStatementName):
        db.execute("SELECT 1", prepare=True)
    db.close()

    assert [said.split(":")[0] for said in pooler[1].refused] == ["prepared _pg3_0"]


def test_web_and_two_workers_behind_it_miss_nothing(
    direct: Engine, pooler: tuple[str, Pooler]
) -> None:
    people = ids(30)
    line, port = line_of(*people), free_port()
    announced.known(direct, *people)
    with LineServer(line) as line_url:
        straight = direct.url.render_as_string(hide_password=False)
        channel = line.settings(line_url, pooler[0], listen_url=straight, port=port)
        with (
            started("web", **channel),
            started("worker", **channel),
            started("worker", **channel),
        ):
            here = f"http://127.0.0.1:{port}"
            wait_for(f"{here}/readyz")
            asked = [line.ask(here, f"E{user_id}", user_id, QUESTION) for user_id in people]
            put(direct, *people[:10])
            broadcast = announced.handed_in(direct)
            wait_until(lambda: announced.found(direct, broadcast.id).ended_at is not None)
            wait_until(lambda: set(states(direct)) == {OutboxState.SENT})
            wait_until(lambda: _answered(direct) == len(people))

    assert pooler[1].refused == []
    assert pooler[1].transactions > 100
    assert set(asked) == {200}
    # What comes at once shares a message: the words are counted.
    heard = ["".join(said(line.inbox(user_id))) for user_id in people]
    assert [words.count("系統停機一天") for words in heard] == [1] * 30
    assert [words.count("承辦人員答覆了") for words in heard] == [1] * 10 + [0] * 20
    assert line.problems() == []


# Where SQL is written by hand: what PgBouncer could not give in transaction mode.
OF_A_SESSION = re.compile(
    r"pg_(?:try_)?advisory_(?:lock|unlock)\b|\bWITH HOLD\b|\bCREATE TEMP"
    r"|[\"'](?:LISTEN |SET (?!LOCAL)|PREPARE |DISCARD (?!PLANS))"
)


def of_a_session(text: str) -> list[str]:
    return OF_A_SESSION.findall(text)


def test_only_the_ear_and_whoever_has_no_pooler_keep_anything_in_a_session() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): of_a_session(path.read_text(encoding="utf-8"))
        for path in (ROOT / "bot").rglob("*.py")
    }

    assert len(found) > 300
    keeping = {path for path, words in found.items() if words}
    assert keeping == {"bot/store/wakeups.py", "bot/store/engine.py"}


@pytest.mark.parametrize(
    "planted", ["'SET lock_timeout = 1'", '"SELECT pg_advisory_lock(1)"', '"CREATE TEMP TABLE t"']
)
def test_a_planted_statement_of_a_session_is_found(planted: str) -> None:
    assert len(of_a_session(f"db.execute(text({planted}))")) == 1


def test_what_staff_set_in_one_process_holds_in_the_others_at_once(
    pooler: tuple[str, Pooler],
) -> None:
    one, other = open_engine(pooler[0]), open_engine(pooler[0])
    name = channel_settings.CONTACTS_UPLOAD
    found = []
    for value in (channel_settings.OFF, channel_settings.ON):
        with one.begin() as db:
            channel_settings.put_text(db, "default", name, value)
        with other.begin() as db:
            found.append(channel_settings.is_on(db, "default", name))
    one.dispose()
    other.dispose()

    assert found == [False, True]


def _answered(engine: Engine) -> int:
    with engine.connect() as db:
        rows = db.scalars(select(Event.state).where(Event.state == EventState.SENT))
        return len(rows.all())
