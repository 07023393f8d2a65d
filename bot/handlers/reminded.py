"""Brings what the writer is reminded of up to date, in the transaction of what changed it."""

from bot.handlers.desk import Desk
from bot.messages import Incoming
from bot.reminders.follows import Where, refresh


def refresh_own(incoming: Incoming, desk: Desk) -> None:
    """Call it after all that changes what somebody follows, did, chose or set."""
    if incoming.user_id is not None:
        where = Where(desk.db, incoming.channel_id, desk.reader.edition, incoming.at)
        refresh(where, incoming.user_id)
