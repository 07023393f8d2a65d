"""Rings: what becomes due wakes the workers, when it is committed and not before."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text

from bot import clock, wiring
from bot.cli.ticking import ticking
from bot.replied import settle_replies
from bot.settings import Settings
from bot.simulator.server import LineServer
from bot.store import mail_out
from bot.store.engine import open_engine
from bot.store.events import Settled
from bot.store.tables import EventState, OutboxState
from bot.store.wakeups import Ear, ring
from tests.delivery import announced
from tests.delivery.notices import days, notice
from tests.delivery.notices import put as put_notices
from tests.machines.stage import ids, line_of, put, states, wait_until
from tests.migrated import migrated


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield migrated(engine)
    engine.dispose()


@pytest.fixture
def ear(postgres: Engine) -> Iterator[Ear]:
    ear = Ear(postgres.url.render_as_string(hide_password=False))
    assert ear.hears()  # what rang before it listened may have been missed
    yield ear
    ear.close()


def test_a_message_rings_once_it_is_committed(postgres: Engine, ear: Ear) -> None:
    with postgres.begin() as db:
        ring(db)
        before = ear.hears()

    assert (before, ear.hears(), ear.hears()) == (False, True, False)


def test_what_is_taken_back_rings_nobody(postgres: Engine, ear: Ear) -> None:
    with postgres.connect() as db:
        ring(db)
        db.rollback()

    assert not ear.hears()


@pytest.mark.parametrize("after_days", [0, 1])
def test_a_message_that_is_due_now_rings_and_one_for_later_does_not(
    postgres: Engine, ear: Ear, after_days: int
) -> None:
    put_notices(postgres, notice("U1", "fact", not_before=days(after_days)))

    assert ear.hears() is (after_days == 0)


def test_a_broadcast_that_is_handed_in_rings(postgres: Engine, ear: Ear) -> None:
    announced.known(postgres, "U1")
    assert not ear.hears()

    announced.handed_in(postgres)

    assert ear.hears()


def _confirm(db: Connection) -> None:
    mail_out.put_confirmation(db, ("default", "U1"), "confirm:k:1", clock.now())


@pytest.mark.parametrize("deed", [_confirm])
def test_a_mail_that_somebody_waits_for_rings(
    postgres: Engine, ear: Ear, deed: Callable[[Connection], None]
) -> None:
    with postgres.begin() as db:
        deed(db)

    assert ear.hears()


@pytest.mark.parametrize("handed_back", [True, False])
def test_a_reply_that_is_handed_back_rings_and_one_that_line_did_not_take_does_not(
    postgres: Engine, ear: Ear, handed_back: bool
) -> None:
    # Else a LINE that takes nothing would be asked without a pause.
    left = Settled(
        channel_id="default", event_id="E", state=EventState.WAITING, handed_back=handed_back
    )

    settle_replies(postgres, [left], clock.now())

    assert ear.hears() is handed_back


def test_an_ear_whose_connection_broke_listens_anew(postgres: Engine, ear: Ear) -> None:
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    with postgres.begin() as db:
        assert db.scalar(text(others))
    with pytest.raises(psycopg.Error):
        wait_until(ear.hears)

    assert ear.hears()
    with postgres.begin() as db:
        ring(db)
    assert ear.hears()


def test_a_worker_that_is_woken_sends_without_looking_by_itself(postgres: Engine) -> None:
    [person] = ids(1)
    line = line_of(person)
    with LineServer(line) as url:
        postgres_url = postgres.url.render_as_string(hide_password=False)
        settings = Settings(**line.settings(url, postgres_url, listen_url=postgres_url))
        house = wiring.open_house(settings)
        with ticking(house, settings.listen_url, behind_rings_s=3600):
            wait_until(lambda: _listens(postgres))
            put(postgres, person)
            line.wait_for(1)
        house.close()

    assert states(postgres) == [OutboxState.SENT]
    assert "listen" not in [thread.name for thread in threading.enumerate()]


def _listens(engine: Engine) -> bool:
    heard = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state = 'idle'"
    with engine.connect() as db:
        return bool(db.scalar(text(heard)))
