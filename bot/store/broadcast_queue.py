"""From a broadcast to its messages: recipients fixed at once, queued in parts, void, over.

Each function is a part of a transaction; a kill between two of them leaves nothing half done. Locks
are taken in the order of people, then the broadcast: as whoever writes to the bot takes them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, select, update

from bot.messages import Answer
from bot.model.broadcasts import OF_USE, Broadcast, BroadcastState
from bot.model.reminders import NoticeKind
from bot.store import broadcasts, outbox
from bot.store.broadcast_tables import BroadcastRow, RecipientRow
from bot.store.outbox import Notice
from bot.store.outbox_moves import move
from bot.store.tables import OPEN, OutboxRow, OutboxState, Person
from bot.store.upsert import parts_of

AT_A_TIME = 500  # people: as many as share a call to LINE
VOIDED_AT_A_TIME = 1_000
CANCELLED = "cancelled"
UNDONE = (*OPEN, OutboxState.RIDING, OutboxState.SENDING)


def fact_of(broadcast_id: str) -> str:
    """Names what it says: the same for all its people."""
    return f"broadcast:{broadcast_id}"


def fix(db: Connection, broadcast: Broadcast, user_ids: Sequence[str]) -> None:
    """Fix whom it goes to; the broadcast's row must be held."""
    for some in parts_of(user_ids, 5_000):
        db.execute(
            insert(RecipientRow),
            [
                {"broadcast_id": broadcast.id, "user_id": u, "channel_id": broadcast.channel_id}
                for u in some
            ],
        )


def queue_some(db: Connection, broadcast: Broadcast, answer: Answer, now: datetime) -> int:
    """Queue the next recipients' messages; gives how many recipients were left to look at.

    Who was erased since is in nobody's way: their row is gone.

    Args:
        now: of the clock that people live by.
    """
    left = _left(db, broadcast)
    if not left:
        return 0
    here = _held_people(db, broadcast.channel_id, left)
    if not _still_begun(db, broadcast):
        return 0
    taken = db.scalars(
        update(RecipientRow)
        .where(
            RecipientRow.broadcast_id == broadcast.id,
            RecipientRow.user_id.in_(left),
            RecipientRow.queued_at.is_(None),
        )
        .values(queued_at=now)
        .returning(RecipientRow.user_id)
    )
    mine = sorted(here.intersection(taken))
    outbox.put_many(db, [_notice(broadcast, user_id, answer, now) for user_id in mine])
    return len(left)


def mark_queued(db: Connection, broadcast: Broadcast) -> None:
    """Note that all recipients were queued."""
    broadcasts.change(db, broadcast, is_queued=True)


def void_some(db: Connection, broadcast: Broadcast, now: datetime) -> int:
    """Drop some of what a cancelled broadcast has not sent; gives how many."""
    waiting = (
        select(OutboxRow.id)
        .where(OutboxRow.broadcast_id == broadcast.id, OutboxRow.state.in_(OPEN))
        .limit(VOIDED_AT_A_TIME)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.scalars(waiting))
    return len(move(db, OutboxRow.id.in_(ids), OutboxState.VOID, now, CANCELLED)) if ids else 0


def is_over(db: Connection, broadcast: Broadcast) -> bool:
    """Whether nothing of it is still to be sent or on its way."""
    undone = select(exists().where(_of(broadcast), OutboxRow.state.in_(UNDONE)))
    return not db.scalar(undone)


def left_count(db: Connection, broadcast: Broadcast) -> int:
    """How many recipients are not in the outbox yet."""
    wanted = select(func.count()).where(
        RecipientRow.broadcast_id == broadcast.id, RecipientRow.queued_at.is_(None)
    )
    return db.scalar(wanted) or 0


def _left(db: Connection, broadcast: Broadcast) -> list[str]:
    return list(
        db.scalars(
            select(RecipientRow.user_id)
            .where(RecipientRow.broadcast_id == broadcast.id, RecipientRow.queued_at.is_(None))
            .order_by(RecipientRow.user_id)
            .limit(AT_A_TIME)
        )
    )


def _held_people(db: Connection, channel_id: str, user_ids: Sequence[str]) -> set[str]:
    """Those of them who are known; nobody is erased until the commit."""
    wanted = (
        select(Person.user_id)
        .where(Person.channel_id == channel_id, Person.user_id.in_(user_ids))
        .order_by(Person.user_id)
        .with_for_update(read=True)
    )
    return set(db.scalars(wanted))


def _still_begun(db: Connection, broadcast: Broadcast) -> bool:
    wanted = select(BroadcastRow.state).where(BroadcastRow.id == broadcast.id)
    state = db.scalar(wanted.with_for_update(read=True))
    return state in (BroadcastState.RUNNING, BroadcastState.PAUSED)


def _of(broadcast: Broadcast) -> ColumnElement[bool]:
    return and_(
        OutboxRow.channel_id == broadcast.channel_id, OutboxRow.broadcast_id == broadcast.id
    )


def _notice(broadcast: Broadcast, user_id: str, answer: Answer, now: datetime) -> Notice:
    began = broadcast.began_at or now
    return Notice(
        channel_id=broadcast.channel_id,
        user_id=user_id,
        key=f"{fact_of(broadcast.id)}:{user_id}",
        answer=answer,
        made_at=now,
        not_before=began,
        expires_at=began + OF_USE,
        kind=NoticeKind.BROADCAST,
        fact=fact_of(broadcast.id),
        broadcast_id=broadcast.id,
    )
