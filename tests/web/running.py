"""The bot, listening on loopback and talking to a LINE on loopback."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import urllib3
from sqlalchemy import select
from werkzeug.serving import make_server

from bot import wiring
from bot.line.signature import sign
from bot.settings import Settings
from bot.simulator.platform import Platform
from bot.store.tables import Event, EventState
from bot.web.webhook import Webhook
from bot.wiring import House
from tests.handlers_of_tests import EMPTY, echo
from tests.line.bodies import body, event


@dataclass
class Running:
    """A running bot, and the LINE that it talks to."""

    url: str
    settings: Settings
    house: House
    platform: Platform
    webhook: Webhook

    def event(self, event_id: str = "01A", user: str = "U1", **own: Any) -> dict[str, Any]:
        """A text of this user's, with a reply token that works."""
        source = {"type": "user", "userId": user}
        token = self.platform.tokens.issue(user)
        return event(event_id, **{"source": source, "replyToken": token, **own})

    def post(self, *events: Any, header: str = "x-line-signature") -> int:
        """LINE's call with these events; gives the status."""
        raw = body(*events)
        return self.post_raw(raw, {header: sign(raw, self.platform.account.secret)})

    def post_raw(self, raw: bytes, headers: Mapping[str, str]) -> int:
        return urllib3.request("POST", f"{self.url}/callback", body=raw, headers=headers).status

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return urllib3.request("GET", self.url + path, redirect=False)

    def said_to(self, *events: dict[str, Any]) -> list[list[str]]:
        """What each event was answered with: the alternative texts, all of them."""
        replies = [self.platform.reply_to(event["replyToken"]) or [] for event in events]
        return [[m.get("altText") or m["text"] for m in messages] for messages in replies]

    def settled(self) -> dict[str, EventState]:
        """The state of every event, once all replies under way have ended."""
        self.house.replies.close()
        with self.house.engine.connect() as db:
            rows = db.execute(select(Event.webhook_event_id, Event.state))
            return {row[0]: row[1] for row in rows}


def settings_for(platform: Platform, line_url: str, database_url: str) -> Settings:
    return Settings(
        line_channel_secret=platform.account.secret,
        line_channel_access_token=platform.account.token,
        line_api_base=line_url,
        database_url=database_url,
    )


@contextmanager
def running(settings: Settings, platform: Platform) -> Iterator[Running]:
    house = wiring.open_house(settings)
    app = wiring.build_app(settings, house, EMPTY, handle=echo)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        webhook = cast(Webhook, app.wsgi_app)
        yield Running(f"http://127.0.0.1:{server.port}", settings, house, platform, webhook)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        house.close()


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
