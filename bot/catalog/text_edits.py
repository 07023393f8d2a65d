"""Edits of a YAML text in place: what is not named keeps its comments, order and line breaks."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: list[Edit]) -> str:
    """The text with all edits made; they may not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def parse(text: str) -> yaml.MappingNode:
    """The tree of a text that was already found to be a mapping."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("no mapping")
    return node


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value under `key`; None where there is none."""
    return next((value for name, value in pairs(node) if name.value == key), None)


def pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """The keys and values of a mapping; nothing of anything else."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            yield key, value


def mappings(node: yaml.Node | None) -> list[yaml.MappingNode]:
    """The mappings of a list; a single mapping is a list of one."""
    if isinstance(node, yaml.SequenceNode):
        return [item for item in node.value if isinstance(item, yaml.MappingNode)]
    return [node] if isinstance(node, yaml.MappingNode) else []


def scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Every text below a node, keys left out."""
    match node:
        case yaml.ScalarNode():
            yield node
        case yaml.SequenceNode():
            for item in node.value:
                yield from scalars(item)
        case yaml.MappingNode():
            for _, value in node.value:
                yield from scalars(value)


def added_after(text: str, owner: yaml.MappingNode, key: str, line: str) -> Edit:
    """The edit that writes `line` (`key: value`) into a mapping right after its `key`."""
    value = child(owner, key)
    if value is None:
        raise ValueError(f"no {key}")
    if owner.flow_style:
        return Edit(value.end_mark.index, value.end_mark.index, f", {line}")
    at = text.find("\n", value.end_mark.index) + 1
    indent = " " * owner.start_mark.column
    if not at:  # the last line of the file, without a line break
        return Edit(len(text), len(text), f"\n{indent}{line}\n")
    return Edit(at, at, f"{indent}{line}\n")
