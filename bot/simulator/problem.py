"""One thing that LINE would refuse about a request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which property, written as LINE writes it: messages[0].text."""

    property: str
    message: str

    def as_detail(self) -> dict[str, str]:
        """The form in which an error answer lists it."""
        return {"message": self.message, "property": self.property}


Problems = Iterator[Problem]
Node = Mapping[str, Any]


def at(path: str, key: str | int) -> str:
    """The path of a child: a name after a dot, a position in brackets."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def as_node(value: object) -> Node:
    """The value if it is a JSON object, else an empty one: its type is the schema's complaint."""
    return value if isinstance(value, dict) else {}


def as_nodes(value: object) -> list[Node]:
    """The objects in a JSON array; anything else is the schema's complaint."""
    return [as_node(item) for item in value] if isinstance(value, list) else []
