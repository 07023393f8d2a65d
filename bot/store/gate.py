"""What of the outbox may go out at all: nothing of a broadcast that is paused or cancelled.

A pause is one changed row and not as many as there are people: whoever takes messages from the
outbox asks here. What a call to LINE already carries is not called back.
"""

from sqlalchemy import ColumnElement, or_, select

from bot.model.broadcasts import STOPPED
from bot.store.broadcast_tables import BroadcastRow
from bot.store.tables import OutboxRow


def may_go(channel_id: str) -> ColumnElement[bool]:
    """Whether a message of this channel's outbox is held back by nobody."""
    stopped = select(BroadcastRow.id).where(
        BroadcastRow.channel_id == channel_id, BroadcastRow.state.in_(STOPPED)
    )
    return or_(OutboxRow.broadcast_id.is_(None), OutboxRow.broadcast_id.not_in(stopped))
