"""Tables for the terminal, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "


def width(text: str) -> int:
    """How many columns a terminal needs for the text."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines with their cells below each other; the first column to the left, others right."""
    widths = [max(width(line[n]) for line in lines) for n in range(len(lines[0]))]
    for line in lines:
        first = line[0] + " " * (widths[0] - width(line[0]))
        rest = (
            " " * (w - width(cell)) + cell for cell, w in zip(line[1:], widths[1:], strict=True)
        )
        yield GAP.join((first, *rest)).rstrip()
