"""Work that one process at a time does, and what passes by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.dispatch import Office
from bot.handlers.desk import Desk, Handled
from bot.messages import Incoming
from bot.model.broadcasts import BroadcastState
from bot.reminders.planning import GONE_AFTER, Planner, Plans
from bot.store import clock_marks, solo
from bot.store.clock_marks import ClockMark
from bot.store.engine import open_engine
from bot.store.solo import Solo
from tests.delivery import announced
from tests.handlers_of_tests import EMPTY, echo, texts
from tests.migrated import migrated
from tests.store.events_of import NOON, incoming


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield migrated(engine)
    engine.dispose()


def test_a_turn_is_one_processs_until_its_transaction_ends(postgres: Engine) -> None:
    with postgres.begin() as one, postgres.begin() as other:
        mine = solo.take(one, Solo.TIDYING, "default")
        theirs = solo.take(other, Solo.TIDYING, "default")
        elsewhere = solo.take(other, Solo.TIDYING, "another")
        of_other_work = solo.take(other, Solo.QUEUEING, "default")
    with postgres.begin() as other:
        later = solo.take(other, Solo.TIDYING, "default")

    assert (mine, theirs, elsewhere, of_other_work, later) == (True, False, True, True, True)


@pytest.mark.parametrize("work", [Solo.STARTING, Solo.QUEUEING])
def test_a_broadcast_that_another_process_works_at_is_left_to_it(
    postgres: Engine, work: Solo
) -> None:
    announced.known(postgres, "U1", "U2")
    broadcast = announced.handed_in(postgres)
    with postgres.begin() as other:
        solo.take(other, work, "default")
        beside = announced.run(postgres)
    alone = announced.run(postgres)

    assert (beside, alone) == (0, 2)
    assert announced.found(postgres, broadcast.id).state is BroadcastState.RUNNING


def breaking_once(sql: str) -> object:
    """Echoes; the first time after the database was made to fail."""
    tries: list[str] = []

    def handle(said: Incoming, desk: Desk) -> Handled:
        tries.append(said.event_id)
        if len(tries) == 1:
            desk.db.execute(text(sql))
        return echo(said, desk)

    return handle


CUT = "SELECT pg_terminate_backend(pg_backend_pid())"
DEADLOCK = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"


@pytest.mark.parametrize("sql", [CUT, DEADLOCK], ids=["cut", "deadlock"])
def test_an_event_whose_connection_or_lock_failed_is_answered_all_the_same(
    postgres: Engine, sql: str
) -> None:
    office = Office(postgres, breaking_once(sql), EMPTY)

    owed = office.respond(incoming("E1", text="何時"), NOON)

    assert owed is not None
    assert texts(owed.answer) == ["何時"]


class Planning:
    """Two processes with different plans, over one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def plan(self, version: str, loaded_at: datetime, now: datetime) -> str:
        """Lets a process plan; gives the version that people are reminded by then."""
        plans = Plans(lambda key: None, version, loaded_at)
        Planner(self.engine.begin, plans, "default").plan(now)
        return self.mark().version

    def mark(self) -> ClockMark:
        with self.engine.begin() as db:
            mark = clock_marks.hold(db, "default")
            assert mark
            return mark


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def test_an_older_process_does_not_undo_newer_plans(engine: Engine) -> None:
    both = Planning(engine)

    found = [
        both.plan("old", minutes(-60), minutes(0)),
        both.plan("new", minutes(0), minutes(1)),
        both.plan("old", minutes(-60), minutes(2)),
        both.plan("new", minutes(0), minutes(3)),
    ]

    assert found == ["old", "new", "new", "new"]


def test_when_the_newer_process_is_gone_the_older_one_goes_on(engine: Engine) -> None:
    both = Planning(engine)
    both.plan("old", minutes(-60), minutes(0))
    both.plan("new", minutes(0), minutes(1))

    assert both.plan("old", minutes(-60), minutes(1) + GONE_AFTER) == "old"


def test_a_process_that_begins_later_brings_its_plans(engine: Engine) -> None:
    both = Planning(engine)
    both.plan("old", minutes(-60), minutes(0))
    both.plan("new", minutes(0), minutes(1))

    assert both.plan("old", minutes(2), minutes(3)) == "old"
