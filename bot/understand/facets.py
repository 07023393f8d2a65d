"""Which facets a text speaks of: B組, 第2梯次, 國中, 30班."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.edition import Edition
from bot.model.facet import Facet
from bot.understand.sounds import spelled

HEARD_FROM = 3  # characters: shorter words must be written right
ROLE = "@role"  # heard like a facet: the role of a matrix that a text speaks of

_DENIED = re.compile(
    r"(?:非|(?<!是)不是|(?<!算)不算|(?<!在)不在|(?<!屬)不屬於?|沒有?在|沒有列|未列)(?:在|於)?$"
)
_NEGATION = re.compile("非|不|沒|未")
_LETTER = re.compile(r"(?<![a-z0-9.@/:_-])[a-z](?![a-z.@/:_-]|\d(?!個))")  # not A1, but A1個B1個

Span = tuple[str, str, int, int]  # facet, value, start and end in the text


@dataclass(frozen=True, slots=True)
class Heard:
    """Facets heard, and where; a facet said in two values at once is not decided."""

    known: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[tuple[str, int, int], ...] = ()  # facet, start and end in the folded text


class Facets:
    """Hears the facets of one edition."""

    def __init__(self, edition: Edition, fold: Callable[[str], str]) -> None:
        self._words: list[tuple[str, str, str, str]] = []
        self._numbers: list[tuple[str, re.Pattern[str]]] = []
        for matrix in edition.roles:
            for role in matrix.roles:
                self._words += _entries((role.title, *role.says), ROLE, role.id, fold)
        self._done = _phrases_of_what_is_done(edition, fold)
        for name, facet in edition.facets.items():
            for value, said in facet.values.items():
                self._words += _entries((said.title, *said.says), name, value, fold)
            if facet.unit:
                self._numbers.append((name, _number(facet, fold)))
        self._letters = _letters(edition)
        self._others = _other_values(edition)
        self._words.sort(key=lambda w: (-len(w[0]), w))

    def hear(self, key: str) -> Heard:
        """What a folded text says of each facet; longer words win over those inside them.

        Words of three characters or more are also heard where they are misspelt by sound. Of
        several roles the first said is the one that the question is about.
        """
        spans: list[Span] = []
        spoken = spelled(key)
        done = [place for phrase in self._done for place in _places_of(phrase, key)]
        for word, sounds, name, value in self._words:
            if word in key:
                found = _places_of(word, key)
            elif sounds in spoken:
                found = _places_of(sounds, spoken)
            else:
                continue
            for start, end in found:
                is_done = name == ROLE and _is_within(done, start, end)  # 看學生資料: not who sees
                if not is_done and _stands_alone(key, start) and _is_free(spans, name, start, end):
                    spans.append(self._denied(key, (name, value, start, end)))
        spans += self._by_letter(key, spans)
        for name, pattern in self._numbers:
            for m in pattern.finditer(key):
                spans.append((name, _plain(m[1] or m[2]), m.start(), m.end()))
        return Heard(_known(spans), tuple((name, start, end) for name, _, start, end in spans))

    def _by_letter(self, key: str, taken: Sequence[Span]) -> list[Span]:
        """Values that are called by their letter alone: 那B呢, 報B可以嗎."""
        return [
            (name, m[0].upper(), m.start(), m.end())
            for m in _LETTER.finditer(key)
            for name in self._letters.get(m[0], ())
            if _is_free(taken, name, m.start(), m.end())
        ]

    def _denied(self, key: str, span: Span) -> Span:
        """The span; of the other value where one of two is denied: 不算偏遠."""
        name, value, start, end = span
        denied = _DENIED.search(key[:start])
        other = self._others.get((name, value))
        if denied is None or other is None or _NEGATION.match(key[start:end]):
            return span
        return name, other, denied.start(), end


def _phrases_of_what_is_done(edition: Edition, fold: Callable[[str], str]) -> list[str]:
    """How the permissions of the roles are called, as folded texts."""
    every = (p for matrix in edition.roles for p in matrix.permissions)
    return [fold(phrase) for p in every for phrase in (p.title, *p.says)]


def _places_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place of a word in a text; none reaches into another."""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _letters(edition: Edition) -> dict[str, list[str]]:
    """Letter → the facets that have a value of that letter: A and B of the groups."""
    found: dict[str, list[str]] = {}
    for name, facet in edition.facets.items():
        for value in facet.values:
            if len(value) == 1 and value.isalpha():
                found.setdefault(value.lower(), []).append(name)
    return found


def _other_values(edition: Edition) -> dict[tuple[str, str], str]:
    pairs = {n: tuple(f.values) for n, f in edition.facets.items() if len(f.values) == 2}
    return {(n, v): w for n, (a, b) in pairs.items() for v, w in ((a, b), (b, a))}


def _is_within(places: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in places)


def _stands_alone(key: str, start: int) -> bool:
    """Whether a word that begins with a letter is not joined to others: AB組 is both of them."""
    return not (
        start and key[start].isascii() and key[start - 1].isascii() and key[start - 1].isalpha()
    )


def _is_free(spans: Sequence[Span], name: str, start: int, end: int) -> bool:
    """Whether a longer word has not taken the place.

    A role and a facet may be the same word (學生); of a longer one (輔導教師) its part (教師) says
    nothing more.
    """
    for other, _, first, last in spans:
        overlaps = start < last and first < end
        same = (other == ROLE) == (name == ROLE)
        if overlaps and (same or last - first > end - start):
            return False
    return True


def _known(spans: Sequence[Span]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for name, value, _, _ in sorted(spans, key=lambda s: s[2]):
        values.setdefault(name, {}).setdefault(value)
    return {n: next(iter(v)) for n, v in values.items() if len(v) == 1 or n == ROLE}


def _entries(
    words: Iterable[str], name: str, value: str, fold: Callable[[str], str]
) -> list[tuple[str, str, str, str]]:
    return [(w, _spoken(w), name, value) for w in sorted({fold(w) for w in words}) if w]


def _spoken(word: str) -> str:
    """The sounds of a word that is long enough to be known by them; else what no text holds."""
    named = len(word) == HEARD_FROM - 1 and word[0].isascii() and word[0].isalpha()  # A組
    known = len(word) >= HEARD_FROM and not word.isascii()
    return spelled(word) if known or (named and not word.isascii()) else "\0"


def _number(facet: Facet, fold: Callable[[str], str]) -> re.Pattern[str]:
    units = "|".join(re.escape(fold(u)) for u in (facet.unit, *facet.says))
    said = rf"(?<![\d第年.])(\d{{1,12}}(?:\.\d{{1,4}})?)\s*(?:個|間)?\s*(?:{units})(?!級)"
    # A sum without its 元 is a round one: 2萬, not a form's number or a year.
    bare = r"|(?<![\d.])(\d{1,6}000)(?![\d年/\-])" if facet.unit == "元" else "|(?!)()"
    return re.compile(said + bare)


def _plain(number: str) -> str:
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))
