"""Which candidate answers: the best one if it is good enough and clearly ahead, else none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.index import Index, is_gap
from bot.understand.question import Question
from bot.understand.rivals import could_mean
from bot.understand.score import Candidate

GOOD = 0.45  # a plan was named or inherited
GOOD_UNNAMED = 0.48
COVERED = 0.42  # share of the question that the answer must speak of
RIVAL = 0.8  # of the best score: plans whose best reaches it may have been meant
NEAREST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do: answer with `best`, ask which of `plans`, or neither.

    `near` is what came close, the best first.
    """

    best: Candidate | None = None
    plans: tuple[str, ...] = ()
    near: tuple[Candidate, ...] = ()


def decide(
    candidates: Sequence[Candidate], question: Question, index: Index, is_settled: bool
) -> Choice:
    """The choice among candidates that are sorted best first.

    `is_settled` says that one plan is meant; else the best of each plan are rivals, where the
    question has no words that only one of the plans uses.
    """
    near = tuple(candidates[:NEAREST_SHOWN])
    if not candidates:
        return Choice()
    best = candidates[0]
    good = GOOD if is_settled else GOOD_UNNAMED
    if best.score < good or best.cover < COVERED:
        return Choice(near=near)
    if is_settled or is_gap(best.item):
        return Choice(best, near=near)
    tops: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate is best or not is_gap(candidate.item):
            tops.setdefault(candidate.item.edition.plan, candidate)
    floor = max(GOOD_UNNAMED, RIVAL * best.score)
    home = best.item.edition.key
    rivals = [
        plan
        for plan, c in tops.items()
        if c is best
        or (
            c.score >= floor
            and c.cover >= COVERED
            and could_mean(index, question, home, c.item.edition.key)
        )
    ]
    if len(rivals) > 1:
        return Choice(plans=tuple(rivals), near=near)
    return Choice(best, near=near)
