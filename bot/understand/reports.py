"""What a sentence reports as done, in the words of one track: which requirements, how many, when.

Whether the sentence is a report at all is said by `statements`; whether what it says can be is for
the rules.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.model.goals import Part
from bot.understand.said_days import SaidDay, said_day
from bot.understand.statements import (
    clauses,
    counts,
    denies,
    opened,
    tells_done,
    without_what_tells,
)
from bot.understand.things import (
    Name,
    Spot,
    Thing,
    on_days,
    one_each,
    parted,
    things_of,
    with_marks,
)

_OF_SESSIONS = re.compile(r"課|門|場|堂|梯")
_FILLING = re.compile(
    r"我們|我|咱們?|本人|教師|本校|學校|校內|同事|已經|已|剛剛|剛才|剛|終於|總算|都|也|還有|還|又|就|全部|全"
    r"|順利|線上|那|這|課程|課|的|了|啦|囉|喔|耶|哦|嘍|啊|呀|唷|是|把|給|跟|和|與|及|及其|回報|報告|一下|請"
    r"|各|每|梯次|班|門|場|次|份|堂|個|總共|一共|共|去|來|參加|在|被|有|其中|另外|另|再|完|好|ok|以上|分別"
    r"|今年|時|結束|ㄟ|欸|嗯|對|沒問題|完畢|平安|開心|耶嘿|哈+"
)
_SHORTEST = 2
_LONG = 5  # characters: shorter words are told as they stand
Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Report:
    """What one sentence reports on one track."""

    things: tuple[Thing, ...]
    doubtful: tuple[Requirement, ...] = ()  # one word that may mean several requirements
    said: SaidDay = field(default_factory=SaidDay)
    terms: tuple[str, ...] = ()  # ids of school terms that the words may mean
    known: Mapping[str, str] = field(default_factory=dict)  # facets said: round → 1
    unknown: str = ""  # said like a value of a facet and none: 第3梯次
    unknown_of: str = ""  # that facet
    named: frozenset[tuple[str, str]] = frozenset()  # item and part, done or not
    weight: int = 0  # characters that the track knows
    rest: int = 0  # characters that it does not

    def __bool__(self) -> bool:
        return bool(self.things or self.doubtful)


class Vocabulary:
    """The words by which reports name what one track asks for."""

    def __init__(
        self, edition: Edition, track: Track, fold: Fold, group: Mapping[str, str] | None = None
    ) -> None:
        """Of a track; `group` are the facets of whoever reports: items of others are left out."""
        self.edition, self.track = edition, track
        self.items = [i for i in track.items if i.goals and i.given.fits(_beside(group, i))]
        whole: dict[str, list[Requirement]] = {}
        names: list[Name] = []
        for item in self.items:
            for word in {fold(w) for w in (item.title, *item.words)}:
                whole.setdefault(word, []).append(item)
            for part in item.parts:
                words = {fold(w) for w in (part.title, *part.words)}
                names += [Name(w, (item,), part) for w in words]
        names += [Name(w, tuple(items), None) for w, items in whole.items()]
        self.names = sorted(
            (n for n in names if len(n.word) >= _SHORTEST), key=lambda n: (-len(n.word), n.word)
        )
        self.marks = [
            (fold(w), m.id) for i in self.items for m in i.marks for w in (m.title, *m.words)
        ]
        self.terms = [(fold(w), t.id) for t in edition.school_terms for w in (t.title, *t.words)]

    def hear(self, folded: str, known: Mapping[str, str], today: date) -> Report:
        """What a folded sentence reports; `known` are the facets of the edition that it says."""
        text = opened(folded)
        # 3月進度表 is a name, and says no day.
        dated = [(s.start, s.end) for s in self._spots(text) if re.search(r"\d", s.name.word)]
        said = said_day(_blanked(text, dated), today)
        blank = _blanked(text, said.spans)
        spots = self._spots(blank)
        things, doubtful = _things(self, blank, spots, said)
        if not things and not doubtful:
            things = self._by_session(blank, known)
        elif known:
            things = self._of_facets(things, known)
        facet, unknown = self._unknown(blank)
        terms = _terms(self.terms, text)
        weight = sum(s.end - s.start for s in spots) or (1 if things else 0)
        rest = self._rest(blank, spots, known)
        parts = frozenset(
            (i.id, s.name.part.id) for s in spots if s.name.part for i in s.name.items
        )
        settled = (terms, dict(known), unknown, facet, parts, weight, rest)
        return Report(things, doubtful, said, *settled)

    def named(self, folded: str) -> list[tuple[Requirement, Part | None]]:
        """The requirements, or parts of them, that a folded text names."""
        return [(item, s.name.part) for s in self._spots(folded) for item in s.name.items]

    def _spots(self, text: str) -> list[Spot]:
        spots: list[Spot] = []
        for name in self.names:
            for m in re.finditer(_told(name.word), text):
                if all(m.end() <= s.start or s.end <= m.start() for s in spots):
                    spots.append(Spot(m.start(), m.end(), name))
        return sorted(spots, key=lambda s: s.start)

    def _by_session(self, text: str, known: Mapping[str, str]) -> tuple[Thing, ...]:
        """Requirements whose sessions a sentence names by no more than their round: 第1梯次2門."""
        if not known or not _OF_SESSIONS.search(text):
            return ()
        found = []
        for item in self.items:
            if item.sessions and item.parts and self._session_facets(item) & set(known):
                found += parted(item, text, self._parts_of(item, known))
        return tuple(found)

    def _of_facets(self, things: Sequence[Thing], known: Mapping[str, str]) -> tuple[Thing, ...]:
        """The things, with the part that a facet names where they name none: 線上教室那門."""
        found: list[Thing] = []
        for thing in things:
            parts = self._parts_of(thing.item, known)
            named = [p for p in parts if p.given]
            if thing.part is None and len(named) == 1 and len(thing.item.parts) > 1:
                thing = replace(thing, part=named[0])
            if thing not in found:
                found.append(thing)
        return tuple(found)

    def _parts_of(self, item: Requirement, known: Mapping[str, str]) -> list[Part]:
        return [p for p in item.parts if p.given and p.given.holds(known)]

    def _session_facets(self, item: Requirement) -> set[str]:
        date_ = next((d for d in self.edition.dates if d.id == item.sessions), None)
        return {f for case in date_.when for f in case.given} if date_ else set()

    def _unknown(self, text: str) -> tuple[str, str]:
        """An ordinal that looks like a value of a facet of sessions, and is none of them."""
        names = {f for item in self.items for f in self._session_facets(item)}
        for name in sorted(names):
            titles = [v.title for v in self.edition.facets[name].values.values()]
            kinds = {m[2] for t in titles if (m := re.fullmatch(r"第(\d+)(\D+)", t))}
            for kind in sorted(kinds):
                for m in re.finditer(rf"第(\d+){re.escape(kind[0])}", text):
                    if f"第{m[1]}{kind}" not in titles:
                        return name, f"第{m[1]}{kind}"
        return "", ""

    def _rest(self, text: str, spots: Iterable[Spot], known: Mapping[str, str]) -> int:
        spans = [(s.start, s.end) for s in spots]
        spans += [(c.start, c.end) for c in counts(text)]
        left = _blanked(text, spans)
        for word, _ in (*self.marks, *self.terms):
            left = left.replace(word, " ")
        for facet, value in known.items():
            stated = (
                self.edition.facets[facet].values.get(value)
                if facet in self.edition.facets
                else None
            )
            for word in (stated.title, *stated.says) if stated else ():
                left = left.replace(word.lower(), " ")
        left = _FILLING.sub(" ", without_what_tells(left))
        return len(re.sub(r"[\s\W\d]", "", left))


def _beside(group: Mapping[str, str] | None, item: Requirement) -> Mapping[str, str]:
    return {f: v for f, v in (group or {}).items() if f in item.given}


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _told(word: str) -> str:
    """The word as it is told too: 校長參加工作會議 → 校長參加了工作會議."""
    if len(word) < _LONG or not word.isalpha() or word.isascii():
        return re.escape(word)
    return "[了過]?".join(map(re.escape, word))


def _things(
    words: Vocabulary, text: str, spots: Sequence[Spot], said: SaidDay
) -> tuple[tuple[Thing, ...], tuple[Requirement, ...]]:
    """What the clauses tell as done, and a word of theirs that may mean several requirements."""
    found: list[Thing] = []
    doubtful: list[Requirement] = []
    at = 0
    told = clauses(text)
    says_done = [tells_done(c) for c in told]
    for number, clause in enumerate(told):
        inside = [s for s in spots if at <= s.start < at + len(clause)]
        start, at = at, at + len(clause)
        if denies(clause) or (not says_done[number] and not _goes_along(clause, inside, says_done)):
            continue
        numbers = counts(clause)
        marks = frozenset(m for w, m in words.marks if w in clause)
        one = [s for s in inside if len(s.name.items) == 1]
        doubtful += [i for s in inside if len(s.name.items) > 1 for i in s.name.items]
        if not inside:
            if found and marks and numbers:
                found = with_marks(found, numbers[0].number, marks)
            continue
        for spot in one:
            things = things_of(spot, clause, numbers, (marks, spot.start - start, len(one)))
            inside_days = [day for place, day in said.each if start <= place < at]
            found += on_days(things, inside_days, clause, said.at(spot.start))
    return one_each(found), tuple(i for n, i in enumerate(doubtful) if i not in doubtful[:n])


def _goes_along(clause: str, inside: Sequence[Spot], says_done: Sequence[bool]) -> bool:
    """Whether a clause without a verb belongs to one that has it, or is told by its day alone."""
    return bool(inside or counts(clause)) or not any(says_done)


def _terms(named: Sequence[tuple[str, str]], text: str) -> tuple[str, ...]:
    """The terms that the longest words mean."""
    said = [(len(word), term) for word, term in named if word in text]
    longest = max((n for n, _ in said), default=0)
    return tuple(dict.fromkeys(t for n, t in said if n == longest))
