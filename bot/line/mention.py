"""Being called by name in a group: LINE marks where, and whether it was the bot."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

MOST = 20  # mentions of one message, as LINE allows


def is_mentioned(message: Mapping[str, Any]) -> bool:
    """Whether this message calls the bot itself; 「@All」 does not."""
    return any(True for _ in _own_mentions(message))


def without_mention(text: str, message: Mapping[str, Any]) -> str:
    """`text` without the words that call the bot, and without spaces around.

    Positions are in UTF-16 units; one that does not lie in the text takes nothing out.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    # From the back, so that the positions in front stay true.
    for start, length in sorted(_spans(message), reverse=True):
        end = start + length
        if start >= 0 and length > 0 and end * 2 <= len(units):
            units = units[: start * 2] + units[end * 2 :]
    return units.decode("utf-16-le", "surrogatepass").strip()


def _spans(message: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for mentionee in _own_mentions(message):
        start, length = mentionee.get("index"), mentionee.get("length")
        if isinstance(start, int) and isinstance(length, int):
            yield start, length


def _own_mentions(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    mention = message.get("mention")
    mentionees = mention.get("mentionees") if isinstance(mention, dict) else None
    for mentionee in islice(mentionees if isinstance(mentionees, list) else (), MOST):
        if isinstance(mentionee, dict) and mentionee.get("isSelf") is True:
            yield mentionee
