"""Quick replies: the keys under the last message."""

from collections.abc import Sequence
from typing import Any

from bot.line.limits import QUICK_LABEL, QUICK_REPLIES
from bot.line.render.action import action_of, in_words
from bot.messages import Button


def quick_reply(buttons: Sequence[Button]) -> dict[str, Any] | None:
    """The first thirteen that LINE takes; None where there are none."""
    items = [
        {"type": "action", "action": action}
        for button in buttons
        if (action := action_of(button, QUICK_LABEL)) is not None
    ]
    return {"items": items[:QUICK_REPLIES]} if items else None


def left_over(buttons: Sequence[Button]) -> str:
    """What has no key of its own, as a sentence; empty where all have one."""
    takes = [button for button in buttons if action_of(button, QUICK_LABEL) is not None]
    refused = [button for button in buttons if button not in takes]
    rest = [button.say or button.label for button in takes[QUICK_REPLIES:]]
    words = [word for word in (*rest, *map(in_words, refused)) if word.strip()]
    return f"也可以直接輸入：{'、'.join(words)}" if words else ""
