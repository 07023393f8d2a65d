"""Whether a question turns on words that a plan does not use at all."""

from bot.understand.index import Index
from bot.understand.question import Question

RUN = 2  # symbols: one alone may be chance
SHARE = 0.3  # of the question


def turns_on_strange_words(index: Index, question: Question, edition: str) -> bool:
    """Whether a run of words that the edition nowhere has is a good part of the question.

    開鏡頭 in a question about a course whose plan never speaks of cameras: what comes nearest may
    be shown, but is not the answer.
    """
    grams = index.of(edition)
    known = {p for g, places in question.grams if g in grams for p in places}
    known |= {p for g, places in question.sounds if g in grams for p in places}
    floor, total = 0.5 * index.novel, sum(question.weights) or 1.0
    run, weight, most = 0, 0.0, 0.0
    for place, own in enumerate(question.weights):
        if place in known or own < floor:
            run, weight = 0, 0.0
            continue
        run, weight = run + 1, weight + own
        most = max(most, weight if run >= RUN else 0.0)
    return most >= SHARE * total
