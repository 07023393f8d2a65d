"""What a broadcast will cost, before it is sent: people, messages, quota before and after."""

from datetime import datetime

from sqlalchemy import Connection

from bot.broadcasts.recipients import Sources, choose
from bot.model.audience import Audience
from bot.model.broadcast_counts import Forecast
from bot.store import quotas


def forecast(
    db: Connection, channel_id: str, audience: Audience, sources: Sources, today: datetime
) -> Forecast:
    """What a broadcast to this audience comes to at this instant.

    Raises:
        AskAgain: the audience asks for what is not known here.
    """
    found = choose(db, channel_id, audience, sources, today)
    outlook = quotas.outlook(db, channel_id, today)
    return Forecast(
        people=len(found.user_ids),
        blocked=found.blocked,
        most=outlook.most,
        used=outlook.used,
        waiting=outlook.waiting,
    )
