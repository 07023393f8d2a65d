"""What a person sees of a reply: all its words, and what can be pressed in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from evaluation.patterns import fold

WORDS = ("altText", "text", "title", "label")
Message = dict[str, Any]


def reply_text(messages: Sequence[Message]) -> str:
    """Every text of these messages, labels and alternative texts too, folded, a line each."""
    return fold("\n".join(_texts(list(messages))))


def read_aloud(messages: Sequence[Message]) -> str:
    """The reply as it is read once: alternative texts and plain texts, then the quick replies."""
    lines = [str(m.get("altText") or m.get("text") or f"[{m['type']}]") for m in messages]
    quick = [action.get("label", "") for m in messages[-1:] for action in _quick(m)]
    return "\n".join([*lines, *([f"〔{'／'.join(quick)}〕"] if quick else [])])


def buttons(messages: Sequence[Message]) -> Iterator[Message]:
    """Every action that can be pressed, in reading order."""
    for message in messages:
        yield from _actions(message)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    if isinstance(node, dict):
        yield from (node[key] for key in WORDS if isinstance(node.get(key), str))
        for key, value in node.items():
            if key not in ("substitution", "sender"):
                yield from _texts(value)


def _actions(node: object) -> Iterator[Message]:
    if isinstance(node, list):
        for item in node:
            yield from _actions(item)
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "action" and isinstance(value, dict):
                yield value
            elif key == "actions" and isinstance(value, list):
                yield from (item for item in value if isinstance(item, dict))
            else:
                yield from _actions(value)


def _quick(message: Message) -> Iterator[Message]:
    yield from _actions(message.get("quickReply", {}))
