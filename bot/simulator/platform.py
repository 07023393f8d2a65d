"""The LINE platform on this machine: takes the bot's calls as LINE would, refuses what LINE would.

Strict where LINE is: bearer token, bodies, one use of a reply token within a minute, retry keys,
rates, the monthly quota. Everything that happens is in `journal`; every call is in `calls`.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.simulator.daytime import Daytime
from bot.simulator.faults import Fault, Faults
from bot.simulator.journal import Happened, Journal
from bot.simulator.lookups import Lookups
from bot.simulator.menus import Menus
from bot.simulator.people import Chats, Persona, line_id
from bot.simulator.problem import Problem, as_node
from bot.simulator.sending import SENDS, Sending
from bot.simulator.strict import body_problems
from bot.simulator.tokens import Rates, ReplyTokens, RetryKeys
from bot.simulator.wire import (
    BAD_TOKEN,
    INJECTED,
    RATE_LIMIT,
    Request,
    Response,
    refuse,
    refuse_body,
)

BODY_MAX = 2 * 1024 * 1024
CALLS_KEPT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The official account that the bot speaks for."""

    secret: str = "simulator-channel-secret"
    token: str = "simulator-channel-access-token"
    user_id: str = line_id("U", "official account")
    name: str = "師鐘"
    basic_id: str = "@shizhong"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot's, and how it was answered."""

    at: datetime  # aware; on the simulator's clock
    request: Request
    body: Any  # the JSON that was sent, None if there was none
    response: Response
    took_s: float

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What LINE would refuse about it."""
        return self.response.problems


class Platform:
    """One LINE platform with one official account on it.

    Args:
        people: who exists; a push to any other id is refused, as an id of another provider is.
        daytime: the clock that stamps events; a real one unless given.
        elapsed: seconds that only grow, for the ages of tokens and keys.
    """

    def __init__(
        self,
        account: Account | None = None,
        people: Iterable[Persona] = (),
        *,
        daytime: Daytime | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account or Account()
        self.daytime = daytime or Daytime()
        self.chats = Chats(people)
        self.journal = Journal()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.faults = Faults()
        self.tokens = ReplyTokens(elapsed)
        self.sending = Sending(self.chats, self.tokens, RetryKeys(elapsed), self._deliver)
        self.menus = Menus(self.chats)
        self.lookups = Lookups(self.account, self.chats, self.sending)
        self._rates = Rates(elapsed)
        self._lock = threading.Lock()
        self._inbox: dict[str, list[dict[str, Any]]] = {}
        self._replies: dict[str, list[dict[str, Any]]] = {}

    # What a test or the page reads

    def inbox(self, chat_id: str) -> list[dict[str, Any]]:
        """Every message of the bot's in this chat, oldest first."""
        with self._lock:
            return list(self._inbox.get(chat_id, ()))

    def reply_to(self, token: str, wait_s: float = 5.0) -> list[dict[str, Any]] | None:
        """The messages that answered this reply token; None if none came in time."""
        self.journal.wait_until(lambda: token in self._replies, wait_s)
        return self._replies.get(token)

    def problems(self) -> list[str]:
        """One line for each thing that LINE would have refused so far."""
        return [
            f"{call.request.method} {call.request.path}: {problem.property}: {problem.message}"
            for call in self.calls
            for problem in call.problems
        ]

    # What the bot calls

    def answer(self, request: Request) -> Response:
        """LINE's answer to one call, whatever is in it; the call is noted."""
        started, request_id = time.monotonic(), str(uuid4())
        fault = self.faults.take(request.path)
        if fault and fault.delay_s:
            time.sleep(fault.delay_s)
        body = _json(request.raw)
        with self._lock:
            response = self._decide(request, body, request_id, fault)
        response.headers["X-Line-Request-Id"] = request_id
        response.lost = bool(fault and fault.lost)
        self._note(request, body, response, time.monotonic() - started)
        return response

    def _decide(
        self, request: Request, body: object, request_id: str, fault: Fault | None
    ) -> Response:
        if fault and fault.status:
            return refuse(fault.status, fault.message or INJECTED.get(fault.status, "Error"))
        refusal = self._gate(request, body)
        if refusal:
            return refusal
        if SENDS.fullmatch(request.path) and isinstance(body, dict):
            now = self.daytime.now()
            response = self.sending.send(request, body, request_id, now)
            if response.status == 200 and request.path.endswith("/reply"):
                self._replies[body["replyToken"]] = body["messages"]
            return response
        if self.menus.knows(request.path):
            return self.menus.answer(request, body, request_id)
        self.sending.turn_to(self.daytime.now())
        return self.lookups.answer(request)

    def _gate(self, request: Request, body: object) -> Response | None:
        """Why LINE does not even look at what is asked; None if it does."""
        if request.headers.get("authorization") != f"Bearer {self.account.token}":
            return refuse(401, BAD_TOKEN)
        if not self._rates.allows(*self.menus.rate(request)):
            return refuse(429, RATE_LIMIT)
        desk = self.menus if self.menus.knows(request.path) else self.lookups
        if not desk.knows(request.path):
            return refuse(404, "Not found")
        if request.method not in desk.methods(request.path):
            return refuse(405, "Method Not Allowed")
        takes_body = request.method == "POST" and desk.takes_body(request.path)
        return self._body_refusal(request, body) if takes_body else None

    def _body_refusal(self, request: Request, body: object) -> Response | None:
        if len(request.raw) > BODY_MAX:
            return refuse(413, "Request Entity Too Large")
        if not request.headers.get("content-type", "").startswith("application/json"):
            return refuse(415, "Unsupported Media Type")
        if body is None:
            return refuse(400, "The request body could not be parsed as JSON")
        problems = body_problems(request.method, request.path, body)
        return refuse_body(problems) if problems else None

    def _deliver(self, chat_id: str, how: str, messages: list[dict[str, Any]]) -> None:
        self._inbox.setdefault(chat_id, []).extend(messages)
        now = self.daytime.now()
        for message in messages:
            body = {"from": "bot", "how": how, "message": message}
            self.journal.put(Happened.BUBBLE, now, chat_id, body)

    def _note(self, request: Request, body: object, response: Response, took_s: float) -> None:
        now = self.daytime.now()
        self.calls.append(Call(now, request, body, response, took_s))
        retry_key = request.headers.get("x-line-retry-key")
        noted = {
            "method": request.method,
            "path": request.path,
            "retryKey": retry_key,
            "request": body,
            "status": response.status,
            "answer": response.body if isinstance(response.body, dict) else None,
            "problems": [problem.as_detail() for problem in response.problems],
            "ms": round(took_s * 1000, 1),
            "lost": response.lost,
        }
        self.journal.put(Happened.CALL, now, self._chat_of(body), noted)

    def _chat_of(self, body: object) -> str:
        """The one chat that this call is about; empty where it is about none or many."""
        about = as_node(body)
        to = about.get("to", about.get("chatId", ""))
        return self.tokens.chat_of(str(about.get("replyToken"))) or (
            to if isinstance(to, str) else ""
        )


def _json(raw: bytes) -> object:
    """The JSON value, or None where there is none that can be read."""
    try:
        value: object = json.loads(raw.decode("utf-8")) if raw else None
    except ValueError:
        return None
    return value
