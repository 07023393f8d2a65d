"""Webhook bytes → our `Incoming`.

Read by hand and not by the SDK: LINE adds events, types and values without notice, and the SDK
then loses who wrote, or refuses the whole call. What is unknown comes through as `OTHER`.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import BadWebhook
from bot.line.mention import is_mentioned, without_mention
from bot.line.signature import is_signed
from bot.messages import Incoming, Kind
from bot.model.channels import Channel

log = logging.getLogger(__name__)

LONGEST_ID = 64  # LINE's are 26 to 33; longer than a column would fail with the whole event
LONGEST_TOKEN = 1_000
LONGEST_TEXT = 10_000  # what an app lets people write; of more, the beginning is read
LONGEST_DATA = 1_000  # of a button; LINE takes 300
MOST_EVENTS = 500  # of one call: LINE sends a handful
FIRST_YEAR, LAST_YEAR = 2000, 2100  # a time beyond these is no time of an event

KIND_OF_EVENT = {
    "postback": Kind.POSTBACK,
    "follow": Kind.FOLLOW,
    "unfollow": Kind.UNFOLLOW,
    "join": Kind.JOIN,
    "unsend": Kind.UNSEND,
}
KIND_OF_MESSAGE = {
    "text": Kind.TEXT,
    "sticker": Kind.STICKER,
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
    "file": Kind.FILE,
    "location": Kind.LOCATION,
}
KEY_OF_CHAT = {"user": "userId", "group": "groupId", "room": "roomId"}


# LINE names the account in front of the events. What looks like it inside of a text has its quotes
# escaped; whatever is found only chooses whose secret the signature must be made with.
_DESTINATION = re.compile(rb'"destination"\s{0,8}:\s{0,8}"(U[0-9a-f]{32})"')


def destination_of(body: bytes) -> str:
    """The official account that a call says it is for, not yet believed; empty where it says none.

    Nothing is parsed for it: who calls is not known yet.
    """
    found = _DESTINATION.search(body)
    return found[1].decode() if found else ""


def is_from(channel: Channel, body: bytes, signature: str | None) -> bool:
    """Whether this channel's LINE sent it; while its secret is replaced, either will do."""
    secrets = (channel.secret, channel.old_secret)
    return any([is_signed(body, signature, secret) for secret in secrets])


def read_webhook(
    body: bytes, signature: str | None, channel: Channel, received_at: datetime
) -> list[Incoming]:
    """The events of one call, in the order in which they stand in it.

    An event that cannot be read does not harm its neighbours: it becomes `OTHER` where it has an
    id, else it is left out and logged.

    Args:
        channel: by its secret the call must be signed; the events are its own.
        signature: the header `x-line-signature`; None where it is missing.
        received_at: taken for an event whose own time cannot be read.

    Raises:
        BadWebhook: forged, unsigned, or not what LINE sends.
    """
    if not is_from(channel, body, signature):
        raise BadWebhook("the signature is missing or wrong")
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError) as err:
        raise BadWebhook("the body is not JSON") from err
    events = envelope.get("events") if isinstance(envelope, dict) else None
    if not isinstance(events, list):
        raise BadWebhook("the body has no list of events")
    if len(events) > MOST_EVENTS:
        raise BadWebhook(f"the body has {len(events)} events")
    read = (_read_event(event, channel.id, received_at) for event in events)
    return [incoming for incoming in read if incoming is not None]


def _read_event(event: Any, channel_id: str, received_at: datetime) -> Incoming | None:
    event_id = _id_of(event, "webhookEventId")
    if not event_id:
        log.warning("an event without a usable id was left out")
        return None
    source, message = _part(event, "source"), _part(event, "message")
    source_type, chat_id = _chat_of(source)
    user_id = _id_of(source, "userId")
    kind = _kind_of(event, message) if chat_id else Kind.OTHER
    text: str = message["text"][:LONGEST_TEXT] if kind is Kind.TEXT else ""
    token = _text_of(event, "replyToken")
    return Incoming(
        event_id=event_id,
        kind=kind,
        at=_time_of(event, received_at),
        channel_id=channel_id,
        chat_id=chat_id,
        user_id=user_id or None,
        in_group=source_type in ("group", "room"),
        mentioned=is_mentioned(message),
        # Cleaned last: the positions of a mention count the text as it came.
        text=_clean(without_mention(text, message)),
        data=_data_of(event),
        message_id=_id_of(message, "id") or _id_of(_part(event, "unsend"), "messageId"),
        reply_token=token if 0 < len(token) <= LONGEST_TOKEN else None,
        redelivered=_part(event, "deliveryContext").get("isRedelivery") is True,
        # A mode that is new to us is not ours to speak in.
        active=event.get("mode", "active") == "active",
    )


def _kind_of(event: Mapping[str, Any], message: Mapping[str, Any]) -> Kind:
    event_type = event.get("type")
    if event_type == "message":
        kind = _look_up(KIND_OF_MESSAGE, message.get("type"))
        broken = kind is Kind.TEXT and not isinstance(message.get("text"), str)
        return Kind.OTHER if broken else kind
    kind = _look_up(KIND_OF_EVENT, event_type)
    if kind is Kind.POSTBACK and _turns_a_menu(event):
        return Kind.OTHER
    if kind is Kind.POSTBACK and not _data_of(event):
        return Kind.OTHER
    return kind


def _turns_a_menu(event: Mapping[str, Any]) -> bool:
    """Whether LINE only tells that somebody turned to another menu, which it did by itself."""
    return "newRichMenuAliasId" in _part(_part(event, "postback"), "params")


def _data_of(event: Mapping[str, Any]) -> str:
    """A button's data; one that is too long was made by nobody here, and half of it is none."""
    data = _text_of(_part(event, "postback"), "data")
    return data if len(data) <= LONGEST_DATA else ""


def _look_up(kinds: Mapping[str, Kind], name: object) -> Kind:
    return kinds.get(name, Kind.OTHER) if isinstance(name, str) else Kind.OTHER


def _chat_of(source: Mapping[str, Any]) -> tuple[str, str]:
    source_type = _text_of(source, "type")
    key = KEY_OF_CHAT.get(source_type)
    return source_type, _id_of(source, key) if key else ""


def _time_of(event: Mapping[str, Any], received_at: datetime) -> datetime:
    stamp = event.get("timestamp")
    if isinstance(stamp, bool) or not isinstance(stamp, int | float):
        return received_at
    try:
        at = datetime.fromtimestamp(stamp / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return received_at
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else received_at


def _part(whole: Any, key: str) -> Mapping[str, Any]:
    part = whole.get(key) if isinstance(whole, dict) else None
    return part if isinstance(part, dict) else {}


def _text_of(part: Any, key: str) -> str:
    value = part.get(key) if isinstance(part, dict) else None
    return _clean(value) if isinstance(value, str) else ""


def _id_of(part: Any, key: str) -> str:
    """An id; empty where it is none: too long, or with signs that would break a line of a log."""
    value = _text_of(part, key)
    return value if len(value) <= LONGEST_ID and value.isprintable() else ""


def _clean(text: str) -> str:
    # JSON may hold halves of characters and NUL, which neither UTF-8 nor PostgreSQL can.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")
