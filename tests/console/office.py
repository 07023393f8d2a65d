"""A console with real parts: accounts of every role, signed-in browsers, a clock to move."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from bot.console.blueprint import blueprint
from bot.console.door import COOKIE, PREFIX, TOKEN_FIELD, Backstage
from bot.model.staff_roles import StaffRole
from bot.sign_in import passwords, staff_accounts
from bot.sign_in.gate import Gate
from bot.sign_in.provider import Provider
from bot.sign_in.staff_accounts import By
from bot.store import accounts, audit, console_sessions
from bot.store.account_tables import WayIn
from bot.store.accounts import Account
from bot.store.audit import AuditNote, Wanted
from bot.store.console_sessions import Opening
from bot.store.engine import open_engine
from bot.understand.reader import Reader
from tests.migrated import migrated
from tests.understand.plans import real_reader

JUNE = datetime(2022, 6, 15, 1, 0, tzinfo=UTC)  # 9:00 in Taipei
CHANNEL, ADDRESS = "default", "https://bell.example.tw"
GOOD = "three plain words"
KEY = "a key of the office of tests"
ADMIN = "admin@example.tw"


@dataclass
class OfficeOfTests:
    """A console over a database of its own."""

    database_url: str
    address: str = ADDRESS
    wants_factor: bool = False
    provider: Provider | None = None
    proxies: int = 0
    reader: Reader = field(default_factory=real_reader)
    now: datetime = JUNE
    engine: Engine = field(init=False)
    gate: Gate = field(init=False)
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.database_url)
        migrated(self.engine)
        self.gate = Gate(
            engine=self.engine, channel_id=CHANNEL, wants_factor=self.wants_factor, key=KEY
        )
        self.rebuild()

    def rebuild(self) -> None:
        """The app anew, by what is set now."""
        self.app = Flask("console of tests")
        backstage = Backstage(
            engine=self.engine,
            channel_id=CHANNEL,
            gate=self.gate,
            now=lambda: self.now,
            real_now=lambda: self.now,
            reader=self.reader,
            address=self.address,
            proxies=self.proxies,
            provider=self.provider,
            shown_settings={"SECRET_KEY": "已設定", "PORT": "8000"},
        )
        self.app.register_blueprint(blueprint(backstage))

    def account(self, role: StaffRole, mail: str = "", password: str = "") -> Account:
        """An account that has its own password already, where one is given."""
        mail = mail or f"{role.value}@example.tw"
        with self.engine.begin() as db:
            made = accounts.add(db, CHANNEL, mail, role, self.now)
            made = made or accounts.by_mail(db, CHANNEL, mail)
            assert made is not None
            if password:
                accounts.change(db, made, password_hash=passwords.hash_of(password))
        return made

    def by(self, actor: str = ADMIN) -> By:
        """Somebody who manages accounts."""
        return By(engine=self.engine, channel_id=CHANNEL, actor=actor, now=self.now)

    def first(self, mail: str, role: StaffRole = StaffRole.VIEWER) -> str:
        """A new account's first password."""
        return staff_accounts.add(self.by(), mail, role).password

    def browser(self) -> "Browser":
        """A browser that was never here."""
        return Browser(self.app.test_client(), self.address)

    def signed_in(self, role: StaffRole = StaffRole.ADMIN, stage: WayIn = WayIn.FULL) -> "Browser":
        """A browser of an account of this role, so far on its way in."""
        account = self.account(role)
        with self.engine.begin() as db:
            opening = Opening(stage=stage, account=account, browser="Firefox")
            session_id = console_sessions.begin(db, CHANNEL, opening, self.now)
        found = self.browser()
        found.adopt(session_id)
        return found

    def find(self, mail: str) -> Account:
        """The account of this address, as it is kept now."""
        with self.engine.connect() as db:
            account = accounts.by_mail(db, CHANNEL, mail)
        assert account is not None
        return account

    def audit(self) -> list[AuditNote]:
        """What was noted, the newest first."""
        with self.engine.connect() as db:
            return audit.listed(db, CHANNEL, Wanted())

    def later(self, **time: float) -> None:
        """The clock goes on."""
        self.now += timedelta(**time)

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address at which a real browser finds the console."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, and sends forms with the token of the page."""

    client: FlaskClient
    address: str

    @property
    def session_id(self) -> str:
        """What its cookie holds; empty: none."""
        cookie = self.client.get_cookie(COOKIE, path=PREFIX, domain=self._host)
        return cookie.value if cookie else ""

    @property
    def _host(self) -> str:
        return self.address.partition("://")[2]

    def adopt(self, session_id: str) -> None:
        """Go on with this session."""
        self.client.set_cookie(COOKIE, session_id, path=PREFIX, domain=self._host)

    def get(self, path: str = "", **more: object) -> TestResponse:
        """One of the pages."""
        return self.client.get(f"{PREFIX}{path}", base_url=self.address, buffered=True, **more)  # type: ignore[arg-type]

    def token(self) -> str:
        """The token that a page of this browser holds in its forms."""
        page = self.get("/sign-out-nowhere").get_data(as_text=True)
        found = re.search(r'X-CSRF-Token": "([0-9a-f]{64})"', page)
        assert found
        return found[1]

    def post(self, path: str, **form: str) -> TestResponse:
        """A form that is sent from a page of this browser."""
        return self.send(path, {TOKEN_FIELD: self.token(), **form})

    def send(self, path: str, form: dict[str, str], **headers: str) -> TestResponse:
        """A form just as it is given."""
        return self.client.post(
            f"{PREFIX}{path}", data=form, base_url=self.address, headers=headers
        )

    def enter(self, mail: str = ADMIN, password: str = GOOD, **form: str) -> TestResponse:
        """Sign in by password."""
        return self.post("/sign-in", mail=mail, password=password, **form)


def words(response: TestResponse) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<head>.*?</head>", "", response.get_data(as_text=True), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
