"""What a contact's sentence says was handed in: which things, how many, of which class and term.

Only words of handing in make a report (交, 繳, 送, 函報, 上傳): to have written something is not to
have handed it in. Whatever asks anything reports nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bot.model.edition import Edition
from bot.model.entries import Deliverable, Requirement
from bot.model.owed import Owed
from bot.model.participation import Unit
from bot.understand.statements import asks, clauses, counts, opened

ANY = "*"
LONGEST = 100  # characters of the sentence
MOST_COUNT = 9_999
_VERB = (
    "上傳|繳交|提交|補交|補繳|補傳|補送|補件|重交|重繳|重傳|重送|函報|函送|報送|陳報|函復|送件|送出|寄出"
    "|交|繳|傳|送|寄|報|填報|填"
)
_HANDED_IN = re.compile(
    rf"(?:{_VERB})(?:出去|出|上去|過去|到|給局裡|齊)?(?:完|好|過|齊|畢)?(?:了|完|好|畢)"
    rf"|(?:已經?|都|剛剛?|今天|昨天)[^,。]{{0,6}}?(?:{_VERB})(?:出去|出)?(?=[\d,。!~;]|$)"
)
_OTHERS = re.compile(r"別校|他校|其他學校|別的學校|隔壁|聽說|據說|他們|退件了$|被退")
_TO_COME = re.compile(r"(?:了|完|好)(?:再|就|後|之後)|改天|才")
# 下學期 is a term here, and says of nothing that it is to come.
_NOT = re.compile(
    r"沒|未|不(?!限)|尚|即將|預計|打算|明天|後天|下個?(?:週|周|星期|禮拜|月)|想|快要|準備|取消|別|待|免"
    r"|[一1]半|[一1]部分|剩|要|應"
)
_WHOLE = re.compile(r"全部|全都|每1?班|都|齊")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}字第\d{4,14}[A-Za-z]?號")
_ANNOUNCES = re.compile(r"[,、;]?(?:發文)?(?:字|文)號(?:是|為|[::])?")
_ALIAS = re.compile(r"[(（].*$")
Fold = Callable[[str], str]


class Owing(Protocol):
    """What of a slot its words need."""

    @property
    def owed(self) -> Owed:
        """What is owed."""

    @property
    def unit(self) -> Unit:
        """By which class, community or teacher."""

    @property
    def title(self) -> str:
        """What is handed in."""

    @property
    def deliverable(self) -> Deliverable | Requirement:
        """The entry that it stands below."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a sentence says was handed in."""

    owed: tuple[str, ...]  # ids of what its word may mean
    count: int = 0  # 0: it says no number
    is_whole: bool = False  # it says that all of it was
    units: tuple[str, ...] = ()  # keys; empty: it names none
    terms: tuple[str, ...] = ()  # ids
    weight: int = 0  # characters of its name


@dataclass(frozen=True, slots=True)
class _Name:
    word: str
    owed: tuple[str, ...]


class OwedWords:
    """The words by which a school's people name what it owes an edition."""

    def __init__(self, edition: Edition, slots: Sequence[Owing], fold: Fold) -> None:
        self._slots = slots
        self._fold = fold
        named: dict[str, list[str]] = {}
        for slot in slots:
            for word in _words_of(slot, fold):
                ids = named.setdefault(word, [])
                if slot.owed.id not in ids:
                    ids.append(slot.owed.id)
        self._names = sorted(
            (_Name(word, tuple(ids)) for word, ids in named.items()), key=lambda n: -len(n.word)
        )
        self._terms = [(fold(w), t.id) for t in edition.school_terms for w in (t.title, *t.words)]
        self._units = {s.unit.key: s.unit for s in slots if s.unit.label}

    def named(self, folded: str) -> tuple[str, ...]:
        """Ids of what a folded text names; empty where it names nothing, or more than that."""
        return next((n.owed for n in self._names if n.word == folded), ())

    def hear(self, folded: str, known: Mapping[str, str]) -> tuple[Said, ...]:
        """What a folded sentence reports; `known` are the facets of the edition that it says."""
        if not is_report(folded):
            return ()
        text = _ANNOUNCES.sub(" ", _NUMBER.sub(" ", opened(folded)))
        units, terms = self._said_units(text, known), self._said_terms(text)
        found: list[Said] = []
        for clause in clauses(text):
            if not _NOT.search(clause):
                found += self._in_clause(clause, units, terms)
        return tuple(dict.fromkeys(found))

    def _in_clause(
        self, clause: str, units: tuple[str, ...], terms: tuple[str, ...]
    ) -> Iterable[Said]:
        spots = self._spots(clause)
        numbers = counts(clause)
        whole = bool(_WHOLE.search(clause))
        for place, (start, name) in enumerate(spots):
            until = spots[place + 1][0] if place + 1 < len(spots) else len(clause)
            after = [n for n in numbers if start <= n.start < until]
            before = [n for n in numbers if place == 0 and n.start < start]
            number = next(iter([*after, *before]), None)
            count = int(number.number) if number and number.number % 1 == 0 else 0
            yield Said(
                name.owed,
                min(count, MOST_COUNT),
                whole and number is None,
                self._of(name, units),
                terms,
                len(name.word),
            )

    def _of(self, name: _Name, units: tuple[str, ...]) -> tuple[str, ...]:
        """The units said that owe this thing at all."""
        kinds = {s.unit.key for s in self._slots if s.owed.id in name.owed}
        return tuple(key for key in units if key in kinds)

    def _spots(self, text: str) -> list[tuple[int, _Name]]:
        taken: list[tuple[int, int]] = []
        spots: list[tuple[int, _Name]] = []
        for name in self._names:
            for m in re.finditer(re.escape(name.word) + r"(?!\d)", text):
                if all(m.end() <= a or b <= m.start() for a, b in taken):
                    taken.append((m.start(), m.end()))
                    spots.append((m.start(), name))
        return sorted(spots, key=lambda spot: spot[0])

    def _said_units(self, text: str, known: Mapping[str, str]) -> tuple[str, ...]:
        by_name = [k for k, u in self._units.items() if self._is_in(u.label, text)]
        if by_name:
            return tuple(by_name)
        return tuple(
            key
            for key, unit in self._units.items()
            if (both := known.keys() & unit.facets.keys())
            and all(unit.facets[f] == known[f] for f in both)
        )

    def _is_in(self, label: str, text: str) -> bool:
        return len(label) > 1 and self._fold(label) in text

    def _said_terms(self, text: str) -> tuple[str, ...]:
        said = [(len(word), term) for word, term in self._terms if word in text]
        longest = max((n for n, _ in said), default=0)
        return tuple(dict.fromkeys(term for n, term in said if n == longest))


@lru_cache(maxsize=512)  # asked of a message, then of its parts
def is_report(folded: str) -> bool:
    """Whether a sentence says that something was handed in, and asks nothing."""
    if len(folded) > LONGEST or asks(opened(_ANNOUNCES.sub(" ", folded))):
        return False
    if _OTHERS.search(folded) or _TO_COME.search(folded):
        return False
    return any(_HANDED_IN.search(c) and not _NOT.search(c) for c in clauses(opened(folded)))


def said_number(text: str) -> str:
    """The number of an official letter in a text, as it stands; empty: it has none."""
    found = _NUMBER.search(text)
    return found[0].removeprefix("文號").removeprefix("號") if found else ""


def _words_of(slot: Owing, fold: Fold) -> set[str]:
    titles = (slot.title, slot.deliverable.title, *slot.owed.words)
    words = {fold(word) for title in titles for word in (title, _ALIAS.sub("", title))}
    return {word for word in words if len(word) > 1}
