"""What a handler is handed, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.links import Links
from bot.messages import Answer
from bot.model.talk import Talk
from bot.store.at_hand import AtHand
from bot.store.interviews import Told
from bot.understand.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open transaction, the plans, what the chat is about, and how pages are linked to.

    Args:
        apart: there is no transaction: whoever reaches for it gives up, and so nothing that is said
            hangs on what else is kept.
    """

    db: Connection
    reader: Reader
    talk: Talk
    links: Links | None = None  # None: there are no pages, as in the terminal
    mails: bool = False  # whether mail can be sent
    apart: bool = False
    at_hand: AtHand = field(default_factory=AtHand)  # what was seen to stand ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What is said, what the chat is about from now on, and what its writer told of themselves."""

    answer: Answer
    talk: Talk
    told: Sequence[Told] = ()  # to be kept, each of another eligibility
