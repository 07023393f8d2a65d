"""A database that is stopped, and comes back: nothing is lost, and nobody restarts the bot."""

import logging

import pytest

from bot import wiring
from bot.cli.ticking import ticking
from bot.simulator.server import LineServer
from bot.store.engine import open_engine
from bot.store.tables import EventState, OutboxState
from tests.cluster import stopped
from tests.machines.stage import ids, line_of, put, states, wait_until
from tests.migrated import migrated
from tests.web.running import running, settings_for


@pytest.fixture(autouse=True)
def _from_its_own_server(pgbouncer_port: int) -> None:
    assert not pgbouncer_port, "what is stopped here stands behind the pooler"


def test_webhooks_get_503_until_the_database_is_back_and_then_are_answered(
    postgres_url: str, postgres_folder: str
) -> None:
    line = line_of("U1")
    migrated(open_engine(postgres_url)).dispose()
    with (
        LineServer(line) as url,
        running(settings_for(line, url, postgres_url), line) as bot,
    ):
        first, missed = bot.event("E1"), bot.event("E2")
        before = bot.post(first)
        with stopped(postgres_folder):
            away = bot.post(missed)
            ready = bot.get("/readyz")
            alive = bot.get("/healthz").status
        again = bot.post(missed)
        settled = bot.settled()

    assert (before, away, again, alive) == (200, 503, 200, 200)
    assert ready.status == 503
    assert "資料庫連不上" in ready.json()["problems"][0]
    assert settled == {"E1": EventState.SENT, "E2": EventState.SENT}
    assert len(line.inbox("U1")) == 2


def test_a_worker_goes_on_by_itself_when_the_database_is_back(
    postgres_url: str, postgres_folder: str, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = ids(2)
    line, engine = line_of(first, second), open_engine(postgres_url)
    migrated(engine)
    with LineServer(line) as url, caplog.at_level(logging.WARNING):
        settings = settings_for(line, url, postgres_url)
        house = wiring.open_house(settings)
        with ticking(house, postgres_url, behind_rings_s=0.2):
            put(engine, first)
            wait_until(lambda: states(engine) == [OutboxState.SENT])
            with stopped(postgres_folder):
                wait_until(lambda: "the database is away" in caplog.text)
                wait_until(lambda: "nobody can wake us" in caplog.text)
            put(engine, second)
            wait_until(lambda: states(engine) == [OutboxState.SENT] * 2)
        house.close()
    engine.dispose()

    assert [len(line.inbox(person)) for person in (first, second)] == [1, 1]
    assert "Traceback" not in caplog.text
