"""Phrases by which staff name audiences: positions, places, schools, plans, what is owed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model.audience import (
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Owing,
    Position,
    Short,
    Within,
)
from bot.model.edition import Edition
from bot.model.entries import Deliverable, Requirement
from bot.model.schools import Level, School
from bot.model.submission import Standing
from bot.understand.reader import Reader
from bot.understand.school_forms import school_key

Named = Iterator[tuple[str, Audience]]
# Something is still to be handed in.
OPEN_STANDINGS: tuple[str, ...] = (
    Standing.NOT_YET,
    Standing.DUE,
    Standing.RETURNED,
    Standing.OVERDUE,
)
CITY, COUNTY = "市", "縣"
_CITIES = ("臺北", "新北", "桃園", "臺中", "臺南", "高雄", "基隆")
_BOTH = ("新竹", "嘉義")  # a city and a county of one name: 新竹市, 新竹縣
_POSITIONS: Mapping[Position, Sequence[str]] = {
    Position.TEACHER: ("老師", "教師"),
    Position.CONTACT: ("學校承辦人", "學校承辦", "承辦人", "學校聯絡人", "各校承辦"),
    Position.STAFF: ("承辦人員", "承辦單位", "工作人員"),
}
_LEVELS: Mapping[str, Sequence[str]] = {
    Level.ELEMENTARY: ("國小", "國民小學", "小學"),
    Level.JUNIOR: ("國中", "國民中學"),
    Level.SENIOR: ("高中職", "高中", "高職"),
    Level.COMPLETE: ("完全中學",),
}
_EVERYBODY = ("全部", "所有人", "全體", "大家", "所有的人", "每個人", "全部的人")
_NUMBER = re.compile(r"附件\d+")  # by which an item begins
_SHORTEST = 3  # characters of a school's name: 國中 names a level


def general(reader: Reader) -> Named:
    """Everybody, positions, levels, cities and counties."""
    for phrase in _EVERYBODY:
        yield phrase, Everybody()
    for position, phrases in _POSITIONS.items():
        for phrase in phrases:
            yield phrase, Being(position)
    for level, phrases in _LEVELS.items():
        for phrase in phrases:
            yield phrase, AtLevel((level,))
    for place in reader.library.lexicon.places:
        name = place.replace("台", "臺")
        if name in _BOTH:
            yield name + CITY, Within((name + CITY,))
            yield name + COUNTY, Within((name + COUNTY,))
            yield name, Within((name + CITY, name + COUNTY))
            continue
        whole = name + (CITY if name in _CITIES else COUNTY)
        yield from ((said, Within((whole,))) for said in (place, whole, place + whole[-1]))


def districts(schools: Iterable[School]) -> Named:
    """The districts in which there are schools."""
    for district in cities_of_districts(schools):
        yield district, Around((district,))


def cities_of_districts(schools: Iterable[School]) -> Mapping[str, Sequence[str]]:
    """In which cities each district lies: several have one of this name."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for school in schools:
        if school.district:
            found[school.district][school.city] = None
    return {district: sorted(cities) for district, cities in sorted(found.items())}


def of_schools(schools: Iterable[School], text: str) -> Named:
    """The schools whose name stands in the text, as the list has it or a little shorter."""
    key = school_key(text)
    for school in schools:
        place = school_key(school.city) + school_key(school.district)
        for name in (school.name, school.full_name, *school.short_names):
            whole = school_key(name)
            bare = re.sub(r"^(?:[國市縣私]立)", "", whole.removeprefix(school_key(school.city)))
            for said in {whole, bare, place + bare}:
                if len(said) >= _SHORTEST and said in key:
                    yield said, AtSchools((school.code,))


def plans(editions: Iterable[Edition]) -> Named:
    """Plans, by all their names."""
    for edition in editions:
        about = edition.about
        for name in (about.title, about.short, *about.names):
            yield name, Follows(plan=edition.plan)


def owed(edition: Edition, fold: Callable[[str], str]) -> Named:
    """What schools owe, each by its own words; an entry with several of them means any of them."""
    forms = {form.id: (form.title, form.number) for form in edition.forms}
    for entry in edition.entries():
        if not isinstance(entry, Deliverable | Requirement) or not entry.owed:
            continue
        apart = {
            fold(name): (name, _owing(edition, one.id))
            for one in (entry.owed if len(entry.owed) > 1 else ())
            for name in (one.title, *one.words, *_numbers(one.title))
            if name
        }
        yield from apart.values()
        own = [word for one in entry.owed for word in (one.title, *one.words)]
        if isinstance(entry, Deliverable):
            numbers = [number for item in entry.items for number in _numbers(item)]
            own += [*entry.items, *numbers, *forms.get(entry.form, ())]
        for name in (entry.title, *own):
            if name and fold(name) not in apart:
                yield name, _owing(edition, entry.id)


def required(edition: Edition, fold: Callable[[str], str]) -> Named:
    """What teachers' tracks require, and the parts of it; what names a whole names no part."""
    items = [item for track in edition.tracks if track.subject for item in track.items]
    wholes = {fold(name) for item in items for name in (item.title, *item.words)}
    for track in edition.tracks:
        for item in track.items if track.subject else ():
            wanted = Short(
                plan=edition.plan, edition=edition.edition, track=track.id, requirement=item.id
            )
            for name in (item.title, *item.words):
                yield name, wanted
            for part in item.parts:
                for name in (part.title, *part.words):
                    if fold(name) not in wholes:
                        yield name, replace(wanted, part=part.id)


def _owing(edition: Edition, deliverable: str) -> Owing:
    return Owing(
        plan=edition.plan,
        edition=edition.edition,
        deliverable=deliverable,
        standings=OPEN_STANDINGS,
    )


def _numbers(item: str) -> list[str]:
    found = _NUMBER.match(item)
    return [found[0]] if found else []
