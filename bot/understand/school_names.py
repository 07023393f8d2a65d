"""Which schools a text names, in any usual short form, also misspelt by sound or by a character."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.model.schools import School
from bot.understand.school_forms import Forms, city_of, city_pattern, forms_of, school_key
from bot.understand.sounds import spelled

LONGEST = 200  # characters of a text that are looked at
SHORT = 2  # characters: 建中, 附中 count only as words of their own
HEARD_FROM = 4  # characters: a shorter name may sound like anything
MISSPELT = range(5, 14)  # characters of a name in which one may be wrong, missing or too many
_BEFORE = "在是到從去回屬為叫換調轉離及和跟與於教"
_AFTER = "的老教任服學調換轉了這是國部和跟與及"
_OWNED = re.compile("[國市縣私]立")


@dataclass(frozen=True, slots=True)
class Found:
    """The schools that a text may mean, best first."""

    schools: tuple[School, ...] = ()
    is_sure: bool = False  # every word of the text that names one was understood, as written
    is_part: bool = False  # only what stands before the kind was said: 大直


NOTHING = Found()


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    schools: tuple[School, ...]


class SchoolNames:
    """The names of these schools, ready to be found."""

    def __init__(self, schools: Iterable[School]) -> None:
        names: dict[str, list[School]] = defaultdict(list)
        owned: dict[str, list[School]] = defaultdict(list)
        bodies: dict[str, list[School]] = defaultdict(list)
        self._forms: dict[str, Forms] = {}
        for school in sorted(schools, key=lambda s: s.code):
            forms = self._forms[school.code] = forms_of(school)
            for name in forms.names:
                names[name].append(school)
            for name in forms.owned:
                owned[name].append(school)
            if forms.body:
                bodies[forms.body].append(school)
        self._names = {name: tuple(found) for name, found in names.items()}
        self._owned = {name: tuple(found) for name, found in owned.items()}
        self._bodies = {body: tuple(found) for body, found in bodies.items()}

    def find(self, text: str) -> tuple[School, ...]:
        """The schools that a text names, rivals among them, best first; empty: it names none."""
        return self.look(text).schools

    def look(self, text: str) -> Found:
        """The schools that a text may mean, and whether that is sure.

        Sure: the text has nothing beside the name but where the school is and who runs it.
        """
        key = school_key(text[:LONGEST])
        hits = _kept(self._written(key, self._names, self._lengths))
        if hits:
            return self._settled(key, hits, as_written=True)
        hits = _kept(self._written(key, self._owned, _lengths(self._owned)))
        if hits:
            return self._settled(key, hits, as_written=True)
        if key in self._bodies:
            return Found(self._bodies[key], is_sure=True, is_part=True)
        hits = _kept(self._heard(key)) or _kept(self._misspelt(key))
        return self._settled(key, hits, as_written=False) if hits else NOTHING

    @cached_property
    def _lengths(self) -> list[int]:
        return _lengths(self._names)

    @cached_property
    def _sounds(self) -> Mapping[str, tuple[School, ...]]:
        found: dict[str, list[School]] = defaultdict(list)
        for name, schools in self._names.items():
            if len(name) >= HEARD_FROM:
                found[spelled(name)] += schools
        return {sound: tuple(dict.fromkeys(schools)) for sound, schools in found.items()}

    @cached_property
    def _one_out(self) -> Mapping[str, tuple[str, ...]]:
        """Sounds with one of them left out → the sounds of the names."""
        found: dict[str, list[str]] = defaultdict(list)
        for sound in self._sounds:
            if len(sound) in MISSPELT:
                for left in (sound, *_shortened(sound)):
                    found[left].append(sound)
        return {left: tuple(dict.fromkeys(names)) for left, names in found.items()}

    def _written(
        self, key: str, names: Mapping[str, tuple[School, ...]], lengths: Sequence[int]
    ) -> Iterator[_Hit]:
        for length in lengths:
            for start in range(len(key) - length + 1):
                end = start + length
                schools = names.get(key[start:end])
                if schools and (length > SHORT or _stands_alone(key, start, end)):
                    yield _Hit(start, end, schools)

    def _heard(self, key: str) -> Iterator[_Hit]:
        sounds = spelled(key)
        for length in _lengths(self._sounds):
            for start in range(len(sounds) - length + 1):
                schools = self._sounds.get(sounds[start : start + length])
                if schools:
                    yield _Hit(start, start + length, schools)

    def _misspelt(self, key: str) -> Iterator[_Hit]:
        sounds = spelled(key)
        for length in MISSPELT:
            for start in range(len(sounds) - length + 1):
                window = sounds[start : start + length]
                for left in (window, *_shortened(window)):
                    for name in self._one_out.get(left, ()):
                        if OSA.distance(window, name, score_cutoff=1) <= 1:
                            yield _Hit(start, start + length, self._sounds[name])

    def _settled(self, key: str, hits: Sequence[_Hit], *, as_written: bool) -> Found:
        rest = _without(key, hits)
        cities = [city_of(m[0]) for m in re.finditer(city_pattern(), rest)]
        owners = [m[0] for m in _OWNED.finditer(rest)]
        schools: dict[School, None] = {}
        agrees = True
        for hit in hits:
            narrowed = [s for s in hit.schools if self._fits(s, rest, cities, owners)]
            agrees = agrees and bool(narrowed)
            schools |= dict.fromkeys(_near(narrowed or hit.schools, rest))
        left = re.sub(f"(?:{city_pattern()})[市縣]?立?", "", rest)
        for school in schools:
            left = left.replace(school_key(school.district) or "\n", "")
        left = re.sub("[國市縣私]?立|的|在|位於|那[間所]|這[間所]|國中部|高中部|\n", "", left)
        return Found(tuple(schools), is_sure=as_written and agrees and not left)

    def _fits(
        self, school: School, rest: str, cities: Sequence[str], owners: Sequence[str]
    ) -> bool:
        """Whether where the school is and who runs it agrees with what was said of that."""
        owner = self._forms[school.code].owner
        return (not cities or not school.city or school_key(school.city) in cities) and (
            not owners or not owner or owner in owners
        )


def _near(schools: Sequence[School], rest: str) -> Sequence[School]:
    """Those in the district that was named, where there are any."""
    near = [s for s in schools if s.district and school_key(s.district) in rest]
    return near or schools


def _lengths(names: Iterable[str]) -> list[int]:
    return sorted({len(name) for name in names}, reverse=True)


def _shortened(sound: str) -> list[str]:
    return [sound[:i] + sound[i + 1 :] for i in range(len(sound))]


def _stands_alone(key: str, start: int, end: int) -> bool:
    before, after = key[start - 1 : start] if start else "", key[end : end + 1]
    return (not before or before in _BEFORE) and (not after or after in _AFTER)


def _kept(hits: Iterable[_Hit]) -> list[_Hit]:
    """The longest where they overlap, left to right; at one place, all schools of that length."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        same = next((k for k in kept if (k.start, k.end) == (hit.start, hit.end)), None)
        if same:
            kept.remove(same)
            both = tuple(dict.fromkeys((*same.schools, *hit.schools)))
            kept.append(_Hit(hit.start, hit.end, both))
        elif all(hit.end <= k.start or hit.start >= k.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _without(key: str, hits: Sequence[_Hit]) -> str:
    """What is left of a key; a break stands where a name was."""
    left, at = [], 0
    for hit in hits:
        left.append(key[at : hit.start])
        at = hit.end
    return "\n".join((*left, key[at:]))
