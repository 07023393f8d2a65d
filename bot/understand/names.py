"""Which plans a text names, also where the name is misspelt."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import OSA

from bot.model.edition import Edition
from bot.understand.sounds import sound
from bot.understand.symbols import Symbols, split

LOOKED_AT = 80  # symbols: a misspelt name stands near the beginning
SHORTEST = 4
FUZZY = range(
    SHORTEST, 11
)  # symbols: shorter names must sound right, longer ones hold a shorter one
Sounds = tuple[str, ...]


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


class Names:
    """The names of all plans, looked up by how they sound, with at most one sound wrong.

    A misspelt name is found by what is left of it when one sound is taken out; however many names
    there are, a text costs the same few look-ups.
    """

    def __init__(
        self,
        editions: Iterable[Edition],
        fold: Callable[[str], str],
        pairs: Collection[str] = frozenset(),
    ) -> None:
        """Of these editions; `pairs` are neighbours that plans have, as they are written."""
        self._pairs = pairs
        plans: dict[Sounds, dict[str, None]] = defaultdict(dict)
        self._texts: dict[Sounds, str] = {}
        for edition in editions:
            for name in (*edition.about.names, edition.about.short):
                key = _sounds(split(fold(name)))
                plans[key].setdefault(edition.plan)
                self._texts.setdefault(key, fold(name))
        self._plans = {key: tuple(found) for key, found in plans.items()}
        self._lengths = _lengths(self._plans)
        self._known_sounds: set[str] = set()  # of names that are found where they are misspelt
        self._shortened: dict[Sounds, list[Sounds]] = defaultdict(list)
        self._dropped: dict[Sounds, list[tuple[Sounds, int]]] = defaultdict(list)
        for key in self._plans:
            if len(key) in FUZZY:
                self._known_sounds.update(key)
                for left in (key, *_one_out(key)):
                    self._shortened[left].append(key)
            if len(key) == SHORTEST:  # 行學習: what is left is too short to be held against others
                for place in range(1, SHORTEST - 1):
                    self._dropped[key[:place] + key[place + 1 :]].append((key, place))

    def find(self, symbols: Symbols) -> list[Named]:
        """Names in the text, left to right, the longest where they overlap."""
        sounds = _sounds(symbols)
        found = [
            Named(plans, i, i + n - 1, self._texts[sounds[i : i + n]])
            for i, first in enumerate(sounds)
            for n in self._lengths.get(first, ())
            if i + n <= len(sounds) and (plans := self._plans.get(sounds[i : i + n]))
        ]
        return _longest_first(found or self._misspelt(symbols, sounds[:LOOKED_AT]))

    def _misspelt(self, symbols: Symbols, sounds: Sounds) -> list[Named]:
        return [*self._with_one_dropped(symbols, sounds), *self._with_one_wrong(symbols, sounds)]

    def _with_one_dropped(self, symbols: Symbols, sounds: Sounds) -> Iterator[Named]:
        """Short names with a character missing inside: what stands together is no known word."""
        for i in range(len(sounds) - SHORTEST + 2):
            for key, place in self._dropped.get(sounds[i : i + SHORTEST - 1], ()):
                if symbols.items[i + place - 1] + symbols.items[i + place] not in self._pairs:
                    yield Named(self._plans[key], i, i + SHORTEST - 2, self._texts[key])

    def _with_one_wrong(self, symbols: Symbols, sounds: Sounds) -> Iterator[Named]:
        known = self._known_sounds
        strange = [0, *accumulate(sound not in known for sound in sounds)]
        for size in FUZZY:
            for i in range(len(sounds) - size + 1):
                if strange[i + size] - strange[i] > 1:  # of one that is wrong all others are right
                    continue
                window = sounds[i : i + size]
                for left in (window, *_one_out(window)):
                    for key in self._shortened.get(left, ()):
                        if OSA.distance(window, key, score_cutoff=1) > 1:
                            continue
                        if not self._is_another_word(symbols.items[i : i + size], window, key):
                            yield Named(self._plans[key], i, i + size - 1, self._texts[key])

    def _is_another_word(self, written: Sequence[str], window: Sounds, key: Sounds) -> bool:
        """Whether the one that differs makes a word that plans know: 晨間共識 is no 晨間共讀."""
        if len(window) != len(key):
            return False
        wrong = [p for p, (a, b) in enumerate(zip(window, key, strict=True)) if a != b]
        return len(wrong) == 1 and any(
            written[p] + written[p + 1] in self._pairs
            for p in (wrong[0] - 1, wrong[0])
            if 0 <= p < len(written) - 1
        )


def _lengths(names: Iterable[Sounds]) -> dict[str, tuple[int, ...]]:
    """First sound → how long the names are that begin with it."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in filter(None, names):
        lengths[key[0]].add(len(key))
    return {first: tuple(found) for first, found in lengths.items()}


def _sounds(symbols: Symbols) -> Sounds:
    return tuple(map(sound, symbols.items))


def _one_out(key: Sounds) -> list[Sounds]:
    return [key[:i] + key[i + 1 :] for i in range(len(key))]


def _longest_first(found: Sequence[Named]) -> list[Named]:
    kept: list[Named] = []
    for named in sorted(found, key=lambda x: (-x.length, x.first, x.name)):
        if all(named.last < k.first or named.first > k.last for k in kept):
            kept.append(named)
    return sorted(kept, key=lambda x: x.first)
