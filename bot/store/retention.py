"""What was kept long enough goes, a few rows at a time.

Ids are read first, with no write lock held, and deleted then in a short transaction: nothing that
is old enough becomes young again. An event that holds a question is the record of what was said to
it, and goes with it. Of a broadcast the numbers stay.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select, tuple_, update

from bot.store import broadcast_report, broadcasts
from bot.store.broadcast_tables import BroadcastRow
from bot.store.channel_tables import UNSENT_MAIL, MailRow
from bot.store.outbox_moves import FINAL
from bot.store.sending_tables import BatchRow
from bot.store.tables import (
    Event,
    OutboxRow,
    Question,
    Referral,
    ReferralState,
    StaffEntry,
    TalkRow,
)

AT_A_TIME = 300  # rows of one transaction: a few milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """Rows of one table that were kept long enough."""

    table: Table
    keys: Sequence[tuple[Any, ...]]  # values of the primary key
    last: datetime | None  # the age mark of the last of them

    def delete(self, db: Connection) -> int:
        """Let them go; gives how many there were still."""
        if not self.keys:
            return 0
        key = tuple_(*self.table.primary_key.columns)
        return db.execute(delete(self.table).where(key.in_(list(self.keys)))).rowcount


Find = Callable[[Connection, str, datetime, datetime | None], Old]


def questions(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """Events whose question was asked before then: the question goes with its event."""
    rows = db.execute(
        select(Question.channel_id, Question.webhook_event_id, Question.asked_at)
        .where(Question.channel_id == channel_id, Question.asked_at < before)
        .order_by(Question.asked_at)
        .limit(AT_A_TIME)
    )
    return _old(Event, rows.all())


def referrals(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """Questions that were passed on before then, and seen to; what staff keep of one keeps it."""
    quoted = exists().where(StaffEntry.referral_id == Referral.id)
    these = (Referral.state != ReferralState.OPEN, Referral.passed_on_at < before, ~quoted)
    return _oldest(db, Referral, Referral.passed_on_at, (Referral.channel_id == channel_id, *these))


def events(db: Connection, channel_id: str, before: datetime, since: datetime | None) -> Old:
    """Events without a question that were received before then.

    Args:
        since: none older than this are left: what holds a question is not looked at again.
    """
    asked = exists().where(
        Question.channel_id == Event.channel_id,
        Question.webhook_event_id == Event.webhook_event_id,
    )
    these = [Event.channel_id == channel_id, Event.received_at < before, ~asked]
    if since is not None:
        these.append(Event.received_at >= since)
    return _oldest(db, Event, Event.received_at, these)


def talks(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """What chats were about before then."""
    these = (TalkRow.channel_id == channel_id, TalkRow.changed_at < before)
    return _oldest(db, TalkRow, TalkRow.changed_at, these)


def messages(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """Messages of the outbox that were settled before then."""
    these = (OutboxRow.channel_id == channel_id, OutboxRow.settled_at < before)
    return _oldest(db, OutboxRow, OutboxRow.settled_at, (*these, OutboxRow.state.in_(FINAL)))


def batches(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """Batches that were settled before then and carry nothing any more."""
    carries = exists().where(OutboxRow.batch_id == BatchRow.id)
    these = (BatchRow.channel_id == channel_id, BatchRow.settled_at < before)
    return _oldest(db, BatchRow, BatchRow.settled_at, (*these, ~carries))


def mails(db: Connection, channel_id: str, before: datetime, _since: datetime | None) -> Old:
    """Mails that were settled before then."""
    these = (MailRow.channel_id == channel_id, MailRow.settled_at < before)
    unsent = MailRow.state.in_(UNSENT_MAIL)
    return _oldest(db, MailRow, MailRow.settled_at, (*these, ~unsent))


def keep_numbers(
    db: Connection, channel_id: str, events_before: datetime, messages_before: datetime
) -> int:
    """Write down what a broadcast's report counts before its rows go; gives for how many.

    Who answered is counted among events, which go first; all else among messages.
    """
    began = (BroadcastRow.channel_id == channel_id, BroadcastRow.began_at < events_before)
    kept = 0
    rows = db.execute(select(BroadcastRow.id, BroadcastRow.kept_report).where(*began)).all()
    for broadcast_id, report in rows:
        is_whole = bool(report) and "recipients" in report
        gone = _has_messages_before(db, broadcast_id, messages_before)
        if is_whole or (report and not gone):
            continue
        found = broadcasts.find(db, channel_id, broadcast_id)
        if found is None:
            continue
        counted = asdict(broadcast_report.report(db, found))
        counted["taps"] = [list(one) for one in counted["taps"].items()]  # JSON's keys are words
        values = counted if gone else {"replied": counted["replied"]}
        changed = update(BroadcastRow).where(BroadcastRow.id == broadcast_id)
        db.execute(changed.values(kept_report=values))
        kept += 1
    return kept


def _has_messages_before(db: Connection, broadcast_id: str, before: datetime) -> bool:
    these = (OutboxRow.broadcast_id == broadcast_id, OutboxRow.settled_at < before)
    return db.scalar(select(OutboxRow.id).where(*these).limit(1)) is not None


def _oldest(db: Connection, model: Any, age: Any, these: Sequence[ColumnElement[bool]]) -> Old:
    keys = list(model.__table__.primary_key.columns)
    wanted = select(*keys, age).where(*these).order_by(age).limit(AT_A_TIME)
    return _old(model, db.execute(wanted).all())


def _old(model: Any, rows: Sequence[Any]) -> Old:
    """Of rows that end with the instant by which they are old."""
    keys = [tuple(row[:-1]) for row in rows]
    return Old(table=model.__table__, keys=keys, last=rows[-1][-1] if rows else None)
