"""What the month's quota still allows: who is sent to now, who is held back, what staff are told.

What matters most has its place kept: a deadline's notice may not take what the sessions of the rest
of the month will need. What is counted for later is at most what will be sent: merging and riding
along make it less.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, func, select, update

from bot.clock import TAIPEI, taipei_day
from bot.model.reminders import NoticeKind
from bot.store.awake import may_ring
from bot.store.outbox import end_of_day
from bot.store.outbox_moves import move
from bot.store.sending_tables import BatchRow, QuotaRow
from bot.store.tables import OPEN, OutboxRow, OutboxState
from bot.store.upsert import insert_into

NO_ROOM = "the quota has no room"
KINDS = tuple(NoticeKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How a channel stands with LINE's quota."""

    most: int | None  # None: without limit, or not known
    used: int
    month: str
    later: dict[str, int]  # kind → people


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the rest of the month needs, as staff are told."""

    most: int | None
    used: int
    waiting: int  # messages that are due until the month's end
    held: int
    runs_out_on: date | None  # None: it is enough


def month_of(today: datetime) -> str:
    """The month in which LINE counts what is sent at this instant."""
    return f"{taipei_day(today):%Y-%m}"


def lock(db: Connection, channel_id: str, today: datetime) -> Quota:
    """The channel's quota, its row held until the commit; a new month begins with nothing used."""
    new = insert_into(db, QuotaRow).values(channel_id=channel_id, most=None, used=0, later={})
    db.execute(new.on_conflict_do_nothing())
    columns = [QuotaRow.__table__.c[name] for name in Quota.__dataclass_fields__]
    row = db.execute(
        select(*columns).where(QuotaRow.channel_id == channel_id).with_for_update()
    ).one()
    quota = Quota(**row._asdict())
    if quota.month == month_of(today):
        return quota
    begun = {"month": month_of(today), "used": 0}
    _keep(db, channel_id, **begun)
    return Quota(**{**row._asdict(), **begun})


def spend(db: Connection, channel_id: str, people: int) -> None:
    """Note that so many were sent to."""
    db.execute(
        update(QuotaRow)
        .where(QuotaRow.channel_id == channel_id)
        .values(used=QuotaRow.used + people)
    )


def keep_reading(
    db: Connection, channel_id: str, reading: tuple[int | None, int], now: datetime, today: datetime
) -> Outlook:
    """Keep what LINE says (the limit, and what is used of it), and let go what now has room."""
    lock(db, channel_id, today)
    most, used = reading
    later = _needed_later(db, channel_id, today) if most is not None else {}
    read = {"most": most, "used": used, "later": later, "read_at": now, "read_on": today}
    _keep(db, channel_id, **read)
    _let_go(db, channel_id, today, now)
    return outlook(db, channel_id, today)


def last_read(db: Connection, channel_id: str) -> tuple[datetime | None, datetime | None]:
    """When LINE was last asked: of the real clock, and of the one that stamps events."""
    row = db.execute(
        select(QuotaRow.read_at, QuotaRow.read_on).where(QuotaRow.channel_id == channel_id)
    ).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def room(db: Connection, channel_id: str, today: datetime) -> dict[NoticeKind, int] | None:
    """How many people may be sent to now, by what it is about; None: as many as there are.

    The quota's row must be held.
    """
    quota = lock(db, channel_id, today)
    if quota.most is None:
        return None
    left = quota.most - quota.used - _flying(db, channel_id)
    found = {}
    for kind in KINDS:
        found[kind] = max(0, left)
        left -= quota.later.get(kind.value, 0)
    return found


def stand(db: Connection, channel_id: str, today: datetime) -> Quota:
    """How the quota stands; whoever asks does not hold it."""
    columns = [QuotaRow.__table__.c[name] for name in Quota.__dataclass_fields__]
    row = db.execute(select(*columns).where(QuotaRow.channel_id == channel_id)).one_or_none()
    month = month_of(today)
    if row is None:
        return Quota(most=None, used=0, month=month, later={})
    return Quota(**{**row._asdict(), "used": row.used if row.month == month else 0})


def outlook(db: Connection, channel_id: str, today: datetime) -> Outlook:
    """How the month will end, if all that waits is sent."""
    quota = stand(db, channel_id, today)
    most, used = quota.most, quota.used
    held = db.scalar(
        select(func.count()).where(
            OutboxRow.channel_id == channel_id, OutboxRow.state == OutboxState.HELD
        )
    )
    needed: Counter[date] = Counter()
    for _, at, people in _waiting(db, channel_id, _end_of_month(today)):
        needed[max(taipei_day(at), taipei_day(today))] += people
    runs_out = None
    total = used + _flying(db, channel_id)
    for day in sorted(needed):
        total += needed[day]
        if most is not None and total > most:
            runs_out = day
            break
    return Outlook(
        most=most,
        used=used,
        waiting=sum(needed.values()),
        held=held or 0,
        runs_out_on=runs_out,
    )


def needed_by_day(db: Connection, channel_id: str, today: datetime) -> dict[date, int]:
    """How many messages are due on each day until the month's end, at most, by day.

    What is late counts today, what is in batches with it.
    """
    first = taipei_day(today)
    needed = {first: _flying(db, channel_id)}
    for _, at, people in _waiting(db, channel_id, _end_of_month(today)):
        day = max(taipei_day(at), first)
        needed[day] = needed.get(day, 0) + people
    return dict(sorted(needed.items()))


def _let_go(db: Connection, channel_id: str, today: datetime, now: datetime) -> None:
    allowed = room(db, channel_id, today)
    for kind in KINDS:
        held = select(OutboxRow.id).where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.state == OutboxState.HELD,
            OutboxRow.kind == kind,
            OutboxRow.expires_at > today,
            may_ring(today),
        )
        held = held.order_by(OutboxRow.expires_at, OutboxRow.id)
        if allowed is not None:
            held = held.limit(allowed[kind])
        move(db, OutboxRow.id.in_(held.scalar_subquery()), OutboxState.WAITING, now, "room again")


def _needed_later(db: Connection, channel_id: str, today: datetime) -> dict[str, int]:
    found: Counter[str] = Counter()
    for kind, at, people in _waiting(db, channel_id, _end_of_month(today)):
        if at >= end_of_day(today):
            found[kind.value] += people
    return dict(found)


def _waiting(
    db: Connection, channel_id: str, until: datetime
) -> list[tuple[NoticeKind, datetime, int]]:
    """Kind, instant, and how many people wait for it."""
    rows = db.execute(
        select(OutboxRow.kind, OutboxRow.not_before, func.count(OutboxRow.user_id.distinct()))
        .where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.state.in_(OPEN),
            OutboxRow.not_before < until,
        )
        .group_by(OutboxRow.kind, OutboxRow.not_before)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _flying(db: Connection, channel_id: str) -> int:
    """People in batches that LINE has not taken yet, as far as we know."""
    return (
        db.scalar(
            select(func.sum(BatchRow.people)).where(
                BatchRow.channel_id == channel_id,
                BatchRow.state.in_((OutboxState.WAITING, OutboxState.SENDING)),
            )
        )
        or 0
    )


def _keep(db: Connection, channel_id: str, **values: object) -> None:
    db.execute(update(QuotaRow).where(QuotaRow.channel_id == channel_id).values(**values))


def _end_of_month(today: datetime) -> datetime:
    first = taipei_day(today).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return datetime.combine(after, time(), TAIPEI)
