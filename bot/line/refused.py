"""What LINE answers instead of doing what was asked, as one of our three errors."""

import json

from bot.errors import NeverWill, NotAllowed, TryLater

MONTHLY_LIMIT = "monthly limit"


def refusal(status: int, message: str) -> TryLater | NeverWill | NotAllowed:
    """The error of this status and message."""
    why = f"{status} {message}".strip()
    if status in (401, 403) or (status == 429 and MONTHLY_LIMIT in message):
        return NotAllowed(why)
    if status == 429 or status >= 500:
        return TryLater(why)
    return NeverWill(why)


def message_of(data: bytes) -> str:
    """LINE's message in this answer, with the properties that it names; empty where it has none."""
    try:
        body = json.loads(data)
    except ValueError:
        return ""
    message = body.get("message") if isinstance(body, dict) else None
    details = body.get("details") if isinstance(body, dict) else None
    if not isinstance(message, str):
        return ""
    # Only which property is wrong: LINE's words about it may repeat what a person wrote.
    places = [d.get("property") for d in details or () if isinstance(d, dict)]
    return " ".join([message, *(str(place) for place in places if place)])[:500]
