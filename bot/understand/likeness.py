"""How like a question is to the single phrases of an item."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.understand.index import HEARD_NAMED, Index, Item
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR, phrase

COMPARED = 4  # phrases of an item that are compared exactly


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready to be compared with many phrases."""

    question: Question
    places: Mapping[str, tuple[int, ...]]  # gram, written or heard → where it stands
    total: float

    @classmethod
    def of(cls, question: Question) -> "Sought":
        """The question with its grams looked up by name."""
        places: dict[str, tuple[int, ...]] = {}
        for gram, at in (*question.grams, *question.sounds):
            places[gram] = places.get(gram, ()) + at
        return cls(question, places, sum(question.weights) or 1.0)


@dataclass(frozen=True, slots=True)
class Phrased:
    """A phrase of an item made ready to be compared with many questions."""

    weights: tuple[float, ...]
    grams: tuple[tuple[str, tuple[int, ...], str], ...]  # written, its places, as heard
    keys: frozenset[str]  # every gram, written and heard
    total: float


def best_likeness(index: Index, sought: Sought, item: Item) -> float:
    """0 to 1: how well the item's best phrase fits the question, both ways."""
    return max((_likeness(sought, p) for p in _likeliest(index, sought, item)), default=0.0)


def _likeliest(index: Index, sought: Sought, item: Item) -> list[Phrased]:
    """The few phrases of an item that share most grams with the question, for their length."""
    asked = sought.places.keys()
    shared = []
    for order, phrased in enumerate(_phrases(index, item.number)):
        if both := len(phrased.keys & asked):
            shared.append((-both / (len(phrased.keys) + len(asked)), order, phrased))
    shared.sort()
    return [phrased for _, _, phrased in shared[:COMPARED]]


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


@lru_cache(maxsize=5_000)
def _phrases(index: Index, number: int) -> tuple[Phrased, ...]:
    return tuple(_phrased(index, text) for text in index.items[number].phrases)


def _phrased(index: Index, text: str) -> Phrased:
    symbols, pairs, sounds = phrase(text)
    best: dict[int, float] = {}
    for gram, places in pairs:
        weight = index.weights.get(gram, 0.3)
        for place in places:
            best[place] = min(best.get(place, weight), weight)
    weights = tuple(
        best.get(i, 0.3) * (0.12 if s in GRAMMAR else 1.0) for i, s in enumerate(symbols.items)
    )
    by_place = {places: gram for gram, places in sounds}
    grams = tuple((gram, places, by_place.get(places, "")) for gram, places in pairs)
    keys = frozenset(g for g, _ in pairs) | frozenset(g for g, _ in sounds)
    return Phrased(weights, grams, keys, sum(weights) or 1.0)
