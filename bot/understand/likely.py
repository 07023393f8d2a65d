"""Which few of many editions a question is held against: those that hold most of its words."""

from collections.abc import Mapping
from heapq import nlargest

from bot.understand.index import Index
from bot.understand.question import Question

FEW = 6  # editions that one question is held against as they are
NARROWED = 3  # what more of them are narrowed down to, by the words that they hold


def likely(
    index: Index, question: Question, editions: Mapping[str, int], loaded: int
) -> tuple[str, ...]:
    """The few editions that hold most of what the question says; the newer where they tie.

    Words that most of the editions that are `loaded` hold tell none from another and are passed
    over. Of few editions all are given.

    Args:
        editions: their keys, with their years.
    """
    if len(editions) <= FEW:
        return tuple(editions)
    wanted, held = frozenset(editions), dict.fromkeys(editions, 0.0)
    for gram, places in question.grams:
        holders = index.holders_of(gram)
        if not holders or len(holders) * 2 > loaded:
            continue
        weight = max([question.weights[p] for p in places])
        for key in wanted & holders:
            held[key] += weight
    return tuple(nlargest(NARROWED, editions, key=lambda key: (held[key], editions[key])))
