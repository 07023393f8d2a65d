"""Reply, push, multicast, broadcast: what LINE does with messages that it accepts."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from secrets import randbelow, token_urlsafe
from typing import Any

from bot.simulator.people import Chats
from bot.simulator.problem import Problem
from bot.simulator.tokens import ReplyTokens, RetryKeys
from bot.simulator.wire import (
    MONTHLY_LIMIT,
    NOT_AVAILABLE,
    RETRY_KEY,
    UUID,
    Request,
    Response,
    accept,
    refuse,
)

SENDS = re.compile(r"/v2/bot/message/(reply|push|multicast|narrowcast|broadcast)")
_CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
_USER_ID = re.compile(r"U[0-9a-f]{32}")

COUNTED_IN = timezone(timedelta(hours=9))  # LINE's months are those of UTC+9

Deliver = Callable[[str, str, list[dict[str, Any]]], None]  # chat, how it came, messages


class Sending:
    """Takes bodies that are already found to be well-formed."""

    def __init__(
        self, chats: Chats, tokens: ReplyTokens, keys: RetryKeys, deliver: Deliver
    ) -> None:
        self.chats = chats
        self.tokens = tokens
        self.keys = keys
        self.deliver = deliver
        self.quota: int | None = None  # messages a month; None: without limit
        self._used: Counter[str] = Counter()  # by month, as 2022-06
        self._month = ""  # of the last call that counts

    @property
    def used(self) -> int:
        """What counts against this month's quota."""
        return self._used[self._month]

    def turn_to(self, now: datetime) -> None:
        """Count in the month of this instant, as LINE counts them."""
        self._month = f"{now.astimezone(COUNTED_IN):%Y-%m}"

    def send(
        self, request: Request, body: dict[str, Any], request_id: str, now: datetime
    ) -> Response:
        """The answer to this call, after its messages have reached the chats."""
        kind = request.path.rsplit("/", 1)[1]
        key = request.headers.get(RETRY_KEY)
        refusal = self._key_refusal(kind, key)
        if refusal:
            return refusal
        if kind == "narrowcast":
            return refuse(403, NOT_AVAILABLE)
        response = self._reply(body) if kind == "reply" else self._push(kind, body, now)
        if key and response.status == 200 and isinstance(response.body, dict):
            self.keys.keep(key, request_id, response.body)
        return response

    def _key_refusal(self, kind: str, key: str | None) -> Response | None:
        if key is None:
            return None
        if kind == "reply":
            return refuse(400, "The retry key is not supported for this endpoint")
        if not UUID.fullmatch(key):
            return refuse(400, "Invalid retry key")
        known = self.keys.find(key)
        if known is None:
            return None
        response = refuse(409, "The retry key is already accepted")
        response.headers["X-Line-Accepted-Request-Id"] = known.request_id
        if isinstance(response.body, dict) and kind == "push":
            response.body |= known.answer
        return response

    def _reply(self, body: dict[str, Any]) -> Response:
        chat_id = self.tokens.spend(body["replyToken"])
        if chat_id is None:
            return refuse(400, "Invalid reply token")
        self.deliver(chat_id, "reply", body["messages"])
        return accept(_sent(body["messages"]))

    def _push(self, kind: str, body: dict[str, Any], now: datetime) -> Response:
        targets = self._targets(kind, body)
        if isinstance(targets, Response):
            return targets
        reached = {chat: self.chats.reached_by(chat, now) for chat in targets}
        if kind == "push" and None in reached.values():
            return refuse(400, "Failed to send messages")
        self.turn_to(now)
        cost = sum(people or 0 for people in reached.values())
        if self.quota is not None and self.used + cost > self.quota:
            return refuse(429, MONTHLY_LIMIT)
        self._used[self._month] += cost
        for chat, people in reached.items():
            if people:  # to those who blocked the account nothing goes, and LINE says 200
                self.deliver(chat, kind, body["messages"])
        return accept(_sent(body["messages"]) if kind == "push" else {})

    def _targets(self, kind: str, body: dict[str, Any]) -> Sequence[str] | Response:
        if kind == "broadcast":
            return self.chats.friends()
        to, pattern = body["to"], _CHAT_ID if kind == "push" else _USER_ID
        targets = [to] if kind == "push" else to
        wrong = [target for target in targets if not pattern.fullmatch(target)]
        if wrong:
            problem = Problem("to", f"{wrong[0]!r} is not an id that can be sent to")
            return refuse(400, "The property, 'to', in the request body is invalid", [problem])
        return list(dict.fromkeys(targets))


def _sent(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "sentMessages": [
            {"id": str(4 * 10**17 + randbelow(10**17)), "quoteToken": token_urlsafe(24)}
            for _ in messages
        ]
    }
