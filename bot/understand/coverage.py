"""How much of a question each item of an edition speaks of, place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.entries import PlanDate
from bot.understand.days import Mention
from bot.understand.facets import Heard
from bot.understand.index import Index, Item
from bot.understand.question import Question

LIGHT = 0.05  # of a new word's weight: grammar and names tell no phrase from another
LOOKED_AT = 10  # items of an edition whose phrases are compared one by one
Row = dict[int, float]  # place of the question → how well it is spoken of
Covered = tuple[float, Item, Row]  # share, item, how well each place is spoken of
Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What of a question tells one entry from another, made ready once for all editions."""

    question: Question
    total: float
    written: Sequence[tuple[str, Places]]
    spoken: Sequence[tuple[str, Places, str]]  # as heard, its places, as written

    @classmethod
    def of(cls, index: Index, question: Question) -> "Telling":
        """The grams that are not too light."""
        weights, floor = question.weights, LIGHT * index.novel
        heavy = {p for p, weight in enumerate(weights) if weight >= floor}
        written = [row for row in question.grams if not heavy.isdisjoint(row[1])]
        pairs = {at: gram for gram, at in written if len(at) > 1}
        spoken = [(g, at, pairs[at]) for g, at in question.sounds if not heavy.isdisjoint(at)]
        return cls(question, sum(weights) or 1.0, written, spoken)


def covers(index: Index, telling: Telling, key: str, heard: Heard) -> list[Covered]:
    """Items of one edition with the share of the question's weight that each covers, best first."""
    question = telling.question
    rows, shares = _covered(index, telling, key)
    spans = _facet_places(question, heard)
    days = _day_places(question)
    if spans or days:
        _add_mentioned(index, question, (rows, shares), spans, days)
    total = telling.total
    best = sorted([(-(share / total), number) for number, share in shares.items()])
    return [(-share, index.items[number], rows[number]) for share, number in best[:LOOKED_AT]]


def _covered(index: Index, telling: Telling, key: str) -> tuple[dict[int, Row], dict[int, float]]:
    """For each item how well it speaks of each place, and the weight of all of it together."""
    weights, postings = telling.question.weights, index.of(key)
    rows: dict[int, Row] = {}
    shares: dict[int, float] = {}
    for gram, at in telling.written:
        held = postings.get(gram)
        if held:
            _put(held, at, weights, rows, shares)
    for gram, at, written in telling.spoken:
        held = index.only_heard(key, gram, written) if gram in postings else None
        if held:
            _put(held, at, weights, rows, shares)
    return rows, shares


def _put(
    held: Mapping[int, float],
    at: Places,
    weights: Sequence[float],
    rows: dict[int, Row],
    shares: dict[int, float],
) -> None:
    """Notes that these items hold a gram. It is the innermost loop of all: every item of a word."""
    first, last = at[0], at[-1]
    alone, weight, other = first == last, weights[first], weights[last]
    for number, quality in held.items():
        row = rows.get(number)
        if row is None:
            rows[number] = {first: quality, last: quality}
            shares[number] = weight * quality + (0.0 if alone else other * quality)
            continue
        before = row.get(first, 0.0)
        if quality > before:
            row[first] = quality
            shares[number] += weight * (quality - before)
        if alone:
            continue
        before = row.get(last, 0.0)
        if quality > before:
            row[last] = quality
            shares[number] += other * (quality - before)


def _add_mentioned(
    index: Index,
    question: Question,
    covered: tuple[dict[int, Row], dict[int, float]],
    spans: Mapping[str, set[int]],
    days: Sequence[tuple[Mention, set[int]]],
) -> None:
    """Adds the places that items cover by their facets and by the days that they fall on."""
    rows, shares = covered
    for number, row in rows.items():
        for place in _mentioned(index.items[number], spans, days):
            shares[number] += question.weights[place] * (1.0 - row.get(place, 0.0))
            row[place] = 1.0


def _facet_places(question: Question, heard: Heard) -> dict[str, set[int]]:
    places: dict[str, set[int]] = {}
    for facet, start, end in heard.spans:
        at = {i for i, s in enumerate(question.symbols.starts) if start <= s < end}
        places.setdefault(facet, set()).update(at)
    return places


def _day_places(question: Question) -> list[tuple[Mention, set[int]]]:
    """Places of the days that a question mentions; none where it asks whether it is too late."""
    if not question.days or "open" in question.asked.wants:
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
        {p for facet in item.facets & facets.keys() for p in facets[facet]}
        if facets and item.facets
        else set()
    )
    if days and isinstance(item.entry, PlanDate):
        for mention, at in days:
            if any(case.at.covers(mention.first, mention.last) for case in item.entry.when):
                places |= at
    return places
