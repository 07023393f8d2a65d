"""A bot with real parts and its pages: questions are asked, passed on, and answered on a page."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from bot import wiring
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links, Purpose
from bot.messages import Answer, Incoming, Kind
from bot.settings import Settings
from bot.store import own_questions, people, referrals
from bot.store.people import Role
from bot.store.referrals import Passed
from bot.understand.reader import Reader
from bot.web.app import App
from tests.migrated import migrated

KEY, ADDRESS = "a key of a test's own", "https://bell.example.tw"
STAFF, OTHER_STAFF, TEACHER = "Ustaff-0001", "Ustaff-0002", "Uteacher-1"
JUNE = datetime(2022, 6, 15, 1, 0, tzinfo=UTC)  # 9:00 in Taipei
PARKING = "說書工作坊可以停車嗎"


@dataclass
class Stage:
    """A channel with two members of staff and a teacher, on a day in June 2022."""

    database_url: str
    reader: Reader
    now: datetime = JUNE
    smtp_url: str = ""
    house: wiring.House = field(init=False)
    app: App = field(init=False)
    office: Office = field(init=False)
    links: Links = field(init=False)
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        settings = Settings(
            line_channel_secret="s",
            line_channel_access_token="t",
            secret_key=KEY,
            base_url=ADDRESS,
            database_url=self.database_url,
            smtp_url=self.smtp_url,
            mail_from="師鐘 <bell@example.tw>" if self.smtp_url else "",
        )
        self.links = Links(ADDRESS, KEY)
        self.house = wiring.open_house(settings, lambda: self.now, reader=self.reader)
        migrated(self.house.engine)
        mails = settings.has_mail
        self.office = Office(self.engine, handle, self.reader, self.links, mails=mails)
        self.app = wiring.build_app(settings, self.house, self.reader)

    @property
    def engine(self) -> Engine:
        """The database."""
        return self.house.engine

    def staff(self) -> None:
        """Two people become staff."""
        with self.engine.begin() as db:
            for user in (STAFF, OTHER_STAFF):
                people.see(db, "default", user, self.now)
                people.give_role(db, "default", user, Role.STAFF)

    def send(self, user: str, office: Office | None = None, **own: Any) -> Answer:
        """What is said to an event of this person."""
        event_id = own.pop("event_id", f"E{next(self._numbers):03}")
        usual = {"kind": Kind.TEXT, "at": self.now, "channel_id": "default", "chat_id": user}
        incoming = Incoming(
            **{**usual, "event_id": event_id, "user_id": user, "reply_token": "token", **own}
        )
        owed = (office or self.office).respond(incoming, self.now)
        assert owed is not None
        return owed.answer

    def ask(self, text: str, user: str = TEACHER, **own: Any) -> Answer:
        """What is said to these words."""
        return self.send(user, text=text, **own)

    def passed(self, text: str = PARKING, before: str = "", said: str = "") -> Passed:
        """A teacher asks, and passes the question on."""
        event_id = f"P{next(self._numbers):03}"
        self.ask(text, event_id=event_id)
        with self.engine.begin() as db:
            question = own_questions.find(db, "default", event_id, TEACHER)
            assert question is not None
            passed, _ = referrals.pass_on(db, question, before, said, self.now)
        return passed

    def token(self, user: str = STAFF) -> str:
        """What a link of this person holds now."""
        return self.links.token("default", user, Purpose.STAFF, self.now)

    def get(self, path: str, user: str = STAFF) -> TestResponse:
        """One of the pages."""
        return self.client().get(f"/p/{self.token(user)}/{path}")

    def post(self, path: str, user: str = STAFF, **form: str) -> TestResponse:
        """A form sent to one of the pages; the page that it leads to."""
        sent = self.client().post(f"/p/{self.token(user)}/{path}", data=form)
        return self.client().get(sent.location) if sent.status_code == 303 else sent

    def answer(self, passed: Passed, user: str = STAFF, **changes: str) -> TestResponse:
        """The form of this question, filled in well but for the changes."""
        return self.post(f"referrals/{passed.id}", user, **{**FILLED, **changes})

    def client(self) -> FlaskClient:
        """Somebody's browser."""
        return self.app.test_client()

    def later(self, **time: float) -> None:
        """The clock goes on."""
        self.now += timedelta(**time)

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address at which a real browser finds the pages."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


FILLED = {
    "answer": "可以，請停文化中心地下停車場，憑研習證明免費。",
    "keep": "1",
    "edition": "reading/111",
    "title": "工作坊停車",
    "says": "開車去有停車位嗎\n停車要錢嗎",
    "source": "112年局內會議",
    "until": "2022-12-31",
}


def words(response: TestResponse) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<head>.*?</head>", "", response.get_data(as_text=True), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def path_of(url: str) -> str:
    """The path and query of an address."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
