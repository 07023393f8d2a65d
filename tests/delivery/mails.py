"""People with addresses, notices for them, and how their mails stand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine, select

from bot.delivery.mail import MailDrain
from bot.links import Links
from bot.mail.smtp import SmtpSender
from bot.messages import Answer, Text
from bot.model.reminders import NoticeKind
from bot.store import mail_addresses, outbox, people
from bot.store.channel_tables import MailAddress, MailRow, MailState, Via
from bot.store.mail_addresses import Subscriber
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from tests.mail.server import MailServer
from tests.store.events_of import NOON

ADDRESS = "teacher@school.edu.tw"
LINKS = Links("https://bell.example.tw", "a key of a test's own")


@dataclass
class Post:
    """A channel whose people want mail, and the server that takes it."""

    engine: Engine
    server: MailServer
    numbers: Any = field(default_factory=count)

    def drain(self, **own: Any) -> MailDrain:
        usual = {
            "engine": self.engine,
            "sender": SmtpSender(self.server.url, "師鐘 <bell@example.edu.tw>"),
            "channel_id": "default",
            "links": LINKS,
            "chance": lambda: 0.5,
            "elapsed": lambda: 0.0,
        }
        return MailDrain(**{**usual, **own})

    def tick(self, at: datetime = NOON, drain: MailDrain | None = None) -> int:
        """What a worker does about mail; gives how many went out."""
        drain = drain or self.drain()
        drain.take(at)
        return drain.run(at, at)

    def wants(self, via: Via = Via.MAIL, user: str = "U1", address: str = ADDRESS) -> Subscriber:
        """Somebody whose address is confirmed; the confirmation itself is out of the way."""
        with self.engine.begin() as db:
            people.see(db, "default", user, NOON)
            asked = mail_addresses.ask(db, "default", user, address, NOON)
            assert asked
            mail_addresses.confirm(db, asked.key, NOON)
            mail_addresses.choose(db, "default", user, via, NOON)
            db.execute(MailRow.__table__.delete().where(MailRow.user_id == user))
            found = mail_addresses.find(db, "default", user)
        assert found
        return found

    def notice(self, text: str, at: datetime = NOON, key: str = "", user: str = "U1") -> str:
        """A notice that waits in the outbox; gives its key."""
        key = key or f"remind:{user}:{next(self.numbers)}"
        kind = NoticeKind.ANSWER if key.startswith("referral:") else NoticeKind.DEADLINE
        life = timedelta(days=3)
        if key.endswith("#1h"):
            kind, life = NoticeKind.SESSION, timedelta(hours=1)
        with self.engine.begin() as db:
            outbox.put(
                db,
                Notice(
                    channel_id="default",
                    user_id=user,
                    key=key,
                    answer=Answer((Text(text),)),
                    made_at=NOON - timedelta(days=1),
                    not_before=at,
                    expires_at=at + life,
                    kind=kind,
                ),
            )
        return key

    def mails(self) -> list[MailState]:
        """How the mails stand, row by row."""
        with self.engine.connect() as db:
            return list(db.scalars(select(MailRow.state).order_by(MailRow.not_before, MailRow.key)))

    def pushes(self) -> list[OutboxState]:
        """How the notices stand in the outbox."""
        with self.engine.connect() as db:
            rows = select(OutboxRow.state).order_by(OutboxRow.not_before, OutboxRow.key)
            return list(db.scalars(rows))

    def texts(self, address: str = ADDRESS) -> list[str]:
        """What arrived in a mailbox, as plain text."""
        bodies = [mail.get_body(("plain",)) for mail in self.server.to(address)]
        return [body.get_content() for body in bodies if body]

    def column(self, name: str) -> Any:
        with self.engine.connect() as db:
            return db.scalar(select(MailAddress.__table__.c[name]))
