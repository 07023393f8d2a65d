"""Broadcasts as the worker sees them: started when their time comes, queued in parts, ended.

A kill at any instant costs nothing: whom it goes to is fixed in one transaction, each part is
queued in one, under the key of the broadcast and its person; what is left, the next process takes.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.answers.broadcast_lines import answer_of
from bot.broadcasts.recipients import Sources, choose
from bot.errors import AskAgain
from bot.messages import Answer
from bot.model.broadcasts import APPROVAL_ABOVE, Broadcast, BroadcastState
from bot.rules.audience import Reached
from bot.store import broadcast_queue, broadcasts, channel_settings, solo
from bot.store.solo import Solo

log = logging.getLogger(__name__)

PARTS = 20  # of one run: then what was queued is sent, and replies are looked after
STARTS = 5  # of one run


@dataclass(slots=True)
class Broadcaster:
    """Runs one channel's broadcasts. Of any number of processes one at a time works at them."""

    engine: Engine
    channel_id: str
    sources: Sources
    _answers: dict[str, Answer] = field(default_factory=dict, init=False)

    def run(self, today: datetime, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Start what is due, queue some of what runs, end what is over; gives how many were queued.

        Args:
            today: of the clock that people live by.
        """
        for _ in range(STARTS):
            if is_stopping() or not self._start_next(today):
                break
        queued, parts = 0, PARTS
        for broadcast in self._under_way():
            while parts and not is_stopping():
                parts -= 1
                worked = self._step(broadcast, today)
                queued += worked
                if not worked:
                    break
        return queued

    def _under_way(self) -> list[Broadcast]:
        with self.engine.connect().execution_options(only_reads=True) as db:
            return broadcasts.under_way(db, self.channel_id)

    def _start_next(self, today: datetime) -> bool:
        """Start the first that is due; its audience is read with no row locked."""
        with self.engine.connect().execution_options(only_reads=True) as db:
            if not solo.take(db, Solo.STARTING, self.channel_id):
                return False
            due = broadcasts.to_start(db, self.channel_id, today)
            if due is None:
                return False
            found = self._chosen(db, due, today)
            with self.engine.begin() as writing:
                if found is None:
                    give_back(writing, due)
                else:
                    start(writing, due, found, today)
        return True

    def _chosen(self, db: Connection, due: Broadcast, today: datetime) -> Reached | None:
        """None where its audience cannot be decided here any more."""
        try:
            return choose(db, self.channel_id, due.draft.audience, self.sources, today)
        except AskAgain as err:
            log.error("broadcast %s cannot start, it is a draft again: %s", due.id, err)
            return None

    def _step(self, broadcast: Broadcast, today: datetime) -> int:
        """One part of work on it, in a transaction; 0 where there is nothing to do just now."""
        with self.engine.begin() as db:
            if not solo.take(db, Solo.QUEUEING, self.channel_id):
                return 0
            if broadcast.state is BroadcastState.CANCELLED:
                worked = broadcast_queue.void_some(db, broadcast, today)
            elif broadcast.state is BroadcastState.RUNNING and not broadcast.is_queued:
                worked = broadcast_queue.queue_some(db, broadcast, self._said(broadcast), today)
            else:
                worked = 0
        if not worked:
            with self.engine.begin() as db:
                end(db, broadcast, today)
        return worked

    def _said(self, broadcast: Broadcast) -> Answer:
        """Frozen since its start."""
        if broadcast.id not in self._answers:
            self._answers[broadcast.id] = answer_of(broadcast.id, broadcast.draft.pieces)
        return self._answers[broadcast.id]


def start(db: Connection, due: Broadcast, found: Reached, today: datetime) -> bool:
    """Fix whom it goes to; False where it was changed meanwhile, or has grown too large.

    An audience may have grown since it was handed in: above the size it needs a second person.
    """
    held = broadcasts.hold(db, due.channel_id, due.id)
    if held is None or held.state is not BroadcastState.SCHEDULED or held != due:
        return False
    people = len(found.user_ids)
    above = channel_settings.number(
        db, due.channel_id, channel_settings.APPROVAL_ABOVE, APPROVAL_ABOVE
    )
    if people > above and not held.approved_by:
        broadcasts.change(db, held, state=BroadcastState.APPROVAL, reach=people)
        return False
    broadcast_queue.fix(db, held, found.user_ids)
    broadcasts.change(
        db,
        held,
        state=BroadcastState.RUNNING,
        began_at=today,
        recipients=people,
        skipped=found.blocked,
    )
    return True


def give_back(db: Connection, due: Broadcast) -> None:
    """Make what cannot start a draft again, where it was not changed meanwhile."""
    held = broadcasts.hold(db, due.channel_id, due.id)
    if held == due:
        broadcasts.change(db, due, state=BroadcastState.DRAFT)


def end(db: Connection, broadcast: Broadcast, today: datetime) -> None:
    """Note that all is queued, or that it is over, where that is so."""
    held = broadcasts.hold(db, broadcast.channel_id, broadcast.id)
    if held is None or held.ended_at is not None or held.state is not broadcast.state:
        return
    if held.state is BroadcastState.CANCELLED:
        if broadcast_queue.is_over(db, held):
            broadcasts.change(db, held, ended_at=today)
        return
    if not held.is_queued and broadcast_queue.left_count(db, held) == 0:
        broadcast_queue.mark_queued(db, held)
    elif held.is_queued and broadcast_queue.is_over(db, held):
        broadcasts.change(db, held, state=BroadcastState.DONE, ended_at=today)
