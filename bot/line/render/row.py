"""Bubbles side by side: as many as LINE takes in one message, the others in further ones."""

from collections.abc import Sequence
from typing import Any

from bot.line.limits import BUBBLES, CAROUSEL_BYTES, json_bytes
from bot.line.render.card import bubbles
from bot.line.render.text import alt_text
from bot.messages import Card

EMPTY_CAROUSEL = {"type": "carousel", "contents": []}


def flex_messages(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """The cards as Flex messages, in reading order; a card alone is a single bubble."""
    found: list[dict[str, Any]] = []
    room, shown = 0, [(card, bubble) for card in cards for bubble in bubbles(card)]
    groups: list[list[tuple[Card, dict[str, Any]]]] = []
    for card, bubble in shown:
        size = json_bytes(bubble) + 1
        if not groups or size > room or len(groups[-1]) == BUBBLES:
            groups.append([])
            room = CAROUSEL_BYTES - json_bytes(EMPTY_CAROUSEL)
        groups[-1].append((card, bubble))
        room -= size
    for group in groups:
        seen = list(dict.fromkeys(card for card, _ in group))
        contents = [bubble for _, bubble in group]
        found.append(_flex(contents, alt_text(seen)))
    return found


def _flex(contents: list[dict[str, Any]], alt: str) -> dict[str, Any]:
    only = contents[0] if len(contents) == 1 else {"type": "carousel", "contents": contents}
    return {"type": "flex", "altText": alt, "contents": only}
