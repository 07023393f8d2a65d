"""Processes of the bot beside one another, and a LINE that they all talk to."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import urllib3
from sqlalchemy import Engine, select

from bot import clock
from bot.line.signature import sign
from bot.messages import Answer, Text
from bot.simulator.people import Persona, line_id
from bot.simulator.platform import Platform
from bot.simulator.wire import Request, Response
from bot.store import outbox
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from tests.line.bodies import body, event
from tests.line.bodies import text as text_message

PATIENCE_S = 45.0
KEY = "a key of a test's own"
QUESTION = "範例計畫什麼時候報名截止"


def ids(number: int) -> list[str]:
    """So many people, as LINE names them."""
    return [line_id("U", str(one)) for one in range(number)]


def line_of(*user_ids: str, slow: bool = False) -> "Line":
    """A LINE whose friends these are."""
    return Line(user_ids, slow)


class Line(Platform):
    """Tells when a push arrived; a slow one lets its sender wait to hear of it."""

    def __init__(self, user_ids: Sequence[str], slow: bool) -> None:
        super().__init__(people=[Persona(user_id, "教師", user_id) for user_id in user_ids])
        for user_id in user_ids:
            self.chats.people[user_id].friend = True
        self.arrived = threading.Semaphore(0)
        self.let_go = threading.Event()
        if not slow:
            self.let_go.set()

    def answer(self, request: Request) -> Response:
        response = super().answer(request)
        if request.path.endswith(("/push", "/multicast", "/reply")):
            self.arrived.release()
            assert self.let_go.wait(PATIENCE_S)
        return response

    def wait_for(self, calls: int) -> None:
        """Return when so many calls more have arrived."""
        for _ in range(calls):
            assert self.arrived.acquire(timeout=PATIENCE_S)

    def settings(self, url: str, database_url: str, **more: Any) -> dict[str, Any]:
        """What a process needs that talks to this LINE."""
        return {
            "database_url": database_url,
            "line_api_base": url,
            "line_channel_secret": self.account.secret,
            "line_channel_access_token": self.account.token,
            "secret_key": KEY,
            **more,
        }

    def ask(self, url: str, event_id: str, user_id: str, words: str) -> int:
        """Somebody writes to the bot at this address just now; gives the webhook's status."""
        token = self.tokens.issue(user_id)
        source = {"type": "user", "userId": user_id}
        own = {"replyToken": token, "message": text_message(words), "source": source}
        # Processes go by the real clock: what is years old they would tidy away.
        own["timestamp"] = int(clock.now().timestamp() * 1000)
        raw = body(event(event_id, **own))
        headers = {"x-line-signature": sign(raw, self.account.secret)}
        asked = urllib3.request("POST", f"{url}/callback", body=raw, headers=headers, retries=False)
        return asked.status


def put(engine: Engine, *user_ids: str) -> None:
    """A message to each, due now and like no other's."""
    now = clock.now()
    with engine.begin() as db:
        outbox.put_many(db, [_notice(user_id, now) for user_id in user_ids])


def _notice(user_id: str, now: Any) -> Notice:
    return Notice(
        channel_id="default",
        user_id=user_id,
        key=f"fact of {user_id}",
        answer=Answer((Text(f"{user_id}，承辦人員答覆了"),)),
        made_at=now,
        not_before=now,
        expires_at=now + timedelta(days=1),
    )


def states(engine: Engine) -> list[OutboxState]:
    """Of every message."""
    with engine.connect() as db:
        return list(db.scalars(select(OutboxRow.state)))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is; looks again and again."""
    until = clock.now() + timedelta(seconds=PATIENCE_S)
    pause = threading.Event()
    while not is_so():
        assert clock.now() < until, "it never came"
        pause.wait(0.05)
