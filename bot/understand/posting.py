"""Items put under the words that they are found by, as written and as they sound."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.understand.symbols import grams, heard, split

NAMED, HEARD_NAMED, IN_BODY, HEARD_IN_BODY = 1.0, 0.85, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """The grams of one item, and those of each of its phrases."""

    best: Mapping[str, float]  # gram → how well: named so, or in the body
    by_phrase: tuple[tuple[str, Mapping[str, None]], ...]  # a phrase, its grams in order


class Posted:
    """Items and their phrases under each of their grams, put there one by one."""

    def __init__(self) -> None:
        self.postings: dict[str, dict[str, dict[int, float]]] = {}
        self.phrase_postings: dict[str, dict[str, array[int]]] = {}
        self.phrases: list[str] = []
        self.phrase_sizes: list[int] = []
        self.first_phrase: list[int] = []
        # Editions of one plan say most things in the same words: each is taken apart once.
        self._taken_apart: dict[tuple[tuple[str, ...], str], _TakenApart] = {}

    def put(self, number: int, key: str, phrases: tuple[str, ...], body: str) -> None:
        """The next item of the edition of this key, in the order of their numbers."""
        said = (phrases, body)
        apart = self._taken_apart.get(said)
        if apart is None:
            apart = self._taken_apart[said] = _TakenApart.of(held_by(phrases, body))
        apart.times += 1
        first = len(self.phrases)
        self.first_phrase.append(first)
        self.phrases += apart.phrases
        self.phrase_sizes += apart.sizes
        by_phrase = self.phrase_postings.setdefault(key, {})
        for gram, places in apart.in_phrases:
            numbers = [first + place for place in places]
            if gram in by_phrase:
                by_phrase[gram].extend(numbers)
            else:
                by_phrase[gram] = array("I", numbers)
        postings = self.postings.setdefault(key, {})
        for gram, quality in apart.best:
            if gram in postings:
                postings[gram][number] = quality
            else:
                postings[gram] = {number: quality}

    def counts(self) -> Mapping[str, int]:
        """In how many items each gram stands."""
        counts: dict[str, int] = {}
        for apart in self._taken_apart.values():
            for gram, _ in apart.best:
                counts[gram] = counts.get(gram, 0) + apart.times
        return counts


@dataclass(slots=True)
class _TakenApart:
    """What is put into an index for an item with these words, wherever it stands."""

    phrases: list[str]
    sizes: list[int]
    in_phrases: list[tuple[str, list[int]]]  # gram → phrases, counted within the item
    best: list[tuple[str, float]]
    times: int = 0  # how often it was put

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
    return {g for g, _ in grams(symbols)}, {g for g, _ in heard(symbols)}


def _raise(best: dict[str, float], found: Iterable[str], quality: float) -> None:
    for gram in found:
        if best.get(gram, 0.0) < quality:
            best[gram] = quality
