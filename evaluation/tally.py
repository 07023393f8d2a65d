"""Counts: how conversations came out, per kind and per plan, and the shares that matter."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.messages import Outcome
from evaluation.conversations import Said, Transcript
from evaluation.grades import Grade


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; of none it is whole."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.part / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a kind or a plan, and how its conversations came out."""

    name: str
    counts: Counter[Grade]

    @property
    def total(self) -> int:
        """All conversations of the line."""
        return self.counts.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is measured of a set of conversations."""

    right: Share  # of conversations
    wrong: Share  # conversations with a confident wrong answer
    cited: Share  # of turns that ask for a clause: one that the case accepts is shown
    clauses: Share  # of turns made from an entry: the entry's own clauses are shown
    unknown_said: Share  # recall: of turns that no plan answers, the bot says so
    unknown_true: Share  # precision: of turns on which it says so, no plan answers
    unknown_hedged: int  # of the others: shows the right clause, as the nearest
    unknown_answered: Share  # of turns that no plan answers, answered with confidence


def rows(transcripts: Iterable[Transcript], name: Callable[[Transcript], str]) -> list[Row]:
    """A line for each name, in the order of names."""
    found: dict[str, Counter[Grade]] = {}
    for transcript in transcripts:
        found.setdefault(name(transcript), Counter())[transcript.grade] += 1
    return [Row(key, found[key]) for key in sorted(found)]


def tally(transcripts: Sequence[Transcript]) -> Tally:
    """The shares of these conversations."""
    grades = Counter(t.grade for t in transcripts)
    turns = [said for t in transcripts for said in t.said]
    gaps = [said for said in turns if said.turn.unknown]
    says_so = [said for said in turns if _outcome(said) is Outcome.UNKNOWN]
    falsely = [said for said in says_so if not said.turn.unknown]
    return Tally(
        right=Share(grades[Grade.RIGHT], len(transcripts)),
        wrong=Share(grades[Grade.WRONG], len(transcripts)),
        cited=_share(said.cited for said in turns),
        clauses=_share(said.clauses for said in turns),
        unknown_said=_share(_outcome(said) is Outcome.UNKNOWN for said in gaps),
        unknown_true=Share(len(says_so) - len(falsely), len(says_so)),
        unknown_hedged=sum(said.judged.grade is Grade.RIGHT for said in falsely),
        unknown_answered=_share(said.judged.grade is Grade.WRONG for said in gaps),
    )


def _share(answers: Iterable[bool | None]) -> Share:
    known = [answer for answer in answers if answer is not None]
    return Share(sum(known), len(known))


def _outcome(said: Said) -> Outcome:
    return said.recorded.outcome if said.recorded else Outcome.SILENT
