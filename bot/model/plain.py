"""Frozen values as JSON, and as the values that JSON knows."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import orjson


def as_json(value: Any) -> str:
    """The value as JSON: dataclasses as objects by field, instants as ISO 8601.

    What is no number, such as the infinite, becomes null.

    Raises:
        TypeError: it holds something that JSON cannot.
    """
    try:
        return orjson.dumps(value, default=_known).decode()
    except TypeError:  # numbers beyond 64 bits, keys that are none
        return json.dumps(value, default=_known, ensure_ascii=False, separators=(",", ":"))


def plain_of(value: Any) -> Any:
    """The value with dataclasses as dictionaries by field and tuples as lists, all the way down.

    Raises:
        TypeError: it holds something that JSON cannot.
    """
    return json.loads(as_json(value))


def _known(value: Any) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    raise TypeError(type(value).__name__)
