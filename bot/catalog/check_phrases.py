"""Phrases that two things claim: nobody could tell which one is meant."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.errors import Finding
from bot.model.entries import Entry


def phrase_faults(sheet: Sheet) -> Iterator[Fault]:
    """Phrases that two entries share, and words that two facet values share."""
    yield from _shared_says(sheet)
    yield from _shared_values(sheet)


def shared_names(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Names of a plan that another plan has too; editions of one plan share theirs."""
    owners: dict[str, str] = {}
    for sheet in sheets:
        about = sheet.edition.about
        for at, name in enumerate(about.names):
            owner = owners.setdefault(folded(name), sheet.edition.plan)
            if owner != sheet.edition.plan:
                what = f"名稱「{name}」和計畫 {owner} 相同"
                line = sheet.line(about, "names", at)
                yield sheet.finding(Fault(line, what, "其中一個加上縣市或全名，讓人分得出來"))


def _shared_says(sheet: Sheet) -> Iterator[Fault]:
    owners: dict[str, list[Entry]] = {}
    for entry in sheet.edition.entries():
        for at, phrase in enumerate(entry.says):
            others = owners.setdefault(folded(phrase), [])
            rivals = [o for o in others if o is not entry and not o.given.apart(entry.given)]
            if rivals:
                what = f"「{phrase}」在 {rivals[0].id} 也有"
                line = sheet.line(entry, "says", at)
                yield Fault(line, what, "只留在真正回答它的那一項")
            others.append(entry)


def _shared_values(sheet: Sheet) -> Iterator[Fault]:
    owners: dict[str, tuple[str, str]] = {}
    for name, facet in sheet.edition.facets.items():
        for key, value in facet.values.items():
            for place, word in _words(value.title, value.says):
                owner = owners.setdefault(folded(word), (name, key))
                if owner != (name, key):
                    what = f"「{word}」在 facets 的 {owner[0]}.{owner[1]} 也有"
                    yield Fault(_line(sheet, value, place), what, "只留在一個值底下")


def _words(title: str, says: Iterable[str]) -> Iterator[tuple[int | None, str]]:
    yield None, title
    yield from enumerate(says)


def _line(sheet: Sheet, value: Any, place: int | None) -> int:
    return sheet.line(value, "title") if place is None else sheet.line(value, "says", place)


def folded(text: str) -> str:
    """Letters and digits only, in one width and case: what is left when people type."""
    kept = unicodedata.normalize("NFKC", text).casefold().replace("臺", "台")
    return "".join(c for c in kept if c.isalnum())
