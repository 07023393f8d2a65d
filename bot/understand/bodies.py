"""What an entry says beside its names, as one text to be searched."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from typing import Any

from bot.model.entries import Before, DateCase, Entry, RoleMatrix, Stated, Track
from bot.model.quantity import Quantity
from bot.model.rule import Fact

_NAMES = {"id", "title", "source", "says", "audience", "given", "see", "checked_on", "rule", "kind"}
_NOT_SAID = {"layout", "offer"}  # of paper, not of answers
_REFERENCES = {"due", "form", "ask", "between", "url"}
# What only progress shows, and ids that it goes by.
_OF_PROGRESS = {"words", "sessions", "also", "after", "subject", "asks", "waits", "hours_with"}


def body_of(entry: Entry) -> str:
    """Every text that the entry's answer may show, one a line."""
    if isinstance(entry, RoleMatrix):
        return "\n".join([entry.text, *(r.title for r in entry.roles)])
    return "\n".join(t for t in _texts(entry) if t)


def _texts(entry: Entry) -> Iterator[str]:
    skip = _NAMES | _REFERENCES | _NOT_SAID | _OF_PROGRESS
    for f in fields(entry):
        if f.name in skip or (f.name == "items" and isinstance(entry, Track)):
            continue
        yield from _said(getattr(entry, f.name))


def _said(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            yield from chain.from_iterable(map(_said, value))
        case DateCase():
            yield from (value.at.words(), value.title, value.note)
        case Quantity():
            yield from (value.unit, value.of, value.each, value.note)
        case Stated():
            yield value.text
        case Fact():
            yield value.title
            yield from map("，".join, (*value.yes, *value.no, *value.partly))
        case Before():
            yield f"{value.days}日前"
