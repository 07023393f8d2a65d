"""What a pressed button does, as LINE wants it."""

import logging
from typing import Any
from urllib.parse import quote

from bot.line.limits import (
    ACTION_DATA,
    ACTION_TEXT,
    URI,
    URI_SCHEMES,
    fitting,
    is_seen_within,
    shortened,
    utf16,
)
from bot.messages import Button

log = logging.getLogger(__name__)

NAMELESS = "查看"
WIDEST_CHARACTER = 8  # UTF-16 units; a label of joined emoji must not outgrow its bubble


def action_of(button: Button, label_most: int) -> dict[str, Any] | None:
    """The action of `button`, or None where LINE would refuse it: then it is shown as text."""
    label = _label(button.label, label_most)
    if button.say:
        said = button.say.strip()
        fits = bool(said) and is_seen_within(said, ACTION_TEXT)
        return {"type": "message", "label": label, "text": said} if fits else None
    if button.data:
        if utf16(button.data) > ACTION_DATA:
            log.error("a button's data is longer than LINE takes: %d", utf16(button.data))
            return None
        shown = _label(button.label, ACTION_TEXT)
        return {"type": "postback", "label": label, "data": button.data, "displayText": shown}
    uri = quote(button.url.strip(), safe="!#$%&'()*+,/:;=?@[]~")
    good = uri.partition(":")[0].lower() in URI_SCHEMES and len(uri) <= URI
    return {"type": "uri", "label": label, "uri": uri} if good else None


def in_words(button: Button) -> str:
    """A button that cannot be pressed, as a line to read."""
    return "：".join(part for part in (button.label.strip(), button.url or button.say) if part)


def _label(text: str, most: int) -> str:
    return fitting(shortened(text.strip() or NAMELESS, most), most * WIDEST_CHARACTER)
