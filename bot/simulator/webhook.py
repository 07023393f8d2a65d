"""Calls the bot's webhook as LINE does: signed, and not patient."""

import base64
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LATE_AFTER_S = 2.0  # LINE counts a later answer as a time-out
PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of one webhook call; status 0: the bot could not be reached."""

    status: int
    took_s: float
    error: str = ""

    @property
    def late(self) -> bool:
        """Would LINE have given up on it?"""
        return self.took_s > LATE_AFTER_S


def sign(secret: str, body: bytes) -> str:
    """The x-line-signature of this body."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class Webhook:
    """One bot's webhook address, and the secret that signs calls to it."""

    url: str
    secret: str
    destination: str  # the official account's own user id

    def body(self, events: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The body of a call with these events."""
        return {"destination": self.destination, "events": list(events)}

    def post(self, body: dict[str, Any]) -> Posted:
        """Posts this body, signed; a bot that is down is a result, not an error."""
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        started = time.monotonic()
        try:
            status, error = self._send(raw), ""
        except (OSError, http.client.HTTPException) as failure:
            status, error = 0, f"{type(failure).__name__}: {failure}"
        return Posted(status, time.monotonic() - started, error)

    def _send(self, raw: bytes) -> int:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=PATIENCE_S
        )
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": sign(self.secret, raw),
        }
        try:
            connection.request("POST", parts.path or "/", raw, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
