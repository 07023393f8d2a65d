"""Webhook bodies as LINE sends them, and their signatures."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.line.signature import sign
from bot.model.channels import Channel

SECRET = "channel secret"
CHANNEL = Channel(id="default", secret=SECRET)
NOW = datetime(2022, 6, 15, 4, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp() * 1000)


def event(event_id: str = "01H", **own: Any) -> dict[str, Any]:
    usual = {
        "type": "message",
        "mode": "active",
        "timestamp": STAMP,
        "source": {"type": "user", "userId": "U1"},
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"token-{event_id}",
        "message": {"type": "text", "id": "1", "quoteToken": "q", "text": "什麼時候報名？"},
    }
    return {**usual, **own}


def text(words: str, **own: Any) -> dict[str, Any]:
    return {"type": "text", "id": "1", "quoteToken": "q", "text": words, **own}


def body(*events: Any) -> bytes:
    return json.dumps({"destination": "Ubot", "events": list(events)}).encode()


def signed(raw: bytes) -> dict[str, str]:
    return {"x-line-signature": sign(raw, SECRET), "Content-Type": "application/json"}
