"""What the nouns of the model look like from a plan file: keys, kinds of values, which are musts.

Both the loader and the editor's schema ask here, so that they cannot disagree.
"""

import collections.abc
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any

# Given by the path of a file, never written in it.
FROM_PATH = ("plan", "edition")


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a noun, as a file writes it."""

    key: str  # as written: if, for, is
    name: str  # as the dataclass calls it
    kind: Any
    must: bool


@cache
def slots(noun: type) -> Mapping[str, Slot]:
    """The slots of a dataclass by their key, in its order."""
    kinds = typing.get_type_hints(noun)
    found = {}
    for field in fields(noun):
        key = field.metadata.get("key", field.name)
        must = field.default is MISSING and field.default_factory is MISSING
        found[key] = Slot(key, field.name, kinds[field.name], must)
    return found


def item_kind(kind: Any) -> Any | None:
    """X of `tuple[X, ...]`; None for anything else."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def value_kind(kind: Any) -> Any | None:
    """X of `Mapping[str, X]`; None for anything else."""
    return typing.get_args(kind)[1] if typing.get_origin(kind) is collections.abc.Mapping else None


def choices(kind: Any) -> tuple[Any, ...]:
    """The kinds that a union allows but None; the kind itself where it is no union."""
    if typing.get_origin(kind) not in (types.UnionType, typing.Union):
        return (kind,)
    return tuple(k for k in typing.get_args(kind) if k is not type(None))


def telling_key(noun: type) -> str:
    """The key that tells a noun from the others of its union: its first."""
    return next(iter(slots(noun)))
