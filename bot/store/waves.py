"""From what is due to batches: one message a person a day, one call for all who are told the same.

A wave is a part of what is due, the most weighty first. With a person's first message goes all else
of their day. Whoever makes waves holds the channel's quota row, so that two never share a person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select

from bot.model.reminders import NoticeKind
from bot.store import batches, quotas
from bot.store.awake import is_awake
from bot.store.batches import Due
from bot.store.gate import may_go
from bot.store.outbox import IN_READING_ORDER, RANK, is_of_today
from bot.store.outbox_moves import move, moving
from bot.store.sending_tables import BatchRow, Way
from bot.store.tables import OPEN, OutboxRow, OutboxState
from bot.store.upsert import parts_of

ROWS = 1_500  # of a wave: its calls end within a lease, and its transaction is short
MULTICAST = 500  # people of one call, as LINE takes them
AT_A_TIME = 500  # values of one statement
OF_A_DAY = 12  # messages to one person in one call: cards side by side

_LIGHT = [OutboxRow.__table__.c[name] for name in ("id", "user_id", "kind", "fact", "expires_at")]
_LIGHT += [OutboxRow.__table__.c[name] for name in ("not_before", "alone")]


@dataclass(frozen=True, slots=True)
class _Group:
    """Everybody who is told the same, each with the ids of their messages in reading order."""

    way: Way
    rows: Mapping[str, Sequence[Any]]  # user id → messages


def claim(
    db: Connection, channel_id: str, now: datetime, today: datetime, most: int = ROWS
) -> list[Due]:
    """Batches that this process must send now: what was left behind, else what is due.

    Args:
        most: how many rows to look at; their people's other messages of the day come along.
    """
    left = batches.take_left(db, channel_id, now, today, most)
    return left or _claim_due(db, channel_id, (now, today), most)


def claim_for(
    db: Connection, channel_id: str, now: datetime, today: datetime, people: Collection[str]
) -> list[Due]:
    """Batches of what is due to these people alone; what others left behind stays."""
    return _claim_due(db, channel_id, (now, today), ROWS, people)


def _claim_due(
    db: Connection,
    channel_id: str,
    times: tuple[datetime, datetime],
    most: int,
    only: Collection[str] = (),
) -> list[Due]:
    now, today = times
    room = quotas.room(db, channel_id, today)
    while True:
        due = _due_rows(db, channel_id, today, most, only)
        if not due:
            return []
        days = _whole_days(db, channel_id, today, due)
        if room is not None:
            _hold(db, days, room, now)
        groups = list(_grouped(days, last=due[-1] if len(due) == most else None))
        if groups:
            return _send(db, channel_id, groups, now)


def _due_rows(
    db: Connection, channel_id: str, today: datetime, most: int, only: Collection[str]
) -> Sequence[Any]:
    of_them = (OutboxRow.user_id.in_(only),) if only else ()
    return db.execute(
        select(*_LIGHT)
        .where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.not_before <= today,
            OutboxRow.expires_at > today,
            is_awake(today),
            may_go(channel_id),
            *of_them,
        )
        .order_by(RANK, OutboxRow.fact, OutboxRow.not_before, OutboxRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def _whole_days(
    db: Connection, channel_id: str, today: datetime, due: Sequence[Any]
) -> dict[str, list[Any]]:
    """All that those people are to be told today, in reading order, and no more than one call."""
    found: dict[str, list[Any]] = {row.user_id: [] for row in due}
    for people in parts_of(list(found), AT_A_TIME):
        rows = db.execute(
            select(*_LIGHT)
            .where(
                OutboxRow.channel_id == channel_id,
                OutboxRow.user_id.in_(people),
                OutboxRow.state.in_(OPEN),
                is_of_today(today),
                may_go(channel_id),
            )
            .order_by(*IN_READING_ORDER)
            .with_for_update(skip_locked=True)
        )
        for row in rows:
            if len(found[row.user_id]) < OF_A_DAY:
                found[row.user_id].append(row)
    return {user_id: rows for user_id, rows in found.items() if rows}


def _hold(
    db: Connection, days: dict[str, list[Any]], room: dict[NoticeKind, int], now: datetime
) -> None:
    """Hold back whom the quota has no room for; the others' places are taken from it."""
    held: list[str] = []
    for user_id, rows in list(days.items()):
        if room[rows[0].kind] > 0:
            for kind in room:
                room[kind] -= 1
        else:
            held += [row.id for row in days.pop(user_id)]
    for some in parts_of(held, AT_A_TIME):
        move(db, OutboxRow.id.in_(some), OutboxState.HELD, now, quotas.NO_ROOM)


def _grouped(days: Mapping[str, Sequence[Any]], last: Any) -> Iterator[_Group]:
    """Those who are told the same together.

    Args:
        last: where there is more than this wave holds, its last row: whoever is told the same may
            come with the next wave too, and a multicast that is not full waits for them.
    """
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for user_id, rows in days.items():
        facts = tuple(row.fact for row in rows)
        if all(facts) and not any(row.alone for row in rows):
            same[facts].append(user_id)
        else:
            yield _Group(Way.PUSH, {user_id: rows})
    for facts, people in same.items():
        if last is not None and last.fact in facts and len(people) >= MULTICAST:
            people = people[: len(people) // MULTICAST * MULTICAST]
        for some in parts_of(sorted(people), MULTICAST):
            way = Way.MULTICAST if len(some) > 1 else Way.PUSH
            yield _Group(way, {user_id: days[user_id] for user_id in some})


def _send(db: Connection, channel_id: str, groups: Sequence[_Group], now: datetime) -> list[Due]:
    """Make the batches, held by this process, and let their messages point at them."""
    ids = [uuid4().hex for _ in groups]
    new = [_batch(channel_id, i, group, now) for i, group in zip(ids, groups, strict=True)]
    db.execute(insert(BatchRow), new)
    pointed = moving(OutboxState.SENDING, now, batch_id=bindparam("batch"))
    table = OutboxRow.__table__
    db.execute(
        pointed.where(table.c.id == bindparam("row")),
        [
            {"row": row.id, "batch": i}
            for i, group in zip(ids, groups, strict=True)
            for rows in group.rows.values()
            for row in rows
        ],
    )
    return batches.held(db, channel_id, ids)


def _batch(channel_id: str, batch_id: str, group: _Group, now: datetime) -> dict[str, Any]:
    return {
        "id": batch_id,
        "channel_id": channel_id,
        "way": group.way,
        "people": len(group.rows),
        "state": OutboxState.SENDING,
        "retry_key": str(uuid4()),
        "not_before": now,
        "expires_at": max(row.expires_at for rows in group.rows.values() for row in rows),
        "first_sent_at": now,
        "claimed_at": now,
        "tries": 1,
    }
