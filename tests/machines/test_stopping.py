"""Processes that are told to stop: what they hold is finished or given back, at once."""

import signal

from sqlalchemy import Engine, select

from bot.delivery.drain import THREADS
from bot.simulator.server import LineServer
from bot.store.sending_tables import BatchRow
from bot.store.tables import OutboxRow, OutboxState
from tests.cli.process import started
from tests.machines.stage import PATIENCE_S, ids, line_of, put, states

PEOPLE = ids(THREADS + 16)


def test_a_stopped_worker_ends_its_calls_and_gives_the_rest_back(
    engine: Engine, database_url: str
) -> None:
    line = line_of(*PEOPLE, slow=True)
    put(engine, *PEOPLE)
    with LineServer(line) as url:
        channel = line.settings(url, database_url)
        with started("worker", **channel) as first:
            line.wait_for(THREADS)
            first.send_signal(signal.SIGTERM)
            assert any("told to stop" in line for line in first.stdout)
            line.let_go.set()
            code = first.wait(PATIENCE_S)
        left = states(engine)
        held = _held(engine)
        with started("worker", **channel) as second:
            line.wait_for(len(PEOPLE) - THREADS)  # each of the others arrives once
            second.send_signal(signal.SIGTERM)
            second.wait(PATIENCE_S)

    assert code == 0
    assert left.count(OutboxState.SENT) >= THREADS
    assert set(left) == {OutboxState.SENT, OutboxState.WAITING}
    assert held == 0
    assert set(states(engine)) == {OutboxState.SENT}
    assert [len(line.inbox(user_id)) for user_id in PEOPLE] == [1] * len(PEOPLE)


def _held(engine: Engine) -> int:
    """How many messages and batches are still in the hands of a process."""
    with engine.connect() as db:
        rows = db.scalars(select(OutboxRow.batch_id).where(OutboxRow.state == OutboxState.SENDING))
        batches = db.scalars(select(BatchRow.id).where(BatchRow.state == OutboxState.SENDING))
        return len([*rows, *batches])
