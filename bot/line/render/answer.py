"""A whole answer as the messages of one reply."""

from dataclasses import replace
from typing import Any

from bot.line.limits import MESSAGES
from bot.line.render.quick import left_over, quick_reply
from bot.line.render.row import flex_messages
from bot.line.render.text import text_messages
from bot.messages import Answer, Card, Row, Text


def render(answer: Answer) -> list[dict[str, Any]]:
    """The messages of `answer`, in reading order, at most five; none where it says nothing.

    Quick replies stand under the last one: LINE shows no others. What rides along is whole: where
    there is too much, the answer itself is cut.
    """
    first_riding = len(answer.parts) - answer.riding
    own, riding = answer.parts[:first_riding], answer.parts[first_riding:]
    below = [message for part in riding for message in _of_part(part)]
    messages = [*_cut(all_messages(replace(answer, parts=own)), MESSAGES - len(below)), *below]
    quick = quick_reply(answer.quick)
    if messages and quick:
        messages[-1] = {**messages[-1], "quickReply": quick}
    return messages


def _cut(messages: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    if len(messages) <= most:
        return messages
    left = len(messages) - most + 1
    more = text_messages(
        f"內容較多，還有 {left} 則放不下。請問得更具體一些"
        "（例如加上計畫、年度或場次），我再告訴您其餘的部分。"
    )
    return [*messages[: most - 1], *more]


def all_messages(answer: Answer) -> list[dict[str, Any]]:
    """Every message that the answer's words need, however many, without the keys."""
    found = [message for part in answer.parts for message in _of_part(part)]
    return [*found, *text_messages(left_over(answer.quick))] if found else []


def _of_part(part: Text | Card | Row) -> list[dict[str, Any]]:
    match part:
        case Text(text):
            return text_messages(text)
        case Row(cards):
            return flex_messages(cards)
        case Card():
            return flex_messages((part,))
