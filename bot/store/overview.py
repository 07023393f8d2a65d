"""How much waits, and how far the clock came: for the first page of the console."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store import quotas, referrals
from bot.store.quotas import Outlook
from bot.store.reminder_tables import ClockRow
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
    planned_at: datetime | None  # up to when reminders were planned last


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
        planned_at=db.scalar(select(ClockRow.planned_at).where(ClockRow.channel_id == channel_id)),
    )
