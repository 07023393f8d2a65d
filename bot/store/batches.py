"""Batches: each is one call to LINE, committed with its retry key and its people before the call.

A process that dies while it sends leaves `sending` behind: after LEASE another one takes the batch,
with the same key, body and people. LINE remembers the key for a day; that makes it harmless.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from bot.messages import Answer, from_plain
from bot.store import quotas
from bot.store.awake import is_awake
from bot.store.outbox import IN_READING_ORDER
from bot.store.outbox_moves import move, moving
from bot.store.sending_tables import BatchRow, Way
from bot.store.tables import OPEN, OutboxRow, OutboxState, Person
from bot.store.upsert import parts_of

# Longer than the slowest call to LINE may take, and the wait before it: then its holder is dead.
LEASE = timedelta(seconds=60)
# LINE remembers a retry key for 24 hours; after that the same key would be a new message.
KEY_LIFE = timedelta(hours=23)
# A batch waits so long for the last of its people to wake: much longer, and its key runs out.
A_NIGHT = timedelta(hours=12)
AT_A_TIME = 500  # values of one statement
UNSETTLED = (OutboxState.WAITING, OutboxState.SENDING)
TOO_LATE, KEY_RAN_OUT, BLOCKED = "too late", "retry key ran out", "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A batch that this process holds and must send now, or say why not."""

    id: str
    channel_id: str
    way: Way
    user_ids: tuple[str, ...]
    keys: tuple[str, ...]  # of the facts that it tells its first person
    answers: tuple[Answer, ...]  # in reading order; the same for all its people
    retry_key: str
    tries: int  # this one counted


class End(Enum):
    """How a try to send a batch ended."""

    SENT = "sent"
    AGAIN = "again"  # perhaps it went out: the same once more
    UNSENT = "unsent"  # it surely did not go out in this try
    REFUSED = "refused"  # LINE will never take it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a try to send a batch ended, and when it is tried again where it is."""

    due: Due
    end: End
    error: str = ""
    again_at: datetime | None = None


def take_left(
    db: Connection, channel_id: str, now: datetime, today: datetime, most: int
) -> list[Due]:
    """Batches whose process died, or which LINE did not take, when their time has come."""
    free = (
        select(BatchRow.id)
        .where(
            BatchRow.channel_id == channel_id,
            _is_free(now),
            or_(BatchRow.state == OutboxState.SENDING, BatchRow.not_before <= now),
            BatchRow.expires_at > today,
            or_(BatchRow.first_sent_at.is_(None), BatchRow.first_sent_at > now - KEY_LIFE),
            or_(BatchRow.first_sent_at <= now - A_NIGHT, _none_asleep(today)),
        )
        .order_by(BatchRow.not_before, BatchRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.scalars(free))
    if not ids:
        return []
    taken = (
        update(BatchRow)
        .where(BatchRow.id.in_(ids))
        .values(
            state=OutboxState.SENDING,
            claimed_at=now,
            first_sent_at=func.coalesce(BatchRow.first_sent_at, now),
            tries=BatchRow.tries + 1,
        )
    )
    db.execute(taken)
    dues = held(db, channel_id, ids)
    empty = set(ids) - {due.id for due in dues}  # their people had all that is kept erased
    if empty:
        _end(db, BatchRow.id.in_(empty), OutboxState.VOID, now)
    return dues


def held(db: Connection, channel_id: str, ids: Sequence[str]) -> list[Due]:
    """These batches, which this process holds, with what they say and to whom."""
    found: dict[str, Any] = {}
    for some in parts_of(ids, AT_A_TIME):
        columns = (BatchRow.id, BatchRow.way, BatchRow.retry_key, BatchRow.tries)
        found |= {r.id: r for r in db.execute(select(*columns).where(BatchRow.id.in_(some)))}
    carried = _carried(db, ids)
    return [_due(channel_id, found[i], carried[i]) for i in ids if carried[i]]


def settle(db: Connection, endings: Sequence[Ending], now: datetime) -> None:
    """Write down how tries ended. What went out is sent, whatever another process thought."""
    sent = [e.due for e in endings if e.end is End.SENT]
    for some in parts_of(sorted(sent, key=lambda due: due.id), AT_A_TIME):
        ids = [due.id for due in some]
        not_known = and_(BatchRow.id.in_(ids), BatchRow.state != OutboxState.SENT)
        done = set(_end(db, not_known, OutboxState.SENT, now))
        db.execute(moving(OutboxState.SENT, now).where(OutboxRow.batch_id.in_(ids)))
        people = sum(len(due.user_ids) for due in some if due.id in done)
        quotas.spend(db, some[0].channel_id, people)
    rest = [e for e in endings if e.end is not End.SENT]
    fresh = [e for e in rest if e.end is End.UNSENT and e.due.tries == 1]
    for unsent in parts_of(fresh, AT_A_TIME):
        _dissolve(db, unsent, now)
    for ending in rest:
        if ending.end is not End.UNSENT or ending.due.tries > 1:
            _settle(db, ending, now)


def close_stale(db: Connection, channel_id: str, now: datetime, today: datetime) -> list[str]:
    """Give up what may not be sent any more; gives the ids of what perhaps went out, sorted.

    That is: what is of no more use, whose key LINE has forgotten, or whose person blocked us.
    """
    open_ = and_(OutboxRow.channel_id == channel_id, OutboxRow.state.in_(OPEN))
    move(db, and_(open_, OutboxRow.expires_at <= today), OutboxState.VOID, now, TOO_LATE)
    due = and_(open_, OutboxRow.not_before <= today, _has_blocked())
    move(db, due, OutboxState.VOID, now, BLOCKED)
    lost: list[str] = []
    blocked = exists().where(OutboxRow.batch_id == BatchRow.id, _has_blocked())
    for why, which in (
        (KEY_RAN_OUT, BatchRow.first_sent_at <= now - KEY_LIFE),
        (TOO_LATE, BatchRow.expires_at <= today),
        (BLOCKED, and_(BatchRow.way == Way.PUSH, blocked)),
    ):
        free = select(BatchRow.id).where(BatchRow.channel_id == channel_id, _is_free(now), which)
        ids = list(db.scalars(free.with_for_update(skip_locked=True)))
        for some in parts_of(ids, AT_A_TIME):
            _end(db, BatchRow.id.in_(some), OutboxState.UNCERTAIN, now, why)
            carried = OutboxRow.batch_id.in_(some)
            lost += move(db, carried, OutboxState.UNCERTAIN, now, why)
    return sorted(lost)


def _answers_of(db: Connection, row_ids: Sequence[str]) -> dict[str, Answer]:
    """What these messages say, by their ids."""
    found: dict[str, Answer] = {}
    for some in parts_of(row_ids, AT_A_TIME):
        rows = db.execute(select(OutboxRow.id, OutboxRow.answer).where(OutboxRow.id.in_(some)))
        found |= {row.id: from_plain(row.answer) for row in rows}
    return found


def _dissolve(db: Connection, endings: Sequence[Ending], now: datetime) -> None:
    """These batches were never sent: what they carried waits as if there had been none."""
    held = and_(
        BatchRow.id.in_([ending.due.id for ending in endings]),
        BatchRow.state == OutboxState.SENDING,
        BatchRow.tries == 1,
    )
    error = endings[0].error
    ended = _end(db, held, OutboxState.VOID, now, error)
    waits = moving(OutboxState.WAITING, now, error, batch_id=None)
    db.execute(waits.where(OutboxRow.batch_id.in_(ended), OutboxRow.state == OutboxState.SENDING))


def _settle(db: Connection, ending: Ending, now: datetime) -> None:
    due, error = ending.due, ending.error
    held = and_(
        BatchRow.id == due.id, BatchRow.state == OutboxState.SENDING, BatchRow.tries == due.tries
    )
    carried = and_(OutboxRow.batch_id == due.id, OutboxRow.state == OutboxState.SENDING)
    if ending.end is End.REFUSED:
        if not _end(db, held, OutboxState.DEAD, now, error):
            return
        if due.way is Way.PUSH:
            db.execute(moving(OutboxState.DEAD, now, error).where(carried))
        else:  # one of them is no good: each by itself will show which
            again = moving(OutboxState.WAITING, now, error, batch_id=None, alone=True)
            db.execute(again.where(carried))
    else:
        waits = {"state": OutboxState.WAITING, "not_before": ending.again_at, "error": error}
        tried = due.tries - 1 if ending.end is End.UNSENT else due.tries
        db.execute(update(BatchRow).where(held).values(**waits, tries=tried))


def _end(
    db: Connection, which: ColumnElement[bool], state: OutboxState, now: datetime, error: str = ""
) -> list[str]:
    ended = {"state": state, "settled_at": now, "error": error or None}
    changed = update(BatchRow).where(which).values(**ended)
    return list(db.scalars(changed.returning(BatchRow.id)))


def _carried(db: Connection, ids: Sequence[str]) -> dict[str, list[tuple[Any, Answer | None]]]:
    """The messages of each batch by person, in reading order; only the first person's with words.

    The others' words are the same.
    """
    found: dict[str, list[Any]] = {i: [] for i in ids}
    for some in parts_of(ids, AT_A_TIME):
        rows = db.execute(
            select(OutboxRow.batch_id, OutboxRow.id, OutboxRow.user_id, OutboxRow.key)
            .where(OutboxRow.batch_id.in_(some))
            .order_by(OutboxRow.user_id, *IN_READING_ORDER)
        )
        for row in rows:
            found[row.batch_id].append(row)
    first = [row.id for rows in found.values() for row in rows if row.user_id == rows[0].user_id]
    answers = _answers_of(db, first)
    return {i: [(row, answers.get(row.id)) for row in rows] for i, rows in found.items()}


def _due(channel_id: str, batch: Any, carried: Sequence[tuple[Any, Answer | None]]) -> Due:
    return Due(
        id=batch.id,
        channel_id=channel_id,
        way=batch.way,
        user_ids=tuple(dict.fromkeys(row.user_id for row, _ in carried)),
        keys=tuple(row.key for row, answer in carried if answer is not None),
        answers=tuple(answer for _, answer in carried if answer is not None),
        retry_key=batch.retry_key,
        tries=batch.tries,
    )


def _has_blocked() -> ColumnElement[bool]:
    return exists().where(
        Person.channel_id == OutboxRow.channel_id,
        Person.user_id == OutboxRow.user_id,
        Person.blocked_at.is_not(None),
    )


def _none_asleep(today: datetime) -> ColumnElement[bool]:
    return ~exists().where(OutboxRow.batch_id == BatchRow.id, ~is_awake(today))


def _is_free(now: datetime) -> ColumnElement[bool]:
    # The states are named as the partial index names them, so that it is used.
    return and_(
        BatchRow.state.in_(UNSETTLED),
        or_(BatchRow.state == OutboxState.WAITING, BatchRow.claimed_at < now - LEASE),
    )
