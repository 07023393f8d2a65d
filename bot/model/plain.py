"""Frozen values as those that JSON knows.

As `dataclasses.asdict`, which copies every value deeply and asks every object for its fields anew:
for what is written down at each event that costs several times more.
"""

from collections.abc import Mapping
from typing import Any


def plain_of(value: Any) -> Any:
    """The value with dataclasses as dictionaries by field and tuples as lists, all the way down."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, tuple | list):
        return [plain_of(one) for one in value]
    if isinstance(value, Mapping):
        return {key: plain_of(one) for key, one in value.items()}
    names = getattr(value, "__dataclass_fields__", None)
    return {name: plain_of(getattr(value, name)) for name in names} if names else value
