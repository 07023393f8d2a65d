"""Lists on a card: a heading, and lines below it, each to be pressed as a whole."""

from collections.abc import Iterator
from typing import Any

from bot.line.limits import BUTTON_LABEL, shortened
from bot.line.render.action import action_of
from bot.line.render.colour import FAINT_INK, INK, LINE, Colours
from bot.messages import Listed, Section

LONGEST = 300  # characters of a line: a list is no place for more
PRESS = " ›"


def listed(section: Section, colours: Colours) -> Iterator[dict[str, Any]]:
    """The heading and its lines, as components of a bubble's body."""
    yield {"type": "separator", "color": LINE, "margin": "lg"}
    yield _text(section.heading, size="sm", weight="bold", color=colours.strong)
    for line in section.lines:
        yield _line(line, colours)


def _line(line: Listed, colours: Colours) -> dict[str, Any]:
    words = [_text(line.text, size="sm", color=INK)]
    if line.more:
        words.append(_text(line.more, size="xs", color=FAINT_INK))
    text = {"type": "box", "layout": "vertical", "flex": 1, "spacing": "xs", "contents": words}
    box = {"type": "box", "layout": "horizontal", "spacing": "md", "contents": [text]}
    action = action_of(line.button, BUTTON_LABEL) if line.button else None
    if action is None:
        return box
    label = {
        "type": "text",
        "text": str(action["label"]) + PRESS,
        "size": "sm",
        "weight": "bold",
        "color": colours.strong,
        "flex": 0,
        "gravity": "center",
    }
    return {**box, "contents": [text, label], "action": action, "paddingTop": "4px"}


def _text(text: str, **look: str) -> dict[str, Any]:
    return {"type": "text", "text": shortened(text, LONGEST), "wrap": True, **look}
