"""How well each entry fits a question.

A question's symbols have weights; an entry covers a symbol where a pair of neighbours with it
stands in the entry, as written or as it sounds, in its names or in its body. The score is the
share of the weight that is covered, mixed with how well the best single phrase fits both ways,
and moved a little by whether the entry can tell what is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from bot.understand.coverage import Covered, Telling, covers
from bot.understand.facets import Heard
from bot.understand.fit import fit_of
from bot.understand.index import Index, Item
from bot.understand.likeness import Sought, best_likeness
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR

COVER, PHRASE = 0.62, 0.38
CELL_PHRASE = 0.7
MOST = 16  # of all editions
WORD_FROM = 0.06  # of a new word's weight: lighter ones are grammar and names
MOST_FIT = 0.3  # more than this no fit adds
NEAR_BEST = 0.75  # of the best score: what cannot reach it is not looked at


STRETCH = 2  # symbols: one alone may be chance
_NOTHING = Heard()
_EMPTY: Mapping[int, float] = {}
_BREAK = (-1, 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and how well it fits."""

    item: Item
    score: float
    cover: float  # 0 to 1: share of the question that the item speaks of
    left: float = 0.0  # 0 to 1: share of the longest stretch that it does not speak of


def symbol_weights(
    index: Index, question: Question, damped: Mapping[int, float]
) -> tuple[float, ...]:
    """How much each symbol of the question counts; `damped` lowers some places."""
    best: dict[int, float] = {}
    weight_of = index.weights.get
    for gram, places in (*question.grams, *question.sounds):
        weight = weight_of(gram)
        if weight is None:
            continue
        for place in places:
            if weight < best.get(place, inf):
                best[place] = weight
    weights = []
    for place, item in enumerate(question.symbols.items):
        if item in GRAMMAR:
            weight = 0.12 * best.get(place, 0.0)
        elif len(item) == 1 and item.isdigit():
            weight = best.get(place, 0.5 * index.novel)
        else:
            weight = best.get(place, index.novel)
        weights.append(weight * damped.get(place, 1.0))
    return tuple(weights)


def rank(
    index: Index, question: Question, editions: Iterable[str], heard: Mapping[str, Heard]
) -> list[Candidate]:
    """Items of these editions that speak of the question, best first, ties by their order.

    Items that cannot come near the best any more are left out.
    """
    rows: list[Covered] = []
    editions = tuple(editions)
    telling = Telling.of(index, question)
    for key in editions:
        rows += covers(index, telling, key, heard.get(key, _NOTHING))
    if len(editions) > 1:
        rows.sort(key=lambda r: (-r[0], r[1].number))
    sought = Sought.of(index, telling, editions)
    found: list[Candidate] = []
    best = 0.0
    own = _own_places(question)
    for cover, item, row in rows:
        if COVER * cover + PHRASE + MOST_FIT < NEAR_BEST * best or len(found) == MOST:
            break
        known = heard.get(item.edition.key, _NOTHING)
        score = _score(index, sought, item, cover, known)
        found.append(Candidate(item, score, cover, _left(own, row, telling.total)))
        best = max(best, score)
    return sorted(found, key=by_score)


def own_share(index: Index, question: Question, item: Item, other: Item) -> float:
    """0 to 1: the share of the question that `item` speaks of and `other` does not."""
    mine = _places(index, question, item) - _places(index, question, other)
    return sum(question.weights[p] for p in mine) / (sum(question.weights) or 1.0)


def _places(index: Index, question: Question, item: Item) -> set[int]:
    grams, number = index.of(item.edition.key), item.number
    both = (*question.grams, *question.sounds)
    return {p for g, at in both if number in grams.get(g, _EMPTY) for p in at}


def is_written(index: Index, question: Question, item: Item) -> bool:
    """Whether some word of the question stands in the item as it is written, not only by sound.

    So it does where the question has no words but names and grammar.
    """
    grams = index.of(item.edition.key)
    floor = WORD_FROM * index.novel
    telling = [
        g for g, places in question.grams if any(question.weights[p] >= floor for p in places)
    ]
    return not telling or any(item.number in grams.get(gram, _EMPTY) for gram in telling)


def by_score(candidate: Candidate) -> tuple[float, int]:
    """Sorts candidates best first, ties by their order in the files."""
    return -candidate.score, candidate.item.number


def _own_places(question: Question) -> list[tuple[int, float]]:
    """Places and weights of what an item should speak of; -1 where a stretch of them ends.

    Of names, days and question words, and of grammar, no item need speak.
    """
    asking = {p for n in question.named for p in range(n.first, n.last + 1)}
    spans = [*question.asked.spans, *((d.start, d.end) for d in question.days)]
    if spans:
        starts = question.symbols.starts
        asking |= {i for s, e in spans for i, x in enumerate(starts) if s <= x < e}
    return [
        _BREAK if place in asking or item in GRAMMAR else (place, question.weights[place])
        for place, item in enumerate(question.symbols.items)
    ]


def _left(own: Sequence[tuple[int, float]], row: Mapping[int, float], total: float) -> float:
    """The share of the longest stretch of two symbols or more that the item does not speak of."""
    most = run = 0.0
    length = 0
    for place, weight in own:
        if place < 0 or place in row:
            if length >= STRETCH and run > most:
                most = run
            run, length = 0.0, 0
        else:
            run += weight
            length += 1
    return max(most, run if length >= STRETCH else 0.0) / total


def _score(index: Index, sought: Sought, item: Item, cover: float, heard: Heard) -> float:
    best = best_likeness(index, sought, item)
    mixed = COVER * cover + PHRASE * best
    if item.role and item.permission:  # both must be said, not one of them very well
        mixed = (1 - CELL_PHRASE) * cover + CELL_PHRASE * best
    return mixed + fit_of(sought.question, item, heard)


def words_of(index: Index, question: Question, item: Item) -> tuple[str, ...]:
    """The words of the question that stand in the item, for telling why it was chosen."""
    grams, number = index.of(item.edition.key), item.number
    return tuple(sorted({g for g, _ in question.grams if number in grams.get(g, _EMPTY)}))
