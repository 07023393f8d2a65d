"""Calls to LINE that send: few, over connections that stay open, with a time limit each.

Plain HTTP (`wire`) and not the SDK: it knows no time limit of its own, opens a connection for each
client, and takes many times as long to build a message.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any

from bot.errors import TryLater
from bot.line.refused import message_of, refusal
from bot.line.wire import Response, Wire, WireError
from bot.model import plain

log = logging.getLogger(__name__)

REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
MULTICAST = "/v2/bot/message/multicast"
QUOTA = "/v2/bot/message/quota"
CONSUMPTION = "/v2/bot/message/quota/consumption"
RETRY_KEY = "X-Line-Retry-Key"
ALREADY_ACCEPTED = 409  # an earlier try with this retry key arrived


def as_json(value: Any) -> bytes:
    """The value as JSON in UTF-8; of a character's half a question mark is left."""
    return plain.as_json(value).encode("utf-8", "replace")


class LineClient:
    """Messages over LINE; one for a process, used by all its threads."""

    def __init__(self, api_base: str, token: str, connections: int = 96) -> None:
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json; charset=utf-8",
        }
        # A repeated reply is decided by whoever keeps the event's row, not here.
        self._wire = Wire(api_base, headers, connections)

    def reply(self, reply_token: str, drawn: bytes) -> None:
        """Send up to five messages, `drawn`, with this token.

        A token works once: repeating is harmless.

        Raises:
            TryLater: LINE was not reached, or was busy; perhaps the messages did go out.
            NeverWill: LINE refuses these messages or this token.
            NotAllowed: LINE refuses us.
        """
        self._post(REPLY, b'{"replyToken":%b,"messages":%b}' % (as_json(reply_token), drawn))

    def push(self, to: str, messages: Sequence[dict[str, Any]], retry_key: str) -> None:
        """Send up to five messages to this chat; they count against the month's limit.

        Args:
            retry_key: a UUID; repeating the same call with the same key within 24 hours is
                harmless.

        Raises:
            TryLater: LINE was not reached, or was busy; perhaps the messages did go out.
            NeverWill: LINE refuses these messages or this chat.
            NotAllowed: LINE refuses us, or the month's limit is reached; nothing went out.
        """
        self._post(PUSH, as_json({"to": to, "messages": list(messages)}), retry_key)

    def multicast(
        self, to: Sequence[str], messages: Sequence[dict[str, Any]], retry_key: str
    ) -> None:
        """Send up to five messages to up to 500 people, each of whom counts; else as `push`.

        One id that LINE does not take makes it refuse the whole call: nothing went out.
        """
        self._post(MULTICAST, as_json({"to": list(to), "messages": list(messages)}), retry_key)

    def quota(self) -> tuple[int | None, int]:
        """How many messages a month may be sent (None: without limit), and about how many were.

        Raises:
            DeliveryError: LINE does not say.
        """
        allowed, used = self._get(QUOTA), self._get(CONSUMPTION)
        most = allowed.get("value") if allowed.get("type") == "limited" else None
        return most if isinstance(most, int) else None, int(used.get("totalUsage") or 0)

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def _get(self, path: str) -> dict[str, Any]:
        response = self._asked("GET", path)
        if response.status != 200:
            raise refusal(response.status, message_of(response.body))
        try:
            body = json.loads(response.body)
        except ValueError as err:
            raise TryLater("no JSON") from err
        if not isinstance(body, dict):
            raise TryLater("no object")
        return body

    def _post(self, path: str, body: bytes, retry_key: str = "") -> None:
        response = self._asked("POST", path, body, {RETRY_KEY: retry_key} if retry_key else None)
        request_id = response.headers.get("x-line-request-id", "-")
        took = response.status == 200 or (retry_key and response.status == ALREADY_ACCEPTED)
        level = logging.INFO if took else logging.WARNING
        log.log(level, "POST %s: %d, request %s", path, response.status, request_id)
        if not took:
            raise refusal(response.status, message_of(response.body))

    def _asked(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Response:
        try:
            return self._wire.ask(method, path, body, headers)
        except WireError as err:
            log.warning("%s %s: %s", method, path, err)
            raise TryLater(str(err)) from err
