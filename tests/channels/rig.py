"""One running bot that two official accounts share, and a LINE with both of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from werkzeug.serving import make_server

from bot import wiring
from bot.sealing import seal
from bot.settings import Settings
from bot.simulator.accounts import Accounts
from bot.simulator.people import line_id
from bot.simulator.phone import Done, Phone
from bot.simulator.platform import Account, Platform
from bot.simulator.server import LineServer
from bot.store import channels
from bot.store.channels import KeptChannel
from bot.understand.reader import Reader
from tests.personas import TEACHER

KEY = "a key of these tests' own"
HERE, THERE = "default", "south"  # the settings' own channel, and one that is kept as a row
SOUTH = Account(
    secret="the southern secret", token="the southern token", user_id=line_id("U", "south")
)
WHEN = datetime(2022, 5, 30, 1, 0, tzinfo=UTC)


@dataclass
class Rig:
    """The bot, and the phones of the people of both accounts: the same people, with equal ids."""

    house: wiring.House
    settings: Settings
    here: Phone
    there: Phone

    def ask(self, phone: Phone, words: str, person: str = TEACHER.user_id) -> Done:
        """Somebody writes to one of the accounts."""
        return phone.say(phone.spot(person), words)

    def said(self, phone: Phone, words: str, person: str = TEACHER.user_id) -> str:
        """What that account answers with its own token; empty where it says nothing."""
        done = self.ask(phone, words, person)
        found = phone.platform.reply_to(done.reply_token) if done.reply_token else None
        return str(found or "")


def row(account: Account = SOUTH, **changes: Any) -> KeptChannel:
    """The southern channel as it is kept."""
    usual: dict[str, Any] = {
        "channel_id": THERE,
        "title": "南方",
        "destination": account.user_id,
        "secret": seal(KEY, account.secret),
        "token": seal(KEY, account.token),
        "plans": [],
        "made_at": WHEN,
        "changed_at": WHEN,
        "retired_at": None,
    }
    return KeptChannel(**{**usual, **changes})


def keep(engine: Engine, kept: KeptChannel) -> None:
    """Put a channel's row there."""
    with engine.begin() as db:
        channels.put(db, kept)


@contextmanager
def running(engine: Engine, reader: Reader, *rows: KeptChannel) -> Iterator[Rig]:
    """The bot over this database, with these channels beside its own."""
    for one in rows:
        keep(engine, one)
    here, there = Platform(people=(TEACHER,)), Platform(SOUTH, (TEACHER,))
    with LineServer(Accounts(here, there)) as line_url:
        settings = Settings(
            line_channel_secret=here.account.secret,
            line_channel_access_token=here.account.token,
            line_api_base=line_url,
            line_data_api_base=line_url,
            database_url=engine.url.render_as_string(hide_password=False),
            secret_key=KEY,
        )
        house = wiring.open_house(settings, reader=reader)
        app = wiring.build_app(settings, house, reader)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        url = f"http://127.0.0.1:{server.port}/callback"
        try:
            yield Rig(house, settings, Phone(here, url), Phone(there, url))
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            house.close()
