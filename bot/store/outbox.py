"""Messages that are to be pushed: each once, under the key of the fact that it tells.

How a message goes from state to state stands in `outbox_moves`, how it is sent in `batches`, how it
comes along with a reply in `riding`.

Two clocks: `now` is the real one, for leases and the life of keys; `today` is the one that events
are stamped with, for when a message is due and until when it is of use. In production they agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, case, delete, select

from bot.clock import TAIPEI, taipei_day
from bot.messages import Answer, to_plain
from bot.model.reminders import NoticeKind, Preferences
from bot.store.outbox_moves import line_of, move, moving
from bot.store.tables import OPEN, OutboxRow, OutboxState
from bot.store.upsert import insert_into, parts_of
from bot.store.wakeups import ring

TOLD_OTHERWISE = "told otherwise"
AT_A_TIME = 500  # rows of one INSERT
# A session's notice that comes so late is for its hour: it does not wait for the others' hour,
# and is not told with them in the morning.
LAST_HOURS = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to one person, decided but not queued yet."""

    channel_id: str
    user_id: str
    key: str  # of the fact that it tells
    answer: Answer
    made_at: datetime
    not_before: datetime
    expires_at: datetime  # from then on it is of no use
    kind: NoticeKind = NoticeKind.ANSWER
    fact: str = ""  # names the content without the person: equal fact, equal answer
    broadcast_id: str | None = None  # that it belongs to: its pause holds it back

    @property
    def at_once(self) -> bool:
        """Whether it goes out by itself, and not with all else of its day."""
        if self.kind is NoticeKind.SESSION:
            return self.expires_at - self.not_before <= LAST_HOURS
        if self.kind is NoticeKind.BROADCAST:  # begun at night: staff were asked, and want it now
            return Preferences().is_quiet(self.not_before.astimezone(TAIPEI).time())
        return self.kind is NoticeKind.ANSWER


def put(db: Connection, notice: Notice) -> bool:
    """Queue a message; False where its fact was queued before, whatever became of that."""
    return put_many(db, (notice,)) == 1


def put_many(db: Connection, notices: Sequence[Notice]) -> int:
    """Queue messages; gives how many of them were new."""
    new = 0
    rows = insert_into(db, OutboxRow).on_conflict_do_nothing().returning(OutboxRow.__table__.c.id)
    for some in parts_of(notices, AT_A_TIME):
        # Many are told the same: each answer is turned into plain values once.
        plain = {
            id(answer): to_plain(answer)
            for answer in {id(n.answer): n.answer for n in some}.values()
        }
        new += len(db.scalars(rows, [_values(n, plain[id(n.answer)]) for n in some]).all())
    if new and any(notice.not_before <= notice.made_at for notice in notices):
        ring(db)
    return new


def queued(db: Connection, channel_id: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which something was queued before, whatever became of it."""
    found: set[str] = set()
    for some in parts_of(keys, AT_A_TIME):
        these = (OutboxRow.channel_id == channel_id, OutboxRow.key.in_(some))
        found.update(db.scalars(select(OutboxRow.key).where(*these)))
    return found


def void(db: Connection, channel_id: str, keys: Sequence[str], today: datetime) -> set[str]:
    """Drop what waits under these keys; gives the keys of what is being sent at this moment."""
    these = and_(OutboxRow.channel_id == channel_id, OutboxRow.key.in_(keys))
    open_ = and_(these, OutboxRow.state.in_(OPEN))
    move(db, open_, OutboxState.VOID, today, TOLD_OTHERWISE)
    flying = select(OutboxRow.key).where(these, OutboxRow.state == OutboxState.SENDING)
    return set(db.scalars(flying))


def forget(db: Connection, channel_id: str, key: str) -> None:
    """Drop a message without a trace: its words were taken back."""
    db.execute(delete(OutboxRow).where(OutboxRow.channel_id == channel_id, OutboxRow.key == key))


def revive(db: Connection, channel_id: str, keys: Sequence[str], at: datetime) -> None:
    """Let wait again what was dropped because it had been told otherwise: it had not."""
    db.execute(
        moving(OutboxState.WAITING, at, "its reply was lost").where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.key.in_(keys),
            OutboxRow.state == OutboxState.VOID,
            OutboxRow.error == TOLD_OTHERWISE,
        )
    )


def end_of_day(today: datetime) -> datetime:
    """The first instant of the next day in Taipei."""
    return datetime.combine(taipei_day(today) + timedelta(days=1), time(), TAIPEI)


def is_of_today(today: datetime) -> ColumnElement[bool]:
    """What is to be told on this day, also where its hour has not come: it may go with others."""
    return and_(
        OutboxRow.not_before < end_of_day(today),
        OutboxRow.expires_at > today,
        OutboxRow.at_once.is_(False) | (OutboxRow.not_before <= today),
    )


RANK = case({kind: rank for rank, kind in enumerate(NoticeKind)}, value=OutboxRow.kind)
# The same for everybody who is told the same, so that equal messages are equal.
IN_READING_ORDER = (RANK, OutboxRow.expires_at, OutboxRow.fact, OutboxRow.key)


def _values(notice: Notice, answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": uuid4().hex,
        "channel_id": notice.channel_id,
        "user_id": notice.user_id,
        "key": notice.key,
        "kind": notice.kind,
        "fact": notice.fact,
        "answer": answer,
        "broadcast_id": notice.broadcast_id,
        "state": OutboxState.WAITING,
        "at_once": notice.at_once,
        "made_at": notice.made_at,
        "not_before": notice.not_before,
        "expires_at": notice.expires_at,
        "history": line_of(OutboxState.WAITING, notice.made_at),
    }
