"""The bot and LINE on loopback, over a new empty database: where conversations are held."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select
from werkzeug.serving import WSGIRequestHandler, make_server

from bot import wiring
from bot.messages import Answer, from_plain
from bot.preparing import prepare_database
from bot.settings import CHANNEL_ID, Settings
from bot.simulator.phone import Phone
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import staff_entries
from bot.store.staff_entries import NewEntry
from bot.store.tables import Event
from bot.understand.reader import Reader
from evaluation.cases import Seed


@dataclass(frozen=True, slots=True)
class Stage:
    """A running bot, the phones of everyone who talks to it, and its own records."""

    phone: Phone
    engine: Engine

    @property
    def platform(self) -> Platform:
        """The LINE that the bot talks to."""
        return self.phone.platform

    def recorded(self, event_id: str) -> Answer | None:
        """What the bot itself noted that it answers to this event; None: it says nothing."""
        with self.engine.connect() as db:
            plain = db.scalar(select(Event.answer).where(Event.webhook_event_id == event_id))
        return from_plain(plain) if plain else None

    def refusals(self) -> list[str]:
        """One line for each call of the bot's that LINE did not take."""
        bad = [c for c in self.platform.calls if c.response.status >= HTTPStatus.BAD_REQUEST]
        return [
            f"{c.request.path}: {c.response.status} "
            + ("; ".join(f"{p.property} {p.message}" for p in c.problems) or str(c.response.body))
            for c in bad
        ]

    def seed(self, seeds: Sequence[Seed], at: datetime) -> None:
        """Make these answers of staff live."""
        with self.engine.begin() as db:
            for seed in seeds:
                staff_entries.put(db, _entry(seed), at)


@contextmanager
def opened(reader: Reader) -> Iterator[Stage]:
    """A bot that answers from `reader`, and its LINE; gone at the end, with all that was said."""
    platform = Platform()
    with TemporaryDirectory() as folder, LineServer(platform) as line_url:
        settings = _settings(platform, line_url, Path(folder))
        prepare_database(settings)
        house = wiring.open_house(settings)
        app = wiring.build_app(settings, house, reader)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            phone = Phone(platform, f"http://127.0.0.1:{server.port}/callback")
            yield Stage(phone, house.engine)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            house.close()


def _settings(platform: Platform, line_url: str, folder: Path) -> Settings:
    return Settings(
        line_channel_secret=platform.account.secret,
        line_channel_access_token=platform.account.token,
        line_api_base=line_url,
        line_data_api_base=line_url,
        database_url=f"sqlite:///{folder / 'evaluation.db'}",
        secret_key="evaluation-on-loopback",
    )


def _entry(seed: Seed) -> NewEntry:
    return NewEntry(
        channel_id=CHANNEL_ID,
        plan=seed.plan,
        title=seed.title,
        says=seed.says,
        text=seed.text,
        source=seed.source,
        author="",
        expires_on=seed.expires_on,
    )


class _Quiet(WSGIRequestHandler):
    """Keeps the report free of a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""
