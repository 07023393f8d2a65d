"""The JSON schema of a plan file, for editors that complete and check while one types.

Made from the same dataclasses as the loader reads by. Looser than the loader where an editor reads
YAML differently from us: `year: 111` is a number there and a text here.
"""

from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any

from bot.catalog.check_contents import LONGEST_SHORT, LONGEST_TITLE, YEAR_KINDS
from bot.catalog.field_words import words_of
from bot.catalog.hints import FROM_PATH, Slot, choices, item_kind, slots, value_kind
from bot.catalog.scalars import SCALARS
from bot.model.edition import Edition
from bot.model.entries import Entry
from bot.model.facet import Given

_DEFS = "#/$defs/"
# What an editor can offer or refuse beyond a field's kind.
_LIMITS: Mapping[str, Mapping[str, Any]] = {
    "About.short": {"maxLength": LONGEST_SHORT},
    "About.area": {"examples": ["臺北市", "桃園市", "高雄市", "全國"]},
    "About.year_kind": {"enum": list(YEAR_KINDS)},
    "About.year": {"minimum": 80, "maximum": 199},
    "Entry.id": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "Entry.title": {"maxLength": LONGEST_TITLE},
    "Entry.for": {"examples": ["teacher", "school", "contact", "student"]},
}


def edition_schema() -> dict[str, Any]:
    """The schema of one plan file, with every noun once under `$defs`."""
    defs: dict[str, Any] = {}
    _noun(Edition, defs)
    root = defs.pop(Edition.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "師鐘計畫檔",
        **root,
        "$defs": dict(sorted(defs.items())),
    }


def _noun(noun: type, defs: dict[str, Any]) -> dict[str, Any]:
    name = noun.__name__
    if name not in defs:
        defs[name] = {}  # a rule holds rules: the name must stand before what is below it
        written = {k: s for k, s in slots(noun).items() if not _from_path(noun, s.name)}
        defs[name] = {
            "type": "object",
            "properties": {key: _field(noun, slot, defs) for key, slot in written.items()},
            "required": [key for key, slot in written.items() if slot.must],
            "additionalProperties": False,
        }
    return {"$ref": _DEFS + name}


def _field(noun: type, slot: Slot, defs: dict[str, Any]) -> dict[str, Any]:
    """A field with what it is for, and where it is one word of few or short, that too."""
    limits = _LIMITS.get(f"{noun.__name__}.{slot.key}") or (
        _LIMITS.get(f"Entry.{slot.key}", {}) if issubclass(noun, Entry) else {}
    )
    return {"description": words_of(noun, slot.key), **_kind(slot.kind, defs), **limits}


def _from_path(noun: type, name: str) -> bool:
    return noun is Edition and name in FROM_PATH


def _kind(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if (item := item_kind(kind)) is not None:
        one = _kind(item, defs)
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if (value := value_kind(kind)) is not None:
        return {"type": "object", "additionalProperties": _kind(value, defs)}
    allowed = choices(kind)
    if len(allowed) > 1:
        return {"anyOf": [_kind(choice, defs) for choice in allowed]}
    return _single(allowed[0], defs)


def _single(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if kind is Given:
        return _kind(Mapping[str, tuple[str, ...]], defs)
    if kind in SCALARS:
        defs[kind.__name__] = dict(SCALARS[kind].json)
        return {"$ref": _DEFS + kind.__name__}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun(kind, defs)
    raise TypeError(f"no schema for {kind!r}")
