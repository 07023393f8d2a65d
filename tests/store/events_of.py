"""Events to keep: what a webhook would have brought."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import Answer, Incoming, Kind, Text

NOON = datetime(2022, 6, 15, 4, 0, tzinfo=UTC)
YES = Answer((Text("是"),))


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def incoming(event_id: str = "E1", **changes: Any) -> Incoming:
    usual: dict[str, Any] = {
        "event_id": event_id,
        "kind": Kind.TEXT,
        "at": NOON,
        "channel_id": "default",
        "chat_id": "U1",
        "user_id": "U1",
        "text": "什麼時候報名",
        "reply_token": f"token of {event_id}",
    }
    return Incoming(**{**usual, **changes})
