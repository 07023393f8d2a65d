"""How well each entry fits a question.

A question's symbols have weights; an entry covers a symbol where a pair of neighbours with it
stands in the entry, as written or as it sounds, in its names or in its body. The score is the
share of the weight that is covered, mixed with how well the best single phrase fits both ways,
and moved a little by whether the entry can tell what is asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from bot.model.entries import PlanDate
from bot.understand.days import Mention
from bot.understand.facets import Heard
from bot.understand.fit import fit_of
from bot.understand.index import Index, Item
from bot.understand.likeness import LIGHT, Sought, best_likeness
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR

COVER, PHRASE = 0.62, 0.38
CELL_PHRASE = 0.7
LOOKED_AT = 10  # items of an edition whose phrases are compared one by one
MOST = 16  # of all editions
WORD_FROM = 0.06  # of a new word's weight: lighter ones are grammar and names
MOST_FIT = 0.3  # more than this no fit adds
NEAR_BEST = 0.75  # of the best score: what cannot reach it is not looked at


STRETCH = 2  # symbols: one alone may be chance
Covered = tuple[float, Item, dict[int, float]]  # share, item, how well each place is spoken of


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and how well it fits."""

    item: Item
    score: float
    cover: float  # 0 to 1: share of the question that the item speaks of
    left: float = 0.0  # 0 to 1: share of the longest stretch that it does not speak of


def symbol_weights(index: Index, question: Question, damped: Mapping[int, float]) -> list[float]:
    """How much each symbol of the question counts; `damped` lowers some places."""
    best: dict[int, float] = {}
    for gram, places in (*question.grams, *question.sounds):
        weight = index.weights.get(gram)
        if weight is None:
            continue
        for place in places:
            best[place] = min(best.get(place, weight), weight)
    weights = []
    for place, item in enumerate(question.symbols.items):
        if item in GRAMMAR:
            weight = 0.12 * best.get(place, 0.0)
        elif len(item) == 1 and item.isdigit():
            weight = best.get(place, 0.5 * index.novel)
        else:
            weight = best.get(place, index.novel)
        weights.append(weight * damped.get(place, 1.0))
    return weights


def rank(
    index: Index, question: Question, editions: Iterable[str], heard: Mapping[str, Heard]
) -> list[Candidate]:
    """Items of these editions that speak of the question, best first, ties by their order.

    Items that cannot come near the best any more are left out.
    """
    rows: list[Covered] = []
    editions = tuple(editions)
    for key in editions:
        rows += _covers(index, question, key, heard.get(key, Heard()))
    rows.sort(key=lambda r: (-r[0], r[1].number))
    sought = Sought.of(index, question, editions)
    found: list[Candidate] = []
    best = 0.0
    asking = _asking_places(question)
    for cover, item, row in rows:
        if COVER * cover + PHRASE + MOST_FIT < NEAR_BEST * best or len(found) == MOST:
            break
        candidate = _candidate(index, sought, item, cover, heard.get(item.edition.key, Heard()))
        candidate = replace(candidate, left=_left(question, row, asking))
        best = max(best, candidate.score)
        found.append(candidate)
    return sorted(found, key=by_score)


def own_share(index: Index, question: Question, item: Item, other: Item) -> float:
    """0 to 1: the share of the question that `item` speaks of and `other` does not."""
    mine = _places(index, question, item) - _places(index, question, other)
    return sum(question.weights[p] for p in mine) / (sum(question.weights) or 1.0)


def _places(index: Index, question: Question, item: Item) -> set[int]:
    grams = index.of(item.edition.key)
    both = (*question.grams, *question.sounds)
    return {p for g, at in both if item.number in grams.get(g, {}) for p in at}


def is_written(index: Index, question: Question, item: Item) -> bool:
    """Whether some word of the question stands in the item as it is written, not only by sound."""
    grams = index.of(item.edition.key)
    floor = WORD_FROM * index.novel
    return any(
        item.number in grams.get(gram, {}) and any(question.weights[p] >= floor for p in places)
        for gram, places in question.grams
    )


def by_score(candidate: Candidate) -> tuple[float, int]:
    """Sorts candidates best first, ties by their order in the files."""
    return -candidate.score, candidate.item.number


def _asking_places(question: Question) -> set[int]:
    """Places of names, days and question words: no item need speak of them."""
    places = {p for n in question.named for p in range(n.first, n.last + 1)}
    spans = [*question.asked.spans, *((d.start, d.end) for d in question.days)]
    places |= {i for s, e in spans for i, x in enumerate(question.symbols.starts) if s <= x < e}
    return places


def _left(question: Question, row: Mapping[int, float], asking: Collection[int]) -> float:
    """The share of the longest stretch of two symbols or more that the item does not speak of."""
    most = run = 0.0
    length = 0
    for place, item in enumerate(question.symbols.items):
        if place in row or place in asking or item in GRAMMAR:
            run, length = 0.0, 0
            continue
        run, length = run + question.weights[place], length + 1
        most = max(most, run if length >= STRETCH else 0.0)
    return most / (sum(question.weights) or 1.0)


def _covers(index: Index, question: Question, key: str, heard: Heard) -> list[Covered]:
    """Items of one edition with the share of the question's weight that each covers."""
    total = sum(question.weights) or 1.0
    spans = _facet_places(question, heard)
    days = _day_places(question)
    rows, shares = _covered(index, question, key)
    found: list[Covered] = []
    for number, row in rows.items():
        item = index.items[number]
        for place in _mentioned(item, spans, days):
            shares[number] += question.weights[place] * (1.0 - row.get(place, 0.0))
            row[place] = 1.0
        found.append((shares[number] / total, item, row))
    return nsmallest(LOOKED_AT, found, key=lambda r: (-r[0], r[1].number))


def _covered(
    index: Index, question: Question, key: str
) -> tuple[dict[int, dict[int, float]], dict[int, float]]:
    """For each item how well it speaks of each place, and the weight of all of it together."""
    weights = question.weights
    rows: dict[int, dict[int, float]] = {}
    shares: dict[int, float] = {}
    postings = index.of(key)
    floor = LIGHT * index.novel
    for gram, at in (*question.grams, *question.sounds):
        if max(weights[p] for p in at) < floor:
            continue
        for number, quality in postings.get(gram, {}).items():
            row = rows.get(number)
            if row is None:
                row = rows[number] = {}
                shares[number] = 0.0
            for place in at:
                before = row.get(place, 0.0)
                if quality > before:
                    row[place] = quality
                    shares[number] += weights[place] * (quality - before)
    return rows, shares


def _facet_places(question: Question, heard: Heard) -> dict[str, set[int]]:
    places: dict[str, set[int]] = {}
    for facet, start, end in heard.spans:
        at = {i for i, s in enumerate(question.symbols.starts) if start <= s < end}
        places.setdefault(facet, set()).update(at)
    return places


def _day_places(question: Question) -> list[tuple[Mention, set[int]]]:
    """Places of the days that a question mentions; none where it asks whether it is too late."""
    if "open" in question.asked.wants:
        return []
    starts = question.symbols.starts
    return [(d, {i for i, s in enumerate(starts) if d.start <= s < d.end}) for d in question.days]


def _mentioned(
    item: Item,
    facets: Mapping[str, set[int]],
    days: Sequence[tuple[Mention, set[int]]],
) -> set[int]:
    """Places that the item covers by its facets and by the days that it falls on."""
    places = (
        {p for facet in item.facets & facets.keys() for p in facets[facet]} if facets else set()
    )
    if days and isinstance(item.entry, PlanDate):
        for mention, at in days:
            if any(case.at.covers(mention.first, mention.last) for case in item.entry.when):
                places |= at
    return places


def _candidate(index: Index, sought: Sought, item: Item, cover: float, heard: Heard) -> Candidate:
    best = best_likeness(index, sought, item)
    mixed = COVER * cover + PHRASE * best
    if item.role and item.permission:  # both must be said, not one of them very well
        mixed = (1 - CELL_PHRASE) * cover + CELL_PHRASE * best
    return Candidate(item, mixed + fit_of(sought.question, item, heard), cover)


def words_of(index: Index, question: Question, item: Item) -> tuple[str, ...]:
    """The words of the question that stand in the item, for telling why it was chosen."""
    grams = index.of(item.edition.key)
    return tuple(sorted({g for g, _ in question.grams if item.number in grams.get(g, {})}))
