"""How like a question is to the single phrases of an item.

The phrases that share most grams with the question are found by counting; only those few are
compared by weight.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from bot.understand.index import HEARD_NAMED, Index, Item
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR, phrase

LIGHT = 0.05  # of a new word's weight: grammar and names tell no phrase from another
COMPARED = 4  # phrases of an item that are compared exactly


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready to be compared with many phrases."""

    question: Question
    places: Mapping[str, tuple[int, ...]]  # gram, written or heard → where it stands
    total: float
    shared: Mapping[int, int]  # phrase → how many grams it shares with the question

    @classmethod
    def of(cls, index: Index, question: Question, editions: Iterable[str]) -> "Sought":
        """The question with its grams looked up by name, and the phrases that share them."""
        places: dict[str, tuple[int, ...]] = {}
        for gram, at in (*question.grams, *question.sounds):
            places[gram] = places.get(gram, ()) + at
        shared: Counter[int] = Counter()
        floor = LIGHT * index.novel
        telling = [g for g, at in places.items() if max(question.weights[p] for p in at) >= floor]
        for key in editions:
            postings = index.phrase_postings.get(key, {})
            for gram in telling:
                if gram in postings:
                    shared.update(postings[gram])
        return cls(question, places, sum(question.weights) or 1.0, shared)


@dataclass(frozen=True, slots=True)
class Phrased:
    """A phrase of an item made ready to be compared with many questions."""

    weights: tuple[float, ...]
    grams: tuple[tuple[str, tuple[int, ...], str], ...]  # written, its places, as heard
    total: float


def best_likeness(index: Index, sought: Sought, item: Item) -> float:
    """0 to 1: how well the item's best phrase fits the question, both ways."""
    asked = len(sought.places)
    first, end = index.first_phrase[item.number : item.number + 2]
    found = [
        (sought.shared[phrase_id] / (index.phrase_sizes[phrase_id] + asked), -phrase_id)
        for phrase_id in range(first, end)
        if phrase_id in sought.shared
    ]
    nearest = nlargest(COMPARED, found)
    phrased = (_phrased(index.root, index.phrases[-p]) for _, p in nearest)
    return max((_likeness(sought, p) for p in phrased), default=0.0)


def _likeness(sought: Sought, phrased: Phrased) -> float:
    """0 to 1: the harmonic mean of how much of the question and of the phrase is shared."""
    hit: dict[int, float] = {}
    got: dict[int, float] = {}
    for gram, places, spoken in phrased.grams:
        quality, at = 1.0, sought.places.get(gram)
        if at is None:
            quality, at = HEARD_NAMED, sought.places.get(spoken, ())
        for row, seen in ((hit, places), (got, at)) if at else ():
            for place in seen:
                row[place] = max(quality, row.get(place, 0.0))
    mine = sought.question.weights
    precision = sum(phrased.weights[p] * q for p, q in hit.items()) / phrased.total
    recall = sum(mine[p] * q for p, q in got.items()) / sought.total
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


@lru_cache(maxsize=20_000)
def _phrased(root: Index, text: str) -> Phrased:
    # By the root, whose weights all derived from it share: they come and go, it stays.
    symbols, pairs, sounds = phrase(text)
    best: dict[int, float] = {}
    for gram, places in pairs:
        weight = root.weights.get(gram, root.novel)
        for place in places:
            best[place] = min(best.get(place, weight), weight)
    weights = tuple(
        best.get(i, 0.3) * (0.12 if s in GRAMMAR else 1.0) for i, s in enumerate(symbols.items)
    )
    by_place = {places: gram for gram, places in sounds}
    grams = tuple((gram, places, by_place.get(places, "")) for gram, places in pairs)
    return Phrased(weights, grams, sum(weights) or 1.0)
