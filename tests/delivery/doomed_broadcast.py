"""A worker that runs a broadcast and kills itself (SIGKILL) at a named point."""

import time

from sqlalchemy import Engine, func, select

from bot import clock, wiring
from bot.broadcasts import running
from bot.broadcasts.running import Broadcaster
from bot.settings import Settings
from bot.store import broadcast_queue
from bot.store.broadcast_tables import BroadcastRow
from tests.delivery import doomed
from tests.delivery.doomed import Fate
from tests.handlers_of_tests import EMPTY

OF_BROADCAST = ("fixed", "part made", "part queued", "step done")
PARTS = 3  # of one run: sending and queueing take turns more often than they would
POINTS = (*OF_BROADCAST, "claim made", "claimed", "calling", "called", "settle made", "settled")


def work(settings: Settings, fate: Fate, part: int, patience_s: float) -> None:
    """A worker: until the broadcast is over, or its own end.

    Args:
        part: people who are queued in one transaction.
    """
    points = doomed._prepare(fate)
    broadcast_queue.AT_A_TIME = part
    running.PARTS = PARTS
    points.around(broadcast_queue, "fix", after="fixed")
    points.around(broadcast_queue.outbox, "put_many", after="part made")
    points.around(broadcast_queue, "queue_some", after="part queued")
    points.around(Broadcaster, "_step", after="step done")
    house = wiring.open_house(settings, doomed.noon, EMPTY)
    until = time.monotonic() + patience_s
    while time.monotonic() < until and not is_over(house.engine):
        house.tick(clock.now())
        time.sleep(0.02)
    house.close()


def is_over(engine: Engine) -> bool:
    """Whether every broadcast has ended."""
    with engine.connect().execution_options(only_reads=True) as db:
        wanted = select(func.count()).where(BroadcastRow.ended_at.is_(None))
        return not db.scalar(wanted)
