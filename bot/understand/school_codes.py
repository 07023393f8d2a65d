"""A list of school codes, as it is pasted or uploaded: one a line, or in the first column."""

import re
from dataclasses import dataclass

_SPLIT = re.compile(r"[\s,;，、；]+")
_CODE = re.compile(r"[0-9A-Z]{6}")
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes in the order in which they came, each once, and what is none."""

    codes: tuple[str, ...]
    unread: tuple[str, ...]  # lines without a code: a heading, a slip


def read_codes(text: str) -> CodeList:
    """The codes of a list; a line's first code counts, whatever stands beside it."""
    codes: dict[str, None] = {}
    unread = []
    for line in text.lstrip("\ufeff").splitlines():
        words = [word for word in _SPLIT.split(line.upper().replace('"', "")) if word]
        found = next((word for word in words if _CODE.fullmatch(word)), None)
        if found:
            codes[found] = None
        elif words:
            unread.append(line.strip())
    return CodeList(tuple(codes), tuple(unread[:MOST_SHOWN]))
