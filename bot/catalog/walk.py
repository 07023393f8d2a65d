"""The nouns inside an entry, one after another."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from bot.model.entries import Entry


def parts(noun: Any) -> Iterator[Any]:
    """The noun and every noun inside it, but no other entry: the items of a track come apart."""
    yield noun
    for field in fields(noun):
        value = getattr(noun, field.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner) and not isinstance(inner, Entry):
                yield from parts(inner)
