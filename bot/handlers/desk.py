"""What a handler is handed, and what it gives back."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.messages import Answer
from bot.model.talk import Talk
from bot.understand.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open transaction, the plans, and what the chat is about."""

    db: Connection
    reader: Reader
    talk: Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What is said, and what the chat is about from now on."""

    answer: Answer
    talk: Talk
