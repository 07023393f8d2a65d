"""How much the words of a question count: its names, question words and story count little."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.model.edition import Edition
from bot.understand.asks import CHECKS, background
from bot.understand.fold import either
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR
from bot.understand.tidy import Tidy

NAME_COUNTS, ASKING_COUNTS, PLACE_COUNTS, HOUR_COUNTS = 0.04, 0.25, 0.1, 0.2
BACKGROUND_COUNTS, INTRO_COUNTS = 0.45, 0.08
OWN_WORDS = 2  # characters or words that asking clauses must have beside how they ask
PAPER_COUNTS = 0.4  # a paper by its name, where more is said: what it is about comes after
_MORE_SAID = "(?:的|裡面?|中|上)?(?=.{4})"  # after a paper's name
_BY_NOW = re.compile(  # ask, and name nothing: 明天交來得及嗎
    r"現在|目前|(?<=[天日號在才再\d])[交送傳](?=還?(?:來得及|來不及|可以嗎|行嗎|ok))"
    "|來得及|來不及|趕得上|還有機會|還可以|還能"
)
# 除了簽到還要做什麼: what is known already is not what is sought.
_BESIDES = re.compile("除了(.{1,24}?)(?:以外|之外|外)?[,、 ]*(?:還|也|另|其他|其它|(?<=外)有)")
_TURNS = frozenset("回問換改看查講說談換那")  # before a name: which plan it is about
_HOUR = re.compile(r"(?:早上|上午|中午|下午|晚上)?\d{1,2}(?:點|時|:\d\d)(?:半|\d{1,2}分)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damping:
    """Says which words of a question count less than they weigh."""

    places: re.Pattern[str]  # counties and cities
    papers: re.Pattern[str]  # forms, with what is said after them
    tidy: Tidy
    fold: Callable[[str], str]
    years: Mapping[str, Collection[int]]  # of each plan's editions

    def __call__(self, question: Question) -> dict[int, float]:
        """By place, the share of its weight that is left; what counts fully is left out."""
        damped: dict[int, float] = {}
        for named in question.named:
            for place in range(named.first, named.last + 1):
                damped[place] = NAME_COUNTS
        first = question.named[0].first if question.named else 0
        if first == 1 and question.symbols.items[0] in _TURNS:
            damped[0] = NAME_COUNTS
        spans = [(s, e, ASKING_COUNTS) for s, e in question.asked.spans]
        spans += [(m.start(), m.end(), PLACE_COUNTS) for m in self.places.finditer(question.key)]
        own = {year for plan in question.plans for year in self.years[plan]}
        spans += [
            (y.start, y.end, NAME_COUNTS)
            for y in question.years
            if y.year in own and question.is_beside_a_name(y.start, y.end)
        ]
        spans += [(s, e, BACKGROUND_COUNTS) for s, e in _background(question)]
        spans += [(s, e, INTRO_COUNTS) for s, e in self.tidy.intro_spans(question.key)]
        spans += [(m.start(), m.end(1), NAME_COUNTS) for m in _BESIDES.finditer(question.key)]
        spans += [(m.start(), m.end(), HOUR_COUNTS) for m in _HOUR.finditer(question.key)]
        spans += [(m.start(), m.end(), PAPER_COUNTS) for m in self.papers.finditer(question.key)]
        spans += [(start, end, NAME_COUNTS) for start, end in self._days_beside(question)]
        spans += [(m.start(), m.end(), ASKING_COUNTS) for m in _BY_NOW.finditer(question.key)]
        starts = question.symbols.starts
        for first, end, factor in spans:
            for place in range(bisect_left(starts, first), bisect_left(starts, end)):
                if factor < damped.get(place, 1.0):
                    damped[place] = factor
        return damped

    def _days_beside(self, question: Question) -> list[tuple[int, int]]:
        """Days that say nothing of what is asked about."""
        if CHECKS.search(self.fold(question.text)):  # taken for granted, and maybe nobody's
            return [(d.start, d.end) for d in question.days]
        # Whether that is in time, the deadline tells.
        return [(question.deed.start, question.deed.end)] if question.deed else []


def papers_in(editions: Iterable[Edition], fold: Callable[[str], str]) -> re.Pattern[str]:
    """Finds the names of forms that more is said after."""
    papers = {form.title for e in editions for form in e.forms if len(form.title) > 3}
    return re.compile(rf"(?:{either(papers, fold).pattern}){_MORE_SAID}")


def _background(question: Question) -> list[tuple[int, int]]:
    """Clauses that only tell the story, where the others ask something of their own.

    現在還來得及嗎 by itself asks nothing: what it is about stands in the story.
    """
    told = background(question.key)
    if not told:
        return []
    inside = [*told, *question.asked.spans]
    own = sum(
        item not in GRAMMAR and not any(s <= start < e for s, e in inside)
        for item, start in zip(question.symbols.items, question.symbols.starts, strict=True)
    )
    return told if own >= OWN_WORDS else []
