"""What staff are told of the bot itself: that it does not send, that plans are out of date."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that is wrong, with its cure."""

    fact: str  # names it while it lasts: clock, refused, ended:cooc-teacher
    words: str
    every: int = 1  # days between two tellings, while it lasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What shows how a channel is, as it was last noted. Instants of the real clock but for due."""

    ticked_at: datetime | None = None  # a worker came to the end of its round
    refused_at: datetime | None = None  # LINE refused us, and took nothing since
    refused_why: str = ""  # the status: 401, 403
    due_since: datetime | None = None  # the oldest message that could go and waits; people's clock
    sent_at: datetime | None = None  # when a message last went out
