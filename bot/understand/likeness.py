"""How like a question is to the single phrases of an item.

The phrases that share most grams with the question are found by counting; only those few are
compared by weight.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.understand.coverage import Telling
from bot.understand.index import Index, Item
from bot.understand.posting import HEARD_NAMED
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR, phrase

COMPARED = 4  # phrases of an item that are compared exactly


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready to be compared with many phrases."""

    question: Question
    places: Mapping[str, tuple[int, ...]]  # gram, written or heard → where it stands
    total: float
    shared: Mapping[int, int]  # phrase → how many grams it shares with the question

    @classmethod
    def of(cls, index: Index, telling: Telling, editions: Iterable[str]) -> "Sought":
        """The question with its grams looked up by name, and the phrases that share them."""
        question = telling.question
        places: dict[str, tuple[int, ...]] = {}
        for gram, at in (*question.grams, *question.sounds):
            places[gram] = places[gram] + at if gram in places else at
        names = dict.fromkeys((*(r[0] for r in telling.written), *(r[0] for r in telling.spoken)))
        holding: list[Iterable[int]] = []
        for key in editions:
            postings = index.phrase_postings.get(key, {})
            holding += [postings[gram] for gram in names if gram in postings]
        shared = Counter(chain.from_iterable(holding))
        return cls(question, places, telling.total, shared)


@dataclass(frozen=True, slots=True)
class Phrased:
    """A phrase of an item made ready to be compared with many questions."""

    weights: tuple[float, ...]
    grams: tuple[tuple[str, tuple[int, ...], str], ...]  # written, its places, as heard
    total: float


def best_likeness(index: Index, sought: Sought, item: Item) -> float:
    """0 to 1: how well the item's best phrase fits the question, both ways."""
    asked, shared, sizes = len(sought.places), sought.shared, index.phrase_sizes
    first, end = index.first_phrase[item.number : item.number + 2]
    found = [(shared[i] / (sizes[i] + asked), -i) for i in range(first, end) if i in shared]
    if len(found) > COMPARED:
        found.sort(reverse=True)
        del found[COMPARED:]
    return max(
        [_likeness(sought, _phrased(index.root, index.phrases[-p])) for _, p in found], default=0.0
    )


def _likeness(sought: Sought, phrased: Phrased) -> float:
    """0 to 1: the harmonic mean of how much of the question and of the phrase is shared."""
    where = sought.places.get
    hit: dict[int, float] = {}
    got: dict[int, float] = {}
    for gram, places, spoken in phrased.grams:
        at = where(gram)
        if at:
            for place in places:
                hit[place] = 1.0
            for place in at:
                got[place] = 1.0
            continue
        at = where(spoken)
        if at:  # less than as it is written, where that was found too
            for place in places:
                hit.setdefault(place, HEARD_NAMED)
            for place in at:
                got.setdefault(place, HEARD_NAMED)
    own, mine = phrased.weights, sought.question.weights
    precision = sum([own[p] * q for p, q in hit.items()]) / phrased.total
    recall = sum([mine[p] * q for p, q in got.items()]) / sought.total
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


@lru_cache(maxsize=2_048)  # a kilobyte each, in every process
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
