"""When a baseline had better say that it does not know: a threshold, chosen and measured apart."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.grades import Grade, worst

STEPS = 200  # thresholds that are tried


@dataclass(frozen=True, slots=True)
class Tried:
    """One turn put to a baseline: its score, and whether its text would be right."""

    score: float
    fits: bool
    is_gap: bool  # no plan says it: right is to say so

    def grade(self, threshold: float) -> Grade:
        """What it comes to with this threshold."""
        if self.score < threshold:
            return Grade.RIGHT if self.is_gap else Grade.UNKNOWN
        return Grade.RIGHT if self.fits and not self.is_gap else Grade.WRONG


Talk = tuple[Tried, ...]
Counts = Counter[tuple[bool, Grade]]  # of several turns?, grade


def counts_at(threshold: float, talks: Sequence[Talk]) -> Counts:
    """How the conversations come out with this threshold."""
    return Counter(
        (len(talk) > 1, worst([turn.grade(threshold) for turn in talk])) for talk in talks
    )


def best_threshold(talks: Sequence[Talk]) -> float:
    """The threshold at which right minus wrong is largest."""
    scores = sorted({turn.score for talk in talks for turn in talk})
    steps = scores[:: max(1, len(scores) // STEPS)]
    return max(steps, key=lambda step: _gain(counts_at(step, talks)))


def _gain(counts: Counts) -> int:
    right = sum(n for (_, grade), n in counts.items() if grade is Grade.RIGHT)
    wrong = sum(n for (_, grade), n in counts.items() if grade is Grade.WRONG)
    return right - wrong


def measured(talks: Mapping[str, Talk]) -> Counts:
    """How all cases come out, each half with the threshold that the other half chose."""
    halves: tuple[list[Talk], list[Talk]] = ([], [])
    for case_id, talk in talks.items():
        halves[_half(case_id)].append(talk)
    first, second = halves
    return counts_at(best_threshold(first), second) + counts_at(best_threshold(second), first)


def _half(case_id: str) -> int:
    """0 or 1, the same on every machine."""
    return hashlib.sha256(case_id.encode()).digest()[0] % 2
