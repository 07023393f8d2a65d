"""Which plans a text names, also where the name is misspelt."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.model.edition import Edition
from bot.understand.sounds import sound
from bot.understand.symbols import Symbols, split

FUZZY_FROM = 4  # symbols: a shorter name must be right, or sound right


@dataclass(frozen=True, slots=True)
class Named:
    """Plans named at a place of the text."""

    plans: tuple[str, ...]
    first: int  # symbols
    last: int
    name: str

    @property
    def length(self) -> int:
        """How many symbols the name takes."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    symbols: tuple[str, ...]
    sounds: tuple[str, ...]


class Names:
    """The names of all plans, found by the sounds that they begin with or hold."""

    def __init__(self, editions: Iterable[Edition], fold: Callable[[str], str]) -> None:
        plans: dict[str, set[str]] = defaultdict(set)
        for edition in editions:
            for name in (*edition.about.names, edition.about.short):
                plans[fold(name)].add(edition.plan)
        self._plans = {name: tuple(sorted(p)) for name, p in plans.items()}
        self._names: list[_Name] = []
        self._by_sound: dict[str, set[int]] = defaultdict(set)
        for text in self._plans:
            items = split(text).items
            made = _Name(text, items, tuple(map(sound, items)))
            for one in set(made.sounds):
                self._by_sound[one].add(len(self._names))
            self._names.append(made)

    def find(self, symbols: Symbols) -> list[Named]:
        """Names in the text, left to right, the longest where they overlap."""
        sounds = tuple(map(sound, symbols.items))
        shared = Counter(n for one in set(sounds) for n in self._by_sound.get(one, ()))
        found: list[Named] = []
        for number, count in shared.items():
            name = self._names[number]
            if count >= len(set(name.sounds)) - (len(name.sounds) >= FUZZY_FROM):
                found += self._places(name, symbols.items, sounds)
        return _longest_first(found)

    def _places(self, name: _Name, items: Sequence[str], sounds: Sequence[str]) -> list[Named]:
        n, plans = len(name.symbols), self._plans[name.text]
        places = [
            Named(plans, i, i + n - 1, name.text)
            for i in range(len(items) - n + 1)
            if sounds[i : i + n] == name.sounds
        ]
        if places or n < FUZZY_FROM:
            return places
        for size in (n, n - 1, n + 1):
            for i in range(len(items) - size + 1):
                if OSA.distance(sounds[i : i + size], name.sounds, score_cutoff=1) <= 1:
                    return [Named(plans, i, i + size - 1, name.text)]
        return []


def _longest_first(found: list[Named]) -> list[Named]:
    kept: list[Named] = []
    for named in sorted(found, key=lambda x: (-x.length, x.first, x.name)):
        if all(named.last < k.first or named.first > k.last for k in kept):
            kept.append(named)
    return sorted(kept, key=lambda x: x.first)
