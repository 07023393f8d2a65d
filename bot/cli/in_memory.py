"""The bot over a database in memory: asked as in LINE, and gone when the command ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.messages import SILENCE, Answer, Button, Incoming, Kind
from bot.settings import CHANNEL_ID
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.reader import Reader


@dataclass(frozen=True, slots=True)
class InMemory:
    """A bot that nobody else talks to; each chat is a person of its own."""

    office: Office
    _numbers: "count[int]" = field(default_factory=count)

    @property
    def reader(self) -> Reader:
        """What it answers from."""
        return self.office.reader

    def say(self, chat: str, text: str, at: datetime) -> Answer:
        """The answer to these words, written at this time."""
        return self._told(chat, Kind.TEXT, text, "", at)

    def press(self, chat: str, button: Button, at: datetime) -> Answer:
        """The answer to a button that sends words or data; not to one that opens a page."""
        if button.data:
            return self._told(chat, Kind.POSTBACK, "", button.data, at)
        return self.say(chat, button.say, at)

    def _told(self, chat: str, kind: Kind, text: str, data: str, at: datetime) -> Answer:
        incoming = Incoming(
            event_id=f"{chat}.{next(self._numbers)}",
            kind=kind,
            at=at,
            channel_id=CHANNEL_ID,
            chat_id=chat,
            user_id=chat,
            text=text,
            data=data,
            reply_token=chat,
        )
        owed = self.office.respond(incoming, at)
        return owed.answer if owed else SILENCE


@contextmanager
def in_memory(reader: Reader) -> Iterator[InMemory]:
    """A bot that answers from `reader`; its database is let go of at the end."""
    engine = open_engine("sqlite://")
    try:
        schema.migrate(engine)
        yield InMemory(Office(engine, handle, reader))
    finally:
        engine.dispose()
