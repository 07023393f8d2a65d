"""A chat with the handlers, as dispatch leads it: the talk of one answer goes into the next."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection

from bot.cli.plain import plain
from bot.handlers.desk import Desk
from bot.handlers.table import handle
from bot.links import Links
from bot.messages import Answer, Card, Incoming, Kind, Row
from bot.model.talk import Talk
from bot.store import interviews
from bot.understand.reader import Reader

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")


PEOPLE = count()


class Chat:
    """One person's chat, all of it at the same instant unless `at` is moved."""

    def __init__(self, reader: Reader, db: Connection, at: datetime = JUNE) -> None:
        self.reader = reader
        self.db = db
        self.at = at
        self.user = f"U{next(PEOPLE)}"
        self.talk = Talk()
        self.links: Links | None = None  # there are no pages unless a test gives some

    def send(self, kind: Kind, **more: Any) -> Answer:
        """The answer to an event of this kind."""
        who = {"channel_id": "C", "chat_id": self.user, "user_id": self.user}
        incoming = Incoming(event_id="E", kind=kind, at=self.at, **{**who, **more})
        desk = Desk(db=self.db, reader=self.reader, talk=self.talk, links=self.links)
        handled = handle(incoming, desk)
        self.talk = handled.talk
        interviews.put(self.db, "C", self.user, *handled.told)
        return handled.answer

    def ask(self, text: str) -> Answer:
        """The answer to a message of words."""
        return self.send(Kind.TEXT, text=text)

    def say(self, text: str) -> str:
        """The answer to a message of words, as it is read."""
        return plain(self.ask(text))

    def press(self, data: str) -> Answer:
        """The answer to a pressed button."""
        return self.send(Kind.POSTBACK, data=data)


def cards(answer: Answer) -> list[Card]:
    """The cards of an answer, those of rows among them, in reading order."""
    parts = [p.cards if isinstance(p, Row) else (p,) for p in answer.parts]
    return [c for cards_of in parts for c in cards_of if isinstance(c, Card)]
