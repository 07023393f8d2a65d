"""What changed between two editions, in the words of their answers, the most weighty first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from bot.catalog.field_words import label_of
from bot.catalog.hints import slots
from bot.comparing.field_lines import lines_of
from bot.model.edition import Edition
from bot.model.entries import Entry, PlanDate, Track
from bot.rules.dates import cases_of

# Sections by how much hangs on them; what is not named comes after, as it stands in the files.
WEIGHTY = ("dates", "eligibility", "amounts", "deliverables", "tracks", "conflicts", "unsaid")
LIGHT = ("source", "says", "see", "checked_on")  # no answer says anything else for these alone
_PASSED = ("id", "to_confirm", *LIGHT)

Lines = tuple[str, ...]
Audiences = Mapping[str, tuple[str, ...]]  # by code, the usual name first


class How(StrEnum):
    """What happened to an entry."""

    CHANGED = "改"
    ADDED = "增"
    REMOVED = "刪"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that differs, with each of its fields that does: label, old and new lines."""

    how: How
    section: str
    entry: Entry
    parts: tuple[tuple[str, Lines, Lines], ...]
    waits: bool = False  # the new one is still to be confirmed


def changes(old: Edition, new: Edition, audiences: Audiences | None = None) -> list[Change]:
    """Every entry that was added, removed or answers otherwise; by weight, then by the file.

    Args:
        audiences: how people call those whom entries are for, by the files' codes.
    """
    before, after = _entries(old), _entries(new)
    called = audiences or {}
    found = [
        _change((section, entry), (old, before.get(name)), (new, entry), called)
        for name, (section, entry) in after.items()
    ]
    found += [
        _change(before[name], (old, before[name]), (new, None), called)
        for name in before
        if name not in after
    ]
    return sorted(filter(None, found), key=lambda c: (_weight(c.section), _HOWS.index(c.how)))


def only_lightly(old: Edition, new: Edition) -> list[str]:
    """Titles of entries that differ in nothing but their clauses or ways of asking."""
    heavy = {change.entry.id for change in changes(old, new)}
    before = {entry.id: entry for entry in old.entries()}
    return [
        entry.title
        for entry in new.entries()
        if entry.id in before
        and entry.id not in heavy
        and any(getattr(entry, key) != getattr(before[entry.id], key) for key in ("source", "says"))
    ]


_HOWS = (How.CHANGED, How.REMOVED, How.ADDED)
_Place = tuple[str, Entry]


def _change(
    place: _Place,
    old: tuple[Edition, _Place | None],
    new: tuple[Edition, Entry | None],
    called: Audiences,
) -> Change | None:
    section, entry = place
    before = old[1][1] if old[1] else None
    was = _fields(old[0], before, called) if before else {}
    now = _fields(new[0], new[1], called) if new[1] else {}
    parts = []
    for label in dict.fromkeys((*was, *now)):
        gone = tuple(x for x in was.get(label, ()) if x not in now.get(label, ()))
        come = tuple(x for x in now.get(label, ()) if x not in was.get(label, ()))
        if gone or come:
            parts.append((label, gone, come))
    if not parts:
        return None
    how = How.CHANGED if before and new[1] else How.ADDED if new[1] else How.REMOVED
    waits = bool(new[1] and new[1].to_confirm)
    return Change(how=how, section=section, entry=entry, parts=tuple(parts), waits=waits)


def _entries(edition: Edition) -> Mapping[str, _Place]:
    return {entry.id: (section, entry) for section, entry in _placed(edition)}


def _placed(edition: Edition) -> Iterator[_Place]:
    for section in fields(edition):
        value = getattr(edition, section.name)
        for entry in value if isinstance(value, tuple) else ():
            if isinstance(entry, Entry):
                yield section.name, entry
            if isinstance(entry, Track):
                yield from ((section.name, item) for item in entry.items)


def _fields(edition: Edition, entry: Entry, called: Audiences) -> Mapping[str, Lines]:
    kind: type = type(entry)
    said = {
        label_of(kind, key): lines_of(edition, getattr(entry, slot.name))
        for key, slot in slots(kind).items()
        if key not in _PASSED
    }
    if entry.audience:
        names = (called.get(code, (code,))[0] for code in entry.audience)
        said[label_of(kind, "for")] = tuple(names)
    if isinstance(entry, PlanDate) and entry.before:
        said[label_of(PlanDate, "when")] = lines_of(edition, cases_of(entry, edition))
    return {label: lines for label, lines in said.items() if lines}


def _weight(section: str) -> int:
    return WEIGHTY.index(section) if section in WEIGHTY else len(WEIGHTY)
