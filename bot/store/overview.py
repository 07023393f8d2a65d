"""How much waits, and how far the clock came: for the first page of the console."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot.model.alarms import Alarm
from bot.model.submission import Standing
from bot.store import alarms, question_work, quotas, referrals
from bot.store.question_work import Look
from bot.store.quotas import Outlook
from bot.store.reminder_tables import ClockRow
from bot.store.submission_tables import SubmissionRow
from bot.store.tables import OutboxRow, OutboxState

COUNTED = (
    OutboxState.WAITING,
    OutboxState.SENDING,
    OutboxState.HELD,
    OutboxState.DEAD,
    OutboxState.UNCERTAIN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a channel stands."""

    questions: int  # passed on and not answered
    outbox: dict[OutboxState, int]  # each state of COUNTED
    quota: Outlook
    needed: dict[date, int]  # messages that are due on each day of the rest of the month
    returned: int  # pieces that were sent back and not handed in again
    to_look_at: dict[Look, int]  # questions that nobody of staff saw to
    planned_at: datetime | None  # up to when reminders were planned last
    alarms: list[Alarm]  # what is wrong now


def overview(db: Connection, channel_id: str, now: datetime) -> Overview:
    """How the channel stands at `now`, on the clock that people live by."""
    counted = db.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.channel_id == channel_id, OutboxRow.state.in_(COUNTED))
        .group_by(OutboxRow.state)
    )
    found = {row[0]: row[1] for row in counted}
    return Overview(
        questions=referrals.count_open(db, channel_id),
        outbox={state: found.get(state, 0) for state in COUNTED},
        quota=quotas.outlook(db, channel_id, now),
        needed=quotas.needed_by_day(db, channel_id, now),
        returned=_returned(db, channel_id),
        to_look_at=question_work.counts(db, channel_id),
        alarms=alarms.active(db, channel_id),
        planned_at=db.scalar(select(ClockRow.planned_at).where(ClockRow.channel_id == channel_id)),
    )


def _returned(db: Connection, channel_id: str) -> int:
    returned = (SubmissionRow.state == Standing.RETURNED, SubmissionRow.undone_at.is_(None))
    wanted = select(func.count()).where(SubmissionRow.channel_id == channel_id, *returned)
    return db.scalar(wanted) or 0
