"""Webhook events as LINE writes them."""

import os
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow, token_urlsafe
from typing import Any

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Who does something, where, and when."""

    user_id: str
    chat_id: str  # the user's id in a one-to-one chat, else the group's
    at: datetime  # aware

    @property
    def in_group(self) -> bool:
        """Is this a group chat?"""
        return self.chat_id != self.user_id


def event(spot: Spot, kind: str, reply_token: str | None, **own: Any) -> Event:
    """One event with the common properties; `own` are those of its kind."""
    made: Event = {
        "type": kind,
        "mode": "active",
        "timestamp": int(spot.at.timestamp() * 1000),
        "source": _source(spot),
        "webhookEventId": ulid(spot.at),
        "deliveryContext": {"isRedelivery": False},
    }
    if reply_token:
        made["replyToken"] = reply_token
    return made | own


def message(kind: str, **own: Any) -> dict[str, Any]:
    """A person's message of this kind, with the ids that LINE gives it."""
    made: dict[str, Any] = {"type": kind, "id": str(5 * 10**17 + randbelow(10**17))}
    if kind not in ("audio", "file", "location"):
        made["quoteToken"] = token_urlsafe(48)
    return made | {"markAsReadToken": token_urlsafe(24)} | own


def mention_of(bot_id: str, name: str, text: str) -> dict[str, Any]:
    """Text that calls the bot by name at its start, with where the name stands in it."""
    called = f"@{name}"
    mentionee = {
        "index": 0,
        "length": len(called.encode("utf-16-le")) // 2,
        "type": "user",
        "userId": bot_id,
        "isSelf": True,
    }
    return {"text": f"{called} {text}", "mention": {"mentionees": [mentionee]}}


def ulid(at: datetime) -> str:
    """A new id that sorts by time, as webhookEventId does."""
    number = (int(at.timestamp() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def _source(spot: Spot) -> dict[str, str]:
    if spot.in_group:
        return {"type": "group", "groupId": spot.chat_id, "userId": spot.user_id}
    return {"type": "user", "userId": spot.user_id}
