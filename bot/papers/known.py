"""What is known before a form is filled in, by the names of FILLINGS; the rest is refused."""

import re
from collections.abc import Mapping, Sequence

from bot.model.form_layout import FILLINGS

Row = Mapping[str, str]
Known = Mapping[str, str | Sequence[str] | Sequence[Row]]

LONGEST = 100  # characters of one value
MOST = 30  # values of one name
GAP = "______"
# As it is typed: also with full-width characters, and with blanks or dashes inside.
_GAP = r"[\s\-.,/_·‐-―]{0,3}"
_ID_NUMBER = re.compile(rf"[A-Za-z]{_GAP}[1289A-Da-d]{_GAP}(?:\d{_GAP}){{7}}\d(?!\d)")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NAMED = re.compile(r"\{([a-z]+)(?:\.([1-9]))?\}")


def holds_id_number(text: str) -> bool:
    """Whether an ID number stands in a text."""
    return bool(_ID_NUMBER.search(text.translate(_NARROW)))


def clean(known: Known) -> Known:
    """What is known, without what cannot be seen or printed.

    Raises:
        ValueError: it names nothing that a form may ask for, or holds an ID number.
    """
    strange = [name for name in known if name not in FILLINGS]
    if strange:
        raise ValueError(f"no form is filled in with {strange[0]!r}")
    return {name: _clean(value) for name, value in known.items()}


def one(known: Known, name: str) -> str:
    """The text of one thing; several are joined, empty where it is not known."""
    value = known.get(name, "")
    if isinstance(value, str):
        return value
    return "、".join(item for item in value if isinstance(item, str) and item)


def many(known: Known, name: str) -> Sequence[str]:
    """Every text of one thing."""
    value = known.get(name, "")
    if isinstance(value, str):
        return (value,) if value else ()
    return [item for item in value if isinstance(item, str)]


def rows(known: Known, name: str) -> Sequence[Row]:
    """The rows of one thing, such as the members of a community."""
    value = known.get(name, ())
    return () if isinstance(value, str) else [item for item in value if isinstance(item, Mapping)]


def put_into(line: str, known: Known) -> str:
    """A line with what is known in the place of {school}, {courses.2}; a gap where it is not."""

    def said(found: re.Match[str]) -> str:
        name, place = found[1], int(found[2] or 0)
        values = many(known, name)
        if place:
            return (values[place - 1] if place <= len(values) else "") or GAP
        return one(known, name) or GAP

    return _NAMED.sub(said, line)


def _clean(value: str | Sequence[str] | Sequence[Row]) -> str | Sequence[str] | Sequence[Row]:
    if isinstance(value, str):
        return _seen(value)
    found = list(value)[:MOST]
    texts = [_seen(item) for item in found if isinstance(item, str)]
    if texts or not found:
        return texts
    return [{k: _seen(v) for k, v in row.items()} for row in found if isinstance(row, Mapping)]


def _seen(text: str) -> str:
    if holds_id_number(text):
        raise ValueError("an ID number is never filled in")
    return "".join(c if c.isprintable() else " " for c in text).strip()[:LONGEST]
