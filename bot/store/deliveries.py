"""Messages of the outbox as staff look at them: by state and reason, one with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from bot.messages import Answer, from_plain
from bot.model.reminders import NoticeKind
from bot.store.outbox_moves import BY_HAND, moving_by_hand
from bot.store.tables import OutboxRow, OutboxState
from bot.store.wakeups import ring

MOST_REASONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Messages in one state for one reason."""

    state: OutboxState
    error: str  # as it was kept; empty: none
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which messages are to be read; an empty reason leaves none out."""

    state: OutboxState
    error: str = ""
    page: int = 0
    size: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to somebody."""

    id: str
    user_id: str
    key: str
    kind: NoticeKind
    answer: Answer
    state: OutboxState
    made_at: datetime
    not_before: datetime
    expires_at: datetime
    settled_at: datetime | None
    error: str | None
    history: str  # a line a move: instant, state, reason
    broadcast_id: str | None


_COLUMNS = [OutboxRow.__table__.c[name] for name in Delivery.__dataclass_fields__]


def reasons(db: Connection, channel_id: str, state: OutboxState) -> list[Reason]:
    """Why messages are in this state, the commonest reason first."""
    error = func.coalesce(OutboxRow.error, "")
    count = func.count()
    rows = db.execute(
        select(error, count, func.min(OutboxRow.made_at))
        .where(OutboxRow.channel_id == channel_id, OutboxRow.state == state)
        .group_by(error)
        .order_by(count.desc(), error)
        .limit(MOST_REASONS)
    )
    return [Reason(state=state, error=r[0], count=r[1], oldest=r[2]) for r in rows]


def counts(db: Connection, channel_id: str) -> dict[OutboxState, int]:
    """How many messages are in each state."""
    rows = db.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.channel_id == channel_id)
        .group_by(OutboxRow.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in OutboxState}


def listed(db: Connection, channel_id: str, wanted: Wanted) -> list[Delivery]:
    """The messages of a page, and one more where there is a next page.

    What is over is given newest first, what is still to come by its time.
    """
    which = [OutboxRow.channel_id == channel_id, OutboxRow.state == wanted.state]
    if wanted.error:
        which.append(OutboxRow.error == wanted.error)
    is_over = wanted.state not in (OutboxState.WAITING, OutboxState.HELD)
    order = OutboxRow.settled_at.desc() if is_over else OutboxRow.not_before
    query = select(*_COLUMNS).where(*which).order_by(order, OutboxRow.id)
    return _read(db, query.offset(wanted.page * wanted.size).limit(wanted.size + 1))


def find(db: Connection, channel_id: str, row_id: str) -> Delivery | None:
    """The message of this id; None where there is none."""
    wanted = select(*_COLUMNS).where(_is(channel_id, [row_id]))
    return next(iter(_read(db, wanted)), None)


def send_again(
    db: Connection, which: ColumnElement[bool], at: datetime, today: datetime, why: str
) -> list[str]:
    """Let wait once more what failed or perhaps went out, and is still of use; gives the ids.

    It goes out in a new call, under a new retry key: LINE does not know it from before.
    """
    ring(db)
    again = moving_by_hand(OutboxState.WAITING, at, why, batch_id=None, told_in=None, alone=True)
    still = and_(which, OutboxRow.expires_at > today)
    return list(db.scalars(again.where(still).returning(OutboxRow.id)))


def void(db: Connection, which: ColumnElement[bool], at: datetime, why: str) -> list[str]:
    """Never send these; gives the ids of those that could be voided."""
    over = moving_by_hand(OutboxState.VOID, at, why)
    return list(db.scalars(over.where(which).returning(OutboxRow.id)))


def one(channel_id: str, row_id: str) -> ColumnElement[bool]:
    """The condition on one message."""
    return _is(channel_id, [row_id])


def of_reason(channel_id: str, state: OutboxState, error: str) -> ColumnElement[bool]:
    """The condition on all messages that are in this state for this reason."""
    same = OutboxRow.error == error if error else OutboxRow.error.is_(None)
    return and_(OutboxRow.channel_id == channel_id, OutboxRow.state == state, same)


def is_answer() -> ColumnElement[bool]:
    """The condition on answers of staff."""
    return OutboxRow.kind == NoticeKind.ANSWER


def may_send_again(state: OutboxState) -> bool:
    """Whether staff may send again what is in this state."""
    return OutboxState.WAITING in BY_HAND.get(state, ())


def may_void(state: OutboxState) -> bool:
    """Whether staff may void what is in this state."""
    return OutboxState.VOID in BY_HAND.get(state, ())


def _is(channel_id: str, ids: Sequence[str]) -> ColumnElement[bool]:
    return and_(OutboxRow.channel_id == channel_id, OutboxRow.id.in_(ids))


def _read(db: Connection, query: Select[Any]) -> list[Delivery]:
    rows = [row._asdict() for row in db.execute(query)]
    return [Delivery(**{**row, "answer": from_plain(row["answer"])}) for row in rows]
