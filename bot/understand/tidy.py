"""What is left of a message when what carries nothing is taken out.

Greetings, thanks, pleas, curses and signs around a question must not change its answer: a clause of
nothing else goes, fillers inside the others go, and so do the marks at the ends.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.model.edition import Lexicon
from bot.understand.fold import either

_CLAUSE = re.compile(r"[^,。;?!、~…\n]+|[,。;?!、~…\n]+")
_ENDS = re.compile(r"^[\s,。;:?!、~….\-_^*]+|[\s,。;:?!、~….\-_^*]+$")
_SPACED = re.compile(r"(?<=[㐀-鿿]) (?=[㐀-鿿])")
_HAN = re.compile(r"[㐀-鿿]")
SPACED_FROM = 0.6  # of the characters: so many stand apart, as some keyboards write


@dataclass(frozen=True, slots=True)
class Tidy:
    """Takes out what carries nothing, by the words of a lexicon."""

    fillers: re.Pattern[str]
    asides: re.Pattern[str]  # a whole clause, fillers taken out
    intros: re.Pattern[str]  # who somebody is, before what they ask
    thanks: re.Pattern[str]
    curses: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon, fold: Callable[[str], str]) -> "Tidy":
        """The tidying of a lexicon; its patterns are over folded text."""
        bare = (*lexicon.greetings, *lexicon.thanks)
        words = either(bare, fold).pattern
        return cls(
            fillers=re.compile(rf"(?:{either(lexicon.fillers, fold).pattern})(?![狀函卡])"),
            asides=_any((rf"(?:{words})(?:\s*(?:{words}))*", *lexicon.asides, *lexicon.curses)),
            intros=_any(lexicon.intros),
            thanks=either(lexicon.thanks, fold),
            curses=_any(lexicon.curses),
        )

    def __call__(self, folded: str) -> str:
        """The folded text without asides, fillers and marks at its ends."""
        parts = []
        for part in _CLAUSE.findall(closed_up(folded)):
            if _ENDS.fullmatch(part):
                parts.append(part)
                continue
            kept = [p for p in map(self._cleared, part.split("  ")) if p]
            parts.append(" ".join(kept))
        return _ENDS.sub("", " ".join("".join(_joined(parts)).split()))

    def _cleared(self, clause: str) -> str:
        """A clause without fillers; empty where it is an aside."""
        if self.asides.fullmatch(clause.strip()):
            return ""
        words = [w for w in clause.split(" ") if w and not self.asides.fullmatch(w)]
        left = " ".join(self.fillers.sub(" ", " ".join(words)).split())
        return "" if self.asides.fullmatch(left) else left

    def intro_spans(self, key: str) -> list[tuple[int, int]]:
        """Where the asker only says who they are, before something else."""
        return [m.span() for m in self.intros.finditer(key) if m.end() < len(key)]


def closed_up(folded: str) -> str:
    """The text with its characters joined where nearly all of them stand apart."""
    apart, han = len(_SPACED.findall(folded)), len(_HAN.findall(folded))
    return folded.replace(" ", "") if han > 3 and apart >= SPACED_FROM * han else folded


def _joined(parts: Sequence[str]) -> Iterable[str]:
    """Clauses and the marks between them; a mark with nothing before or after it goes."""
    before = ""
    for part in parts:
        if not part or (_ENDS.fullmatch(part) and (not before or _ENDS.fullmatch(before))):
            continue
        yield part
        before = part


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)")
