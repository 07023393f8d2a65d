"""One plan file as it was read: the edition, and where everything in it stands."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog.yaml_lines import Fault, Fields, Items, Node, Scalar
from bot.errors import Finding
from bot.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Marks:
    """Which entry a line belongs to: the last one that begins at it or before."""

    lines: tuple[int, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, tree: Fields) -> "Marks":
        """The marks of a file: its sections, the entries in them, the items of its tracks."""
        marks: dict[int, str] = {}
        for section, node in tree.values.items():
            marks[tree.key_lines[section]] = section
            for entry in _maps(node):
                marks[entry.line] = _id(entry) or section
                for item in _maps(entry.values.get("items")) if section == "tracks" else ():
                    marks[item.line] = _id(item) or _id(entry) or section
        lines = sorted(marks)
        return cls(tuple(lines), tuple(marks[line] for line in lines))

    def name_at(self, line: int) -> str:
        """The id of the entry at `line`, else the section's name."""
        before = bisect_right(self.lines, line)
        return self.names[before - 1] if before else ""

    def finding(self, file: str, fault: Fault) -> Finding:
        """The fault with its file and entry."""
        return Finding(file, fault.line, self.name_at(fault.line), fault.what, fault.cure)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition with its places.

    `formless` names the entries and facets that are written but could not be made: that is said
    already, and what refers to them is not wrong for it.
    """

    file: str
    edition: Edition
    marks: Marks
    nodes: Mapping[int, tuple[Any, Fields]]  # identity of a noun → where it was built from
    formless: frozenset[str]

    def line(self, noun: Any, key: str = "", at: int | None = None) -> int:
        """The line of a noun, of one of its fields, of one item of a list there; 0 if unknown."""
        if id(noun) not in self.nodes:
            return 0
        node: Node = self.nodes[id(noun)][1]
        if isinstance(node, Fields) and key in node.values:
            line, node = node.key_lines[key], node.values[key]
            if at is None:
                return line
            if isinstance(node, Items) and at < len(node.items):
                return node.items[at].line
        return node.line

    def finding(self, fault: Fault) -> Finding:
        """The fault with its file and entry."""
        return self.marks.finding(self.file, fault)


def written_ids(tree: Fields) -> list[tuple[str, int]]:
    """Every entry's id as it is written, with its line, the items of tracks among them."""
    found = []
    for section, node in tree.values.items():
        for entry in _maps(node):
            items = _maps(entry.values.get("items")) if section == "tracks" else []
            found += [(_id(e), e.key_lines["id"]) for e in (entry, *items) if _id(e)]
    return found


def written_facets(tree: Fields) -> set[str]:
    """The name of every facet as it is written."""
    facets = tree.values.get("facets")
    return set(facets.values) if isinstance(facets, Fields) else set()


def _id(entry: Fields) -> str:
    written = entry.values.get("id")
    return written.text if isinstance(written, Scalar) else ""


def _maps(node: Node | None) -> list[Fields]:
    if isinstance(node, Items):
        return [item for item in node.items if isinstance(item, Fields)]
    if isinstance(node, Fields) and "id" in node.values:
        return [node]  # a single entry is a list of one
    return []
