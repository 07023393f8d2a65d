"""Tracks that nobody could complete, or whose reports nobody could tell apart."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.catalog.check_goals import goal_faults
from bot.catalog.check_phrases import folded
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault
from bot.model.entries import PlanDate, Requirement, Track
from bot.model.goals import Part
from bot.model.when import When


def track_faults(sheet: Sheet) -> Iterator[Fault]:
    """What is wrong in the tracks that people follow, and in the school terms they count in."""
    yield from _terms(sheet)
    for track in sheet.edition.tracks:
        yield from _track(sheet, track)
        for item in track.items:
            yield from _ids(sheet, "part", item.parts)
            yield from _ids(sheet, "mark", item.marks)
            yield from _words_of(sheet, item.marks)
            yield from goal_faults(sheet, track, item)
            yield from _links(sheet, track, item)
            yield from _sessions(sheet, item)
        yield from _circles(sheet, track)
        yield from _told_apart(sheet, track)


def _track(sheet: Sheet, track: Track) -> Iterator[Fault]:
    counted = [item for item in track.items if item.goals]
    if counted and not track.subject:
        line = sheet.line(counted[0], "goals")
        cure = "補上 subject: teacher、school、class、community 或 county；不記進度就刪掉 goals"
        yield Fault(line, f"「{track.id}」有目標，卻沒有寫是誰的進度", cure)
    if track.subject and not counted:
        line = sheet.line(track, "subject")
        yield Fault(
            line, "可以加入的進度，沒有任何一項有目標", "在 items 補上 goals，或刪掉 subject"
        )
    if counted and len(counted) < (track.at_least or 0) <= len(track.items):
        line = sheet.line(track, "at_least")
        what = f"at_least 是 {track.at_least}，但只有 {len(counted)} 項有目標"
        yield Fault(line, what, "替其他項補上 goals，或改小 at_least")
    for at, facet in enumerate(track.asks):
        if facet not in sheet.edition.facets and facet not in sheet.formless:
            known = "、".join(sheet.edition.facets)
            yield Fault(
                sheet.line(track, "asks", at), f"facets 沒有「{facet}」", f"可以寫：{known}"
            )


def _terms(sheet: Sheet) -> Iterator[Fault]:
    terms = sheet.edition.school_terms
    yield from _words_of(sheet, terms)
    for at, term in enumerate(terms):
        for other in terms[:at]:
            if term.at and other.at and _overlap(term.at, other.at):
                what = f"學期「{term.id}」和「{other.id}」有同一天"
                yield Fault(sheet.line(term, "at"), what, "一天只能在一個學期，改 at")


def _overlap(one: When, other: When) -> bool:
    return any(other.covers((s.start or s.end).first, s.end.last) for s in one.spans)


def _ids(sheet: Sheet, kind: str, nouns: Iterable[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for noun in nouns:
        if noun.id in seen:
            yield Fault(sheet.line(noun, "id"), f"{kind} id「{noun.id}」用了兩次", "換一個")
        seen.add(noun.id)


def _links(sheet: Sheet, track: Track, item: Requirement) -> Iterator[Fault]:
    known = [i.id for i in track.items if i.id != item.id]
    for key in ("also", "after", "hours_with"):
        for at, name in enumerate(getattr(item, key)):
            if name not in known and name not in sheet.formless:
                what = "指到自己" if name == item.id else f"這個 track 沒有「{name}」"
                cure = f"可以寫：{'、'.join(known)}" if known else "刪掉"
                yield Fault(sheet.line(item, key, at), f"{key} {what}", cure)


def _circles(sheet: Sheet, track: Track) -> Iterator[Fault]:
    """Items that wait for each other, or count for each other; said once for each circle."""
    for key in ("also", "after"):
        edges = {i.id: getattr(i, key) for i in track.items}
        told: set[str] = set()
        for item in track.items:
            circle = _circle(edges, item.id)
            if len(circle) > 1 and item.id not in told:
                what = f"{key} 繞了一圈：{'→'.join([*circle, item.id])}"
                yield Fault(sheet.line(item, key), what, "刪掉其中一個")
            told |= set(circle)


def _circle(edges: Mapping[str, tuple[str, ...]], start: str) -> list[str]:
    """The way from an item back to itself; empty where there is none."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop()
        for name in edges.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _sessions(sheet: Sheet, item: Requirement) -> Iterator[Fault]:
    if not item.sessions or item.sessions in sheet.formless:
        return
    line = sheet.line(item, "sessions")
    date = next((d for d in sheet.edition.dates if d.id == item.sessions), None)
    if date is None or not date.when:
        known = "、".join(d.id for d in sheet.edition.dates if d.when)
        yield Fault(line, f"「{item.sessions}」不是有 when 的日期", f"可以指：{known}")
    elif not item.parts:
        yield Fault(
            line, "有 sessions，卻沒有 parts", "補上 parts：一門或一場一個，或刪掉 sessions"
        )
    else:
        yield from _cover(sheet, item, date)


def _cover(sheet: Sheet, item: Requirement, date: PlanDate) -> Iterator[Fault]:
    for part in item.parts:
        if not any(case.given.is_within(part.given) for case in date.when):
            what = f"「{part.title}」在 {date.id} 沒有場次"
            yield Fault(sheet.line(part), what, "檢查它的 if，或在那個日期補上場次")
    for case in date.when:
        owners = [p for p in item.parts if case.given.is_within(p.given)]
        if len(owners) > 1:
            named = "、".join(p.id for p in owners)
            what = f"{date.id} 的「{case.at.words()}」同時是 {named} 的場次"
            yield Fault(sheet.line(owners[1]), what, "在 parts 寫 if，讓一場只屬於一個")


def _told_apart(sheet: Sheet, track: Track) -> Iterator[Fault]:
    """Words by which a report could mean two things of the track, for no case of one of them."""
    owners: dict[str, list[tuple[Requirement, Requirement | Part]]] = {}
    for item in track.items if track.subject else ():
        nouns: tuple[Requirement | Part, ...] = (item, *item.parts)
        for noun in nouns:
            for at, word in enumerate((noun.title, *noun.words)):
                others = owners.setdefault(folded(word), [])
                rivals = [
                    o for o in others if o[1] is not noun and not o[0].given.apart(item.given)
                ]
                if rivals and item.goals and rivals[0][0].goals:
                    what = f"「{word}」在 {rivals[0][1].id} 也有，回報時分不出來"
                    line = sheet.line(noun, "words", at - 1) if at else sheet.line(noun, "title")
                    yield Fault(line, what, "只留在一項，或寫得更明確")
                others.append((item, noun))


def _words_of(sheet: Sheet, nouns: Iterable[Any]) -> Iterator[Fault]:
    owners: dict[str, Any] = {}
    for noun in nouns:
        for at, word in enumerate((noun.title, *noun.words)):
            owner = owners.setdefault(folded(word), noun)
            if owner is not noun:
                line = sheet.line(noun, "words", at - 1) if at else sheet.line(noun, "title")
                what = f"「{word}」在 {owner.id} 也有，回報時分不出來"
                yield Fault(line, what, "只留在一個底下")
