"""Texts: plain ones, and those that stand in for a card where none can be shown."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.line.limits import ALT_TEXT, TEXT, fitting, utf16
from bot.messages import Card

BREAKS = ("\n", "。", "；", "，", " ")  # where a long text may be cut, best first
NAME = "師鐘"  # where there is nothing else to say and LINE wants words
TAIL = "…（全文請見卡片）"
# Nothing that LINE would show: such a text is refused as empty.
BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in `text`."""
    return BLANK.fullmatch(text) is not None


def text_messages(text: str) -> list[dict[str, Any]]:
    """`text` as messages, cut where a reader would pause; joined again they are the text."""
    return [{"type": "text", "text": part} for part in pieces(text, TEXT) if not is_blank(part)]


def pieces(text: str, most: int) -> Iterator[str]:
    """`text` in parts of at most `most` UTF-16 units, each as long as a good break allows."""
    while utf16(text) > most:
        part = fitting(text, most)
        # Not in the first half: a short part and then a long one reads worse than a hard cut.
        at = next((i for b in BREAKS if (i := part.rfind(b) + 1) > len(part) // 2), len(part))
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def clause_line(card: Card) -> str:
    """Where the card's facts stand written: 「依據：《文件》一、二」; empty where it names none."""
    if not card.sources and not card.document:
        return ""
    return f"依據：{f'《{card.document}》' if card.document else ''}{'；'.join(card.sources)}"


def alt_text(cards: Iterable[Card]) -> str:
    """The same facts as the cards show, for notices, screen readers and LINE on a computer.

    What is too long for LINE ends with a word about it.
    """
    text = "\n\n".join(filter(None, map(_card_in_words, cards))) or NAME
    if utf16(text) <= ALT_TEXT:
        return text
    return fitting(text, ALT_TEXT - utf16(TAIL)).rstrip() + TAIL


def section_lines(card: Card) -> Iterator[str]:
    """The card's lists as lines."""
    for section in card.sections:
        yield f"〈{section.heading}〉"
        for line in section.lines:
            yield f"・{line.text}（{line.more}）" if line.more else f"・{line.text}"


def _card_in_words(card: Card) -> str:
    labels = "／".join(button.label for button in card.buttons if button.label)
    lines = [
        card.title,
        card.lead,
        *(f"{bar.drawn} {bar.title}：{bar.words}" for bar in card.bars),
        *(f"・{fact}" for fact in card.facts if not is_blank(fact)),
        card.state,
        *section_lines(card),
        clause_line(card),
        f"可選：{labels}" if labels else "",
    ]
    return "\n".join(line for line in lines if not is_blank(line))
