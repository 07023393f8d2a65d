"""Messages that are to be pushed: each once, under the key of the fact that it tells.

waiting ─▶ sending ─▶ sent
 ▲  ▲         │ ├──▶ dead        LINE refuses it for good
 │  │         │ └──▶ uncertain   perhaps it went out, and its retry key is no longer remembered
 │  ▼         │
 │ void       │                  told in another way, of no more use, or its person blocked us;
 │            │                  back where the reply that told it never went out
 └────────────┘                  LINE did not take it: again later, with the same retry key

A process that dies while it sends leaves `sending` behind: after LEASE another one takes the row.
The retry key, kept before the first call, makes that harmless while LINE remembers it.

Two clocks: `now` is the real one, for leases and the life of keys; `today` is the one that events
are stamped with, for when a message is due and until when it is of use. In production they agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.messages import Answer, from_plain, to_plain
from bot.model.reminders import NoticeKind
from bot.store.tables import UNSENT, OutboxRow, OutboxState, Person
from bot.store.upsert import insert_into

# Longer than the slowest call to LINE may take: then whoever held the row is dead.
LEASE = timedelta(seconds=60)
# LINE remembers a retry key for 24 hours; after that the same key would be a new message.
KEY_LIFE = timedelta(hours=23)
TOLD_OTHERWISE = "told otherwise"


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
    fact: str = ""  # names the content without the person; empty: of this person alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A message that this process holds and must send now, or say why not."""

    id: str
    channel_id: str
    user_id: str
    key: str
    answer: Answer
    retry_key: str
    tries: int  # this one counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a try to send ended; `again_at` where it waits for another one."""

    state: OutboxState
    error: str = ""
    again_at: datetime | None = None
    surely_unsent: bool = False  # refused before LINE looked at it


def put(db: Connection, notice: Notice) -> bool:
    """Queue a message; False where its fact was queued before, whatever became of that."""
    new = insert_into(db, OutboxRow).values(
        id=uuid4().hex,
        channel_id=notice.channel_id,
        user_id=notice.user_id,
        key=notice.key,
        answer=to_plain(notice.answer),
        state=OutboxState.WAITING,
        retry_key=str(uuid4()),
        made_at=notice.made_at,
        not_before=notice.not_before,
        expires_at=notice.expires_at,
    )
    return db.scalar(new.on_conflict_do_nothing().returning(OutboxRow.id)) is not None


def put_many(db: Connection, notices: Sequence[Notice]) -> int:
    """Queue these messages; gives how many of their facts had not been queued before."""
    return sum(put(db, notice) for notice in notices)


def claim(
    db: Connection, channel_id: str, now: datetime, today: datetime, limit: int = 1
) -> list[Due]:
    """Messages that are due and that no living process is sending, longest due first.

    The retry key counts from the first claim on: nothing was sent before it.
    """
    free = (
        select(OutboxRow.id)
        .where(
            OutboxRow.channel_id == channel_id,
            _is_free(now),
            OutboxRow.not_before <= today,
            OutboxRow.expires_at > today,
            or_(OutboxRow.first_sent_at.is_(None), OutboxRow.first_sent_at > now - KEY_LIFE),
        )
        .order_by(OutboxRow.not_before, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.scalars(free))
    if not ids:
        return []
    columns = [OutboxRow.__table__.c[name] for name in Due.__dataclass_fields__]
    rows = db.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids))
        .values(
            state=OutboxState.SENDING,
            claimed_at=now,
            first_sent_at=func.coalesce(OutboxRow.first_sent_at, now),
            tries=OutboxRow.tries + 1,
        )
        .returning(*columns)
    )
    found = {row.id: row._asdict() for row in rows}
    return [Due(**{**found[i], "answer": from_plain(found[i]["answer"])}) for i in ids]


def settle(db: Connection, due: Due, ending: Ending, now: datetime) -> None:
    """Write down how a try ended. What went out is sent, whatever another process thought."""
    values: dict[str, Any] = {"state": ending.state, "error": ending.error or None}
    if ending.again_at:
        values["not_before"] = ending.again_at
    else:
        values["settled_at"] = now
    if ending.surely_unsent:  # as if it had not been tried
        values["tries"] = due.tries - 1
        if due.tries == 1:
            values["first_sent_at"] = None  # the key is as good as new
    went_out = ending.state is OutboxState.SENT
    kept = OutboxRow.state != OutboxState.SENT if went_out else _is_held_by(due)
    db.execute(update(OutboxRow).where(OutboxRow.id == due.id, kept).values(**values))


def void(db: Connection, channel_id: str, keys: Sequence[str], today: datetime) -> set[str]:
    """Drop what waits under these keys; gives the keys of what is being sent at this moment."""
    these = and_(OutboxRow.channel_id == channel_id, OutboxRow.key.in_(keys))
    db.execute(
        update(OutboxRow)
        .where(these, OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.VOID, error=TOLD_OTHERWISE, settled_at=today)
    )
    flying = select(OutboxRow.key).where(these, OutboxRow.state == OutboxState.SENDING)
    return set(db.scalars(flying))


def forget(db: Connection, channel_id: str, key: str) -> None:
    """Drop a message without a trace: its words were taken back."""
    db.execute(delete(OutboxRow).where(OutboxRow.channel_id == channel_id, OutboxRow.key == key))


def drop_waiting(db: Connection, channel_id: str, user_id: str, beginning: str) -> None:
    """Drop what waits for this person under keys that begin so: it may be queued once more."""
    db.execute(
        delete(OutboxRow).where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.user_id == user_id,
            OutboxRow.key.startswith(beginning, autoescape=True),
            OutboxRow.state == OutboxState.WAITING,
        )
    )


def revive(db: Connection, channel_id: str, keys: Sequence[str]) -> None:
    """Let wait again what was dropped because it had been told otherwise: it had not."""
    db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.key.in_(keys),
            OutboxRow.state == OutboxState.VOID,
            OutboxRow.error == TOLD_OTHERWISE,
        )
        .values(state=OutboxState.WAITING, error=None, settled_at=None)
    )


def close_stale(db: Connection, channel_id: str, now: datetime, today: datetime) -> list[str]:
    """Give up what may not be sent any more; gives the ids of what perhaps went out, sorted.

    That is: what is of no more use, whose key LINE has forgotten, or whose person blocked us.
    """
    key_is_old = OutboxRow.first_sent_at <= now - KEY_LIFE
    is_over = OutboxRow.expires_at <= today
    never_tried = OutboxRow.first_sent_at.is_(None)
    uncertain, void_ = OutboxState.UNCERTAIN, OutboxState.VOID
    rows = db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.channel_id == channel_id,
            _is_free(now),
            or_(key_is_old, is_over, _has_blocked()),
        )
        .values(
            state=case((never_tried, void_), else_=uncertain),
            error=case((is_over, "too late"), (key_is_old, "retry key ran out"), else_="blocked"),
            settled_at=now,
        )
        .returning(OutboxRow.id, OutboxRow.state)
    )
    return sorted(row.id for row in rows if row.state is uncertain)


def _has_blocked() -> ColumnElement[bool]:
    return exists().where(
        Person.channel_id == OutboxRow.channel_id,
        Person.user_id == OutboxRow.user_id,
        Person.blocked_at.is_not(None),
    )


def _is_held_by(due: Due) -> ColumnElement[bool]:
    return and_(OutboxRow.state == OutboxState.SENDING, OutboxRow.tries == due.tries)


def _is_free(now: datetime) -> ColumnElement[bool]:
    # The states are named as the partial index names them, so that it is used.
    return and_(
        OutboxRow.state.in_(UNSENT),
        or_(OutboxRow.state == OutboxState.WAITING, OutboxRow.claimed_at < now - LEASE),
    )
