"""What one mail says, before it has the shape of a mail."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail: the notices of a person's day, or the question whether the address is theirs."""

    mail_id: str  # the same at every try: whoever gets it twice can tell
    address: str
    leave_url: str  # ends it, without login; empty: an alarm, to those who must get it
    at: datetime  # aware
    answers: tuple[Answer, ...] = ()
    confirm_url: str = ""  # of a confirmation
