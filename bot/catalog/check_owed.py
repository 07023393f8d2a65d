"""What schools owe: dates, facets and amounts that are there, and words that mean one thing."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.catalog.check_phrases import folded
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.entries import Deliverable, Entry, Requirement
from bot.model.goals import Every, Subject
from bot.model.owed import Duties, Owed

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTED = (Subject.SCHOOL, Subject.CLASS, Subject.COMMUNITY, Subject.TEACHER)
Owing = tuple[Entry, Owed]


def owed_faults(sheet: Sheet) -> Iterator[Fault]:
    """What is wrong in what schools owe, and in what is held against a school as a whole."""
    owing: list[Owing] = [
        (entry, owed)
        for entry in sheet.edition.entries()
        if isinstance(entry, Deliverable | Requirement)
        for owed in entry.owed
    ]
    yield from _ids(sheet, [owed for _, owed in owing])
    for _, owed in owing:
        yield from _one(sheet, owed)
    yield from _told_apart(sheet, owing)
    if sheet.edition.duties:
        yield from _duties(sheet, sheet.edition.duties)


def _ids(sheet: Sheet, all_owed: Sequence[Owed]) -> Iterator[Fault]:
    seen: set[str] = set()
    for owed in all_owed:
        line = sheet.line(owed, "id")
        if not _ID.fullmatch(owed.id):
            yield Fault(line, f"id「{owed.id}」的寫法不對", "只用小寫英文、數字和 -")
        if owed.id in seen:
            yield Fault(line, f"應繳的 id「{owed.id}」用了兩次", "換一個")
        seen.add(owed.id)


def _one(sheet: Sheet, owed: Owed) -> Iterator[Fault]:
    edition = sheet.edition
    dates = [date.id for date in edition.dates]
    yield from _named(sheet, owed, "due", "日期（dates）", dates)
    yield from _named(sheet, owed, "last", "日期（dates）", dates)
    numbers = [name for name, facet in edition.facets.items() if facet.unit]
    yield from _named(sheet, owed, "per", "數字的面向（facets）", numbers)
    if owed.subject not in _COUNTED:
        line = sheet.line(owed, "subject")
        yield Fault(line, "縣市的事不由學校繳交", "寫 school、class、community 或 teacher")
    if bool(owed.per) is not (owed.subject is Subject.CLASS):
        line = sheet.line(owed, "per" if owed.per else "subject")
        cure = "每班的要寫 per（班數看哪個面向），其他的刪掉 per"
        yield Fault(line, f"「{owed.id}」的 per 和 subject 不合", cure)
    if owed.every is Every.TERM and not edition.school_terms:
        cure = "在檔案補上 school_terms，一學期一項；不分學期就刪掉 every"
        yield Fault(sheet.line(owed, "every"), "每學期要交，檔案卻沒有寫學期", cure)


def _told_apart(sheet: Sheet, owing: Sequence[Owing]) -> Iterator[Fault]:
    """Words by which a school's report could mean two things, for no case of one of them."""
    owners: dict[str, list[Owing]] = {}
    for entry, owed in owing:
        for at, word in enumerate((owed.title, *owed.words)):
            if not word:
                continue
            others = owners.setdefault(folded(word), [])
            rival = next((o for o in others if not _apart(o, (entry, owed))), None)
            if rival:
                line = sheet.line(owed, "words", at - 1) if at else sheet.line(owed, "title")
                what = f"「{word}」在應繳的 {rival[1].id} 也有，回報時分不出來"
                yield Fault(line, what, "只留在一項，或寫得更明確")
            others.append((entry, owed))


def _apart(one: Owing, other: Owing) -> bool:
    """Whether they are the same thing under two words, or never owed by the same unit."""
    if one[1] is other[1]:
        return True
    givens = [(a.given, b.given) for a in one for b in other]
    return any(a.apart(b) for a, b in givens)


def _duties(sheet: Sheet, duties: Duties) -> Iterator[Fault]:
    edition = sheet.edition
    dates = [date.id for date in edition.dates]
    numbers = [name for name, facet in edition.facets.items() if facet.unit]
    amounts = [
        amount.id
        for amount in edition.amounts
        if any(quantity.bound in ("least", "exactly") for quantity in amount.amount)
    ]
    for minimum in duties.minimums:
        yield from _named(sheet, minimum, "amount", "寫至少多少的數量（amounts）", amounts)
        yield from _named(sheet, minimum, "of", "數字的面向（facets）", numbers)
        yield from _named(sheet, minimum, "by", "日期（dates）", dates)
        yield from _named(sheet, minimum, "then", "項目", [e.id for e in edition.entries()])
    for counted in duties.head_counts:
        yield from _named(sheet, counted, "on", "日期（dates）", dates)
        tracks = [track.id for track in edition.tracks]
        yield from _named(sheet, counted, "track", "要完成的事（tracks）", tracks)


def _named(sheet: Sheet, noun: Any, key: str, kind: str, known: Sequence[str]) -> Iterator[Fault]:
    name = getattr(noun, key)
    if name and name not in known and name not in sheet.formless:
        near = difflib.get_close_matches(name, known, n=3) or (known if len(known) <= 8 else [])
        cure = f"可以指：{'、'.join(near)}" if near else "寫出那一項，或改指已有的"
        yield Fault(sheet.line(noun, key), f"沒有「{name}」這個{kind}", cure)
