"""Which candidate answers: the best one if it is good enough and clearly ahead, else none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.score import Candidate

GOOD = 0.50  # a plan was named or inherited
GOOD_UNNAMED = 0.54
COVERED = 0.42  # share of the question that the answer must speak of
NEAR = 0.13  # plans whose best is this near the best of all are asked about
NEAREST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do: answer with `best`, ask which of `plans`, or neither; `near` is what came close."""

    best: Candidate | None = None
    plans: tuple[str, ...] = ()
    near: tuple[Candidate, ...] = ()


def decide(candidates: Sequence[Candidate], is_settled: bool) -> Choice:
    """The choice among candidates that are sorted best first.

    `is_settled` says that one plan is meant; else the best of each plan are rivals.
    """
    near = tuple(candidates[:NEAREST_SHOWN])
    if not candidates:
        return Choice()
    best = candidates[0]
    good = GOOD if is_settled else GOOD_UNNAMED
    if best.score < good or best.cover < COVERED:
        return Choice(near=near)
    if is_settled:
        return Choice(best, near=near)
    tops: dict[str, Candidate] = {}
    for candidate in candidates:
        tops.setdefault(candidate.item.edition.plan, candidate)
    rivals = [p for p, c in tops.items() if c.score >= best.score - NEAR and c.cover >= COVERED]
    if len(rivals) > 1:
        return Choice(plans=tuple(rivals), near=near)
    return Choice(best, near=near)
