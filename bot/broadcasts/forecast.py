"""What a broadcast will cost, before it is sent: people, messages, quota before and after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.broadcasts.recipients import Sources, choose
from bot.model.audience import Audience
from bot.store import quotas


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Whom it reaches, and how the month's quota stands before and after."""

    people: int
    blocked: int  # of the audience: they are left out
    most: int | None  # messages a month; None: without limit, or not known
    used: int
    waiting: int  # messages that are to be sent until the month's end in any case

    @property
    def messages(self) -> int:
        """How many messages LINE counts: one a person, whatever it consists of."""
        return self.people

    @property
    def left(self) -> int | None:
        """How many messages the month still has."""
        return None if self.most is None else max(0, self.most - self.used)

    @property
    def left_after(self) -> int | None:
        """How many it has when this one and all that waits is sent; below nothing: so many lack."""
        return None if self.left is None else self.left - self.waiting - self.messages

    @property
    def is_short(self) -> bool:
        """Whether some of it will have to wait for the next month or a larger quota."""
        return self.left_after is not None and self.left_after < 0


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
