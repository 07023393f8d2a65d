"""Writes the list of files in docs/map.md: each file of bot/ with the first sentence it says.

    python -m scripts.map

A Python file says it in its docstring, a page's file in its first comment. What cannot say
anything of itself (a schema, a table) is described in DATA.
"""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAP = ROOT / "docs" / "map.md"
MARK = "<!-- files: written by python -m scripts.map -->\n"

# Path below the project → what it is.
DATA = {
    "bot/catalog/skeleton.yaml": "The empty file for a new plan, with every section explained.",
    "bot/console/static/htmx.min.js": "htmx, as it is published.",
    "bot/simulator/line-messages.schema.json": "LINE's messages as JSON Schema, derived from its "
    "OpenAPI description by scripts/derive_line_schema.py.",
    "bot/simulator/templates/simulator.html": "The page to chat on, as the server sends it.",
    "bot/store/migrations/script.py.mako": "What a new migration begins with.",
    "bot/understand/sounds.txt": "The characters of Big5, grouped by how they sound.",
}
PICTURES = (".svg", ".png", ".ico")
COMMENT = re.compile(
    r"\s*(?:<!doctype html>\s*)?(?:/\*+|//|\{#|<!--|#)\s*(.+?)\s*(?:\*/|#\}|-->|\n|$)", re.I
)


def described_files() -> list[Path]:
    """Every file of bot/ that the map has a line for."""
    return sorted(
        path
        for path in (ROOT / "bot").rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
    )


def says(path: Path) -> str:
    """What a file says of itself in its first sentence; empty where it says nothing."""
    name = path.relative_to(ROOT).as_posix()
    if name in DATA:
        return DATA[name]
    if path.suffix in PICTURES:
        return f"A picture: {path.stem}."
    if path.suffix == ".json":
        return ""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return _first_sentence(ast.get_docstring(ast.parse(text)) or "")
    if path.name.startswith("NOTICE"):
        return "Where what lies beside it comes from, and its licence."
    found = COMMENT.match(text)
    return _first_sentence(found[1]) if found else ""


def _first_sentence(docstring: str) -> str:
    first = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=[^.][.])\s+(?=[A-Z`])", first)[0]


def lines() -> Iterator[str]:
    """The list, a heading for each room and a line for each file."""

    def room(path: Path) -> str:
        parts = path.relative_to(ROOT).parts
        return "/".join(parts[:2]) if len(parts) > 2 else "bot"

    for name, files in groupby(sorted(described_files(), key=lambda p: (room(p), p)), key=room):
        yield f"\n### {name}/\n"
        for path in files:
            yield f"- `{path.relative_to(ROOT).as_posix()}`: {says(path)}"


def silent_files() -> list[str]:
    """Files that do not say what they are."""
    return [p.relative_to(ROOT).as_posix() for p in described_files() if not says(p)]


def written(current: str) -> str:
    """The map with its list brought up to date; what stands before the mark is kept."""
    before = current.split(MARK)[0]
    return before + MARK + "\n".join(lines()) + "\n"


def main() -> int:
    """Writes the map; exit code 1 where a file does not say what it is."""
    MAP.write_text(written(MAP.read_text(encoding="utf-8")), encoding="utf-8")
    for name in silent_files():
        print(f"{name} does not say what it is: give it a first line.", file=sys.stderr)
    return 1 if silent_files() else 0


if __name__ == "__main__":
    sys.exit(main())
