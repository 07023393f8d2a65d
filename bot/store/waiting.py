"""How many messages are in which state, and for how long the oldest of them are due."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.tables import OutboxRow, OutboxState

UNSETTLED = (OutboxState.WAITING, OutboxState.HELD, OutboxState.RIDING, OutboxState.SENDING)


def counts(db: Connection, channel_id: str) -> dict[OutboxState, int]:
    """How many there are in each state."""
    rows = db.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.channel_id == channel_id)
        .group_by(OutboxRow.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in OutboxState}


def oldest(db: Connection, channel_id: str, today: datetime) -> dict[OutboxState, datetime | None]:
    """Since when the oldest is due in each state that is not an end; None: none is."""
    rows = db.execute(
        select(OutboxRow.state, func.min(OutboxRow.not_before))
        .where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.state.in_(UNSETTLED),
            OutboxRow.not_before <= today,
            OutboxRow.expires_at > today,
        )
        .group_by(OutboxRow.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state) for state in UNSETTLED}
