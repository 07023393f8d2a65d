"""Whether another plan could have been meant by a question that names none."""

from bot.understand.index import Index
from bot.understand.question import Question

TELLING_FROM = 0.35  # of a new word's weight: lighter words tell no plan from another
OWN_SHARE = 0.15  # of the question: more than this in one plan's own words decides for it


def could_mean(index: Index, question: Question, best: str, other: str) -> bool:
    """Whether edition `other` uses the words of the question that edition `best` uses.

    Words that only `best` has (前導學校, B組) say which plan is meant.
    """
    mine, mine_heard = _known(index, question, best)
    theirs, theirs_heard = _known(index, question, other)
    own_places = (mine - theirs) | (mine_heard - mine - theirs_heard)
    floor = TELLING_FROM * index.novel
    own = sum(w for p, w in enumerate(question.weights) if w >= floor and p in own_places)
    return own <= OWN_SHARE * sum(question.weights)


def _known(index: Index, question: Question, edition: str) -> tuple[set[int], set[int]]:
    """Places of the question that the edition has words for, as written and in any way."""
    grams = index.of(edition)
    written = {p for g, places in question.grams if g in grams for p in places}
    spoken = {p for g, places in question.sounds if g in grams for p in places}
    return written, written | spoken
