"""Items put under the words that they are found by, as written and as they sound.

Alike lists are kept once: many pairs of characters stand in the same entries. The index takes less
room so, and questions touch fewer pages of it: what a process touches, it no longer shares with
others.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern

from bot.understand.packed import Pack, Packed
from bot.understand.symbols import grams, heard, split

NAMED, HEARD_NAMED, IN_BODY, HEARD_IN_BODY = 1.0, 0.85, 0.7, 0.5
Qualities = dict[int, float]  # item → how well it holds the gram
Said = tuple[tuple[str, ...], str]  # the folded words of an item: its phrases, its body


@dataclass(frozen=True, slots=True)
class Held:
    """The grams of one item, and those of each of its phrases."""

    best: Mapping[str, float]  # gram → how well: named so, or in the body
    by_phrase: tuple[tuple[str, Mapping[str, None]], ...]  # a phrase, its grams in order


class Posted:
    """Items and their phrases under each of their grams, put there edition by edition.

    Args:
        times: how many of all items say the same.
    """

    def __init__(self, times: Mapping[Said, int]) -> None:
        self.counts: dict[str, int] = {}  # in how many items each gram stands
        self.postings: dict[str, dict[str, Qualities]] = {}
        self.phrase_postings: dict[str, Packed] = {}
        self.phrases: list[str] = []
        self.phrase_sizes: list[int] = []
        self.first_phrase: list[int] = []
        self._times = times
        # Editions of one plan say most things in the same words: each is taken apart once.
        self._taken_apart: dict[Said, _TakenApart] = {}
        self._items: dict[str, Qualities] = defaultdict(dict)
        self._in_phrases: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._alike: dict[tuple[tuple[int, float], ...], Qualities] = {}
        self._pack = Pack()

    def put(self, number: int, phrases: tuple[str, ...], body: str) -> None:
        """The next item of the edition, with its folded words."""
        apart = self._take_apart((phrases, body))
        first = len(self.phrases)
        self.first_phrase.append(first)
        self.phrases += apart.phrases
        self.phrase_sizes += apart.sizes
        for gram, places in apart.in_phrases:
            self._in_phrases[gram].extend([first + place for place in places])
        for gram, quality in apart.best:
            self._items[gram][number] = quality

    def _take_apart(self, said: Said) -> "_TakenApart":
        if said in self._taken_apart:
            return self._taken_apart[said]
        apart = _TakenApart.of(held_by(*said))
        times = self._times[said]
        if (
            times > 1
        ):  # what is said once is let go at once: else it is most of what the index needs
            self._taken_apart[said] = apart
        for gram, _ in apart.best:
            self.counts[gram] = self.counts.get(gram, 0) + times
        return apart

    def keep(self, edition: str) -> None:
        """All that was put since the last edition is this one's."""
        alike = self._alike
        self.postings[edition] = {
            gram: alike.setdefault(tuple(held.items()), held) for gram, held in self._items.items()
        }
        places = {gram: self._pack.put(found) for gram, found in self._in_phrases.items()}
        self.phrase_postings[edition] = Packed(self._pack, places)
        self._items.clear()
        self._in_phrases.clear()

    def close(self) -> None:
        """Nothing more is put: how alike lists were found is let go."""
        self._taken_apart.clear()
        self._alike.clear()
        self._pack.close()

    def holders(self) -> dict[str, tuple[str, ...]]:
        """Gram → the editions that hold it."""
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        found: dict[str, tuple[str, ...]] = {}
        for edition, postings in self.postings.items():
            longer: dict[tuple[str, ...], tuple[str, ...]] = {}
            for gram in postings:
                before = found.get(gram, ())
                if before not in longer:
                    after = (*before, edition)
                    longer[before] = alike.setdefault(after, after)
                found[gram] = longer[before]
        return found


@dataclass(slots=True)
class _TakenApart:
    """What is put into an index for an item with these words, wherever it stands."""

    phrases: list[str]
    sizes: list[int]
    in_phrases: list[tuple[str, list[int]]]  # gram → phrases, counted within the item
    best: list[tuple[str, float]]

    @classmethod
    def of(cls, held: Held) -> "_TakenApart":
        places: dict[str, list[int]] = {}
        for place, (_, found) in enumerate(held.by_phrase):
            for gram in found:
                places.setdefault(gram, []).append(place)
        texts = [text for text, _ in held.by_phrase]
        sizes = [len(found) for _, found in held.by_phrase]
        return cls(texts, sizes, list(places.items()), list(held.best.items()))


def held_by(phrases: Iterable[str], body: str) -> Held:
    """What an item with these folded words is found by."""
    best: dict[str, float] = {}
    by_phrase = []
    for text in phrases:
        written, spoken = _grams_of(text)
        by_phrase.append((text, dict.fromkeys((*written, *spoken))))
        _raise(best, written, NAMED)
        _raise(best, spoken, HEARD_NAMED)
    written, spoken = _grams_of(body)
    _raise(best, written, IN_BODY)
    _raise(best, spoken, HEARD_IN_BODY)
    return Held(best, tuple(by_phrase))


def _grams_of(text: str) -> tuple[set[str], set[str]]:
    symbols = split(text)
    # A gram is one string wherever it stands.
    return {intern(g) for g, _ in grams(symbols)}, {intern(g) for g, _ in heard(symbols)}


def _raise(best: dict[str, float], found: Iterable[str], quality: float) -> None:
    for gram in found:
        if best.get(gram, 0.0) < quality:
            best[gram] = quality
