"""Reads what people write against everything that was loaded. Made once; nothing in it changes."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache, partial

from bot.clock import TAIPEI, taipei_day
from bot.model.edition import Edition, Library
from bot.model.entries import Eligibility
from bot.model.unconfirmed import is_draft
from bot.understand.asks import Asks
from bot.understand.damping import Damping, papers_in
from bot.understand.days import find_days, find_years
from bot.understand.deed_day import deed_day
from bot.understand.facets import Facets, Heard
from bot.understand.fold import Folder, either
from bot.understand.index import build
from bot.understand.likely import likely
from bot.understand.mask import without_masks
from bot.understand.names import Names
from bot.understand.of_itself import of_itself
from bot.understand.question import Question
from bot.understand.said_facts import hear_facts
from bot.understand.score import Candidate, by_score, rank, symbol_weights
from bot.understand.slips import Slips
from bot.understand.small_talk import SmallTalk
from bot.understand.supplements import Added, with_supplements
from bot.understand.symbols import grams, heard, split
from bot.understand.tidy import Tidy

LONGEST = 200  # characters of a message that are read
BY_TITLE = 0.3
REMEMBERED = 1_024  # texts: on the evening before a deadline many ask in the same words
_NEVER = datetime.max.replace(tzinfo=TAIPEI)
FACT_TOLD, MOST_TOLD = 0.1, 0.3  # for each fact of an eligibility that the question tells
_ECHO = re.compile(r"([^\W\d_]{1,8}?)\1{3,}")
_QUOTED = re.compile("[「『“]([^」』”]{2,20})[」』”]")


class Reader:
    """The plans, indexed, and the words that people use."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # Of one message again and again, and the words that handlers wait for.
        self.fold = lru_cache(maxsize=REMEMBERED)(Folder(library.lexicon.same))
        self.word = lru_cache(maxsize=50_000)(Folder(library.lexicon.same))  # of the plans only
        self.index = build(library.editions, self.word)
        self._names = Names(library.editions, self.word, self.index.weights)
        self._asks = Asks(library.lexicon.asks)
        self.tidy = Tidy.of(library.lexicon, self.fold)
        self._slips = Slips.of(self.index.weights, library.lexicon, self.fold)
        self._facets = {e.key: Facets(e, self.word) for e in library.editions}
        self._hear = lru_cache(maxsize=REMEMBERED)(lambda e, key: self._facets[e].hear(key))
        self._audiences = {
            a: either(words, self.fold) for a, words in library.lexicon.audiences.items()
        }
        self._places = either(library.lexicon.places, self.fold)
        self.small_talk = SmallTalk.of(library.lexicon, self.fold)
        self._by_plan: dict[str, list[Edition]] = defaultdict(list)
        for edition in sorted(library.editions, key=lambda e: e.about.year):
            self._by_plan[edition.plan].append(edition)
        self._by_key = {e.key: e for e in library.editions}
        self._drafts = {e.key for e in library.editions if is_draft(e)}
        self._closes = sorted(
            {case.at.closes for e in library.editions for date in e.dates for case in date.when}
        )
        self._areas = {
            plan: {self.word(e.about.area) for e in editions}
            for plan, editions in self._by_plan.items()
        }
        self._damped = Damping(
            places=self._places,
            papers=papers_in(library.editions, self.fold),
            tidy=self.tidy,
            fold=self.fold,
            years={plan: {e.about.year for e in own} for plan, own in self._by_plan.items()},
        )
        self._key = lru_cache(maxsize=REMEMBERED)(self._make_key)
        self._remember()

    def _remember(self) -> None:
        """Begin to remember what was read and ranked by this reader's own index."""
        read_on = lru_cache(maxsize=REMEMBERED)(self._read)
        self._read_at = lru_cache(maxsize=REMEMBERED)(
            lambda masked, minute: replace(read_on(masked, taipei_day(minute)), at=minute)
        )
        self._edition_on = lru_cache(maxsize=8 * REMEMBERED)(self._of_day)
        self._editions_on = lru_cache(maxsize=REMEMBERED)(
            lambda plans, day, years: {
                e.key: e.about.year for e in [self._in_force(p, day, years) for p in plans]
            }
        )
        self._ranked = lru_cache(maxsize=REMEMBERED)(self._rank)
        # Of the plans named and of all plans the likely editions are often the same.
        self._ranked_in = lru_cache(maxsize=REMEMBERED)(self._rank_in)

    # -- editions -----------------------------------------------------------------------------
    @property
    def plans(self) -> Sequence[str]:
        """Ids of all plans, in the order of their files."""
        return list(self._by_plan)

    def editions(self, plan: str) -> Sequence[Edition]:
        """The loaded editions of a plan, oldest first; empty where there is no such plan."""
        return self._by_plan.get(plan, [])

    def edition_at(self, plan: str, now: datetime, years: Iterable[int] = ()) -> Edition:
        """The edition that a question about this plan means.

        One whose year was said; else the one in force at `now`; else the last that had begun;
        else the first.
        """
        editions = self._by_plan[plan]
        if len(editions) == 1:
            return editions[0]
        return self._edition_on(plan, taipei_day(now), frozenset(years))

    def _in_force(self, plan: str, day: date, years: frozenset[int]) -> Edition:
        editions = self._by_plan[plan]
        return editions[0] if len(editions) == 1 else self._edition_on(plan, day, years)

    def _of_day(self, plan: str, day: date, wanted: frozenset[int]) -> Edition:
        """Editions and years begin at midnight."""
        editions, now = self._by_plan[plan], datetime.combine(day, time(), TAIPEI)
        said = [e for e in editions if e.about.year in wanted]
        if said:
            return said[-1]
        begun = [e for e in editions if e.asked_from <= now]
        # What is still to be confirmed speaks for no earlier year than its own.
        begun = [e for e in begun if e.key not in self._drafts or e.begins <= now] or begun
        return begun[-1] if begun else editions[0]

    def edition(self, key: str) -> Edition | None:
        """The edition of this key; None where it is no longer loaded."""
        return self._by_key.get(key)

    def covers(self, plan: str, place: str) -> bool:
        """Whether the area of a plan is, or lies in, a place named in a folded text."""
        return any(place in area for area in self._areas[plan])

    def with_supplements(self, added: Iterable[Added]) -> "Reader":
        """A reader that knows these too; this one is left as it is.

        It takes as long as copying the word lists of the editions concerned: milliseconds.
        """
        more = copy(self)
        more.index = with_supplements(self.index.root, added, self.word, self._asks)
        more._remember()
        return more

    # -- questions ----------------------------------------------------------------------------
    def key(self, masked: str) -> str:
        """What a masked text asks, folded, its slips mended; empty where it asks nothing."""
        return self._key(masked)

    def _make_key(self, masked: str) -> str:
        folded = self.fold(_read_of(without_masks(masked)))
        mended = self._slips.mend(self.tidy(folded))
        return folded if mended == folded else self.fold(mended)

    def question(self, masked: str, now: datetime) -> Question:
        """What a masked text says, as far as it can be told without knowing the plan."""
        return self._read_at(masked, _minute_of(now))

    def _read(self, masked: str, day: date) -> Question:
        key = self.key(masked)
        symbols = split(key)
        days = tuple(find_days(key, day))
        asked, deed = self._asks.hear(key), deed_day(key, days)
        if deed and asked.wants & {"may", "open"}:
            asked = replace(asked, wants=asked.wants | {"open"})
        else:
            deed = None
        unweighted = Question(
            text=masked,
            at=datetime.combine(day, time(), TAIPEI),
            key=key,
            symbols=symbols,
            weights=(),
            grams=tuple(grams(symbols)),
            sounds=tuple(heard(symbols)),
            asked=asked,
            named=tuple(self._names.find(symbols)),
            places=tuple(dict.fromkeys(self._places.findall(key))),
            audiences=frozenset(a for a, p in self._audiences.items() if p.search(key)),
            years=tuple(find_years(key)),
            days=days,
            deed=deed,
        )
        damped = self._damped(unweighted)
        return replace(unweighted, weights=symbol_weights(self.index, unweighted, damped))

    def hear(self, edition: Edition, key: str) -> Heard:
        """The facets of an edition that a folded text speaks of."""
        return self._hear(edition.key, key)

    def rank(
        self,
        question: Question,
        plans: Sequence[str],
        now: datetime,
        known: Mapping[str, str] | None = None,
        known_wins: bool = False,
    ) -> list[Candidate]:
        """Items of these plans' editions that speak of the question, best first.

        `known` are facets that the conversation has settled; what the question itself says goes
        before them unless `known_wins`.
        """
        given = tuple((known or {}).items())
        # It changes only with a day, and where a date is over: so long it is remembered.
        asked = replace(question, at=self._next_close(question.at))
        return list(self._ranked(asked, tuple(plans), _midnight(now), given, known_wins))

    def _next_close(self, now: datetime) -> datetime:
        """When the next date closes, of those that are not over: until then none more is."""
        place = bisect_left(self._closes, now)
        return self._closes[place] if place < len(self._closes) else _NEVER

    def _rank(
        self,
        question: Question,
        plans: tuple[str, ...],
        now: datetime,
        given: tuple[tuple[str, str], ...],
        known_wins: bool,
    ) -> list[Candidate]:
        years = frozenset([y.year for y in question.years])
        editions = self._editions_on(plans, taipei_day(now), years)
        found = likely(self.index, question, editions, len(self._by_key))
        return self._ranked_in(question, found, given, known_wins)

    def _rank_in(
        self,
        question: Question,
        keys: tuple[str, ...],
        given: tuple[tuple[str, str], ...],
        known_wins: bool,
    ) -> list[Candidate]:
        known, editions = dict(given), [self._by_key[key] for key in keys]
        heard_by = {}
        for edition in editions:
            said = self.hear(edition, question.key)
            first, then = (said.known, known) if known_wins else (known, said.known)
            heard_by[edition.key] = Heard({**first, **then}, said.spans) if known else said
        ranked = rank(self.index, question, keys, heard_by)
        ranked = ranked or of_itself(self.index, question, keys, self.word)
        quoted = {self.fold(term) for term in _QUOTED.findall(question.text)}
        if quoted:
            ranked = [self._as_quoted(quoted, c) for c in ranked]
        return sorted(map(partial(self._with_facts, question), ranked), key=by_score)

    def _as_quoted(self, quoted: Collection[str], candidate: Candidate) -> Candidate:
        """An entry whose very title is quoted is what the question is about."""
        if self.word(candidate.item.entry.title) not in quoted:
            return candidate
        return replace(candidate, score=candidate.score + BY_TITLE)

    def _with_facts(self, question: Question, candidate: Candidate) -> Candidate:
        """An eligibility fits better where the question tells facts that it turns on."""
        entry = candidate.item.entry
        if not isinstance(entry, Eligibility) or not question.asked.wants & {"eligible", "may"}:
            return candidate
        told = len(hear_facts(entry.facts, self.fold(question.text), self.word).known)
        score = candidate.score + min(FACT_TOLD * told, MOST_TOLD)
        cover = max(candidate.cover, min(1.0, candidate.cover + 0.1 * told))
        return replace(candidate, score=score, cover=cover)


def _minute_of(now: datetime) -> datetime:
    """The minute: nothing is asked for more exactly, and many ask the same within it."""
    return now.replace(second=0, microsecond=0)


def _midnight(now: datetime) -> datetime:
    """When the day began; editions begin then too."""
    return datetime.combine(taipei_day(now), time(), TAIPEI)


def _read_of(text: str) -> str:
    """What is read of a message: of a long one its beginning and its end, where people ask.

    Of a word said four times or more in a row two are read: the others say nothing new.
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}，{text[-LONGEST // 2 :]}"
    return _ECHO.sub(r"\1\1", text)
