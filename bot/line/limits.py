"""LINE's limits, all in one place, and how LINE counts.

Numbers are those of the Messaging API reference. Texts are counted in UTF-16 units, labels in
characters as a person sees them. Whether LINE measures JSON before or after escaping is not
documented: measured escaped, the longer form, a message is safe either way.
"""

import json
import unicodedata
from typing import Any

MESSAGES = 5  # a call
TEXT = 5_000  # UTF-16
ALT_TEXT = 1_500  # UTF-16
BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
BUBBLES = 12  # in a carousel
QUICK_REPLIES = 13
QUICK_LABEL = 20  # characters
BUTTON_LABEL = 40  # characters
ACTION_TEXT = 300  # characters: what a pressed button says, shows
ACTION_DATA = 300  # UTF-16: what it brings back
URI = 1_000
URI_SCHEMES = ("http", "https", "line", "tel")

JOINER = "\u200d"


def utf16(text: str) -> int:
    """The length of `text` in UTF-16 units: 🍎 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str) -> list[str]:
    """`text` cut into what a person sees as single characters: 👩‍🏫 is one.

    Close to Unicode's rule, and on the safe side of it: it may cut once too often, never too
    rarely, so that a count is never too low.
    """
    found: list[str] = []
    for char in text:
        if found and _belongs(char, found[-1]):
            found[-1] += char
        else:
            found.append(char)
    return found


def is_seen_within(text: str, most: int) -> bool:
    """Whether a person sees at most so many characters."""
    # Never more than there are code points, which are quickly counted.
    return len(text) <= most or len(characters(text)) <= most


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters; what is cut is shown by …."""
    return text if is_seen_within(text, most) else "".join(characters(text)[: most - 1]) + "…"


def fitting(text: str, most: int) -> str:
    """The beginning of `text` that has at most `most` UTF-16 units, cut between characters."""
    if utf16(text) <= most:
        return text
    kept, room = [], most
    for char in characters(text):
        room -= utf16(char)
        if room < 0:
            break
        kept.append(char)
    # One "character" may be longer than all the room, by a thousand marks on one letter.
    return "".join(kept) or text[: most // 2]


def json_bytes(value: Any) -> int:
    """The size of `value` as JSON of ASCII only, which is its longest form."""
    return len(json.dumps(value, separators=(",", ":")))


def _belongs(char: str, before: str) -> bool:
    halves_of_flag = len(before) == 1 and _is_flag(before) and _is_flag(char)
    extends = _extends(char) and unicodedata.category(before[-1]) != "Cc"  # no mark on a line's end
    # Only pictures are joined: between letters a joiner joins nothing that is seen.
    joined = before.endswith(JOINER) and _is_picture(before[0]) and _is_picture(char)
    return extends or joined or halves_of_flag


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me")
        or char in (JOINER, "\ufe0f")
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
    )


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
