"""The index of all entries: which words stand in which entry, as written and as they sound."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from bot.model.edition import Edition
from bot.model.entries import (
    Amount,
    Deliverable,
    Entry,
    PlanDate,
    Requirement,
    RoleMatrix,
    Setting,
    Supplement,
    Unsaid,
)
from bot.understand.bodies import body_of
from bot.understand.gives import gives_of
from bot.understand.symbols import grams, heard, split

REMEMBERED = 50_000  # pairs of words that questions use, by edition
NAMED, HEARD_NAMED, IN_BODY, HEARD_IN_BODY = 1.0, 0.85, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a question may be about: an entry, or one cell of a role matrix."""

    number: int
    edition: Edition
    entry: Entry
    phrases: tuple[str, ...]  # folded: what the entry is called and how people ask for it
    body: str  # folded: the rest of what it says
    facets: frozenset[str]  # facets that its cases tell apart
    gives: frozenset[str]  # what it can tell: when, count:份, money …
    role: str = ""
    permission: str = ""

    @property
    def key(self) -> str:
        """Names the item among all items: plan/edition#entry."""
        tail = "".join(f":{x}" for x in (self.role, self.permission) if x)
        return f"{self.edition.key}#{self.entry.id}{tail}"


@dataclass(frozen=True, slots=True)
class Held:
    """The grams of one item, and those of each of its phrases."""

    best: Mapping[str, float]  # gram → how well: named so, or in the body
    by_phrase: tuple[tuple[str, Mapping[str, None]], ...]  # a phrase, its grams in order


@dataclass(slots=True, eq=False, kw_only=True)
class Index:
    """Every item, and for each gram the items that hold it with how well they do."""

    items: Sequence[Item]
    postings: Mapping[str, Mapping[str, Mapping[int, float]]]
    by_key: Mapping[str, Item]
    phrases: Sequence[str]  # of all items, in their order
    phrase_sizes: Sequence[int]  # grams of each
    first_phrase: Sequence[int]  # of each item, and one past the last
    holders: Mapping[str, Sequence[str]]  # gram → editions that hold it
    phrase_postings: "Mapping[str, Mapping[str, array[int]]]"
    weights: Mapping[str, float]
    novel: float  # weight of a word that no plan uses
    base: "Index | None" = None  # the index of the plans alone, where this one holds more
    # edition, pair as it sounds, as written → items that hold it better by its sound: mostly none
    only_heard: Callable[[str, str, str], Mapping[int, float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.only_heard = lru_cache(maxsize=REMEMBERED)(self._find_only_heard)

    @property
    def root(self) -> "Index":
        """The index of the plans alone: its weights are every derived one's too."""
        return self.base or self

    def of(self, edition: str) -> Mapping[str, Mapping[int, float]]:
        """An edition's grams → the items that hold each → how well: named so, or in the body."""
        return self.postings.get(edition, {})

    def _find_only_heard(self, edition: str, spoken: str, written: str) -> Mapping[int, float]:
        held = self.of(edition)
        heard_in, best = held.get(spoken, {}), held.get(written)
        if best is None:
            return heard_in
        return {n: quality for n, quality in heard_in.items() if quality > best.get(n, 0.0)}


def build(editions: Iterable[Edition], fold: Callable[[str], str]) -> Index:
    """The index of these editions, in their order."""
    items: list[Item] = []
    for edition in editions:
        for entry in edition.entries():
            items += items_of(len(items), edition, entry, fold)
    posted = _Posted()
    for item in items:
        posted.put(item)
    holders: dict[str, list[str]] = {}
    for key, postings in posted.postings.items():
        for gram in postings:
            holders.setdefault(gram, []).append(key)
    # A word is as common as it is within one edition, however many editions are loaded.
    share = max(1, len(posted.postings))
    size = max(len(items) / share, 1.0)
    return Index(
        items=items,
        postings=posted.postings,
        by_key={item.key: item for item in items},
        phrases=posted.phrases,
        phrase_sizes=posted.phrase_sizes,
        first_phrase=[*posted.first_phrase, len(posted.phrases)],
        holders=holders,
        phrase_postings=posted.phrase_postings,
        weights={g: _weight(n / share, size) for g, n in posted.counts().items()},
        novel=_weight(0.6, size),
    )


def _weight(count: float, size: float) -> float:
    return max(0.3, log((size + 1) / (max(count, 0.25) + 0.5)))


class _Posted:
    """Items and their phrases under each of their grams, put there one by one."""

    def __init__(self) -> None:
        self.postings: dict[str, dict[str, dict[int, float]]] = {}
        self.phrase_postings: dict[str, dict[str, array[int]]] = {}
        self.phrases: list[str] = []
        self.phrase_sizes: list[int] = []
        self.first_phrase: list[int] = []
        # Editions of one plan say most things in the same words: each is taken apart once.
        self._taken_apart: dict[tuple[tuple[str, ...], str], _TakenApart] = {}

    def put(self, item: Item) -> None:
        """The next item, in the order of their numbers."""
        said = (item.phrases, item.body)
        apart = self._taken_apart.get(said)
        if apart is None:
            apart = self._taken_apart[said] = _TakenApart.of(held_by(item))
        apart.times += 1
        key, number, first = item.edition.key, item.number, len(self.phrases)
        self.first_phrase.append(first)
        self.phrases += apart.phrases
        self.phrase_sizes += apart.sizes
        by_phrase = self.phrase_postings.setdefault(key, {})
        for gram, places in apart.in_phrases:
            numbers = [first + place for place in places]
            if gram in by_phrase:
                by_phrase[gram].extend(numbers)
            else:
                by_phrase[gram] = array("I", numbers)
        postings = self.postings.setdefault(key, {})
        for gram, quality in apart.best:
            if gram in postings:
                postings[gram][number] = quality
            else:
                postings[gram] = {number: quality}

    def counts(self) -> Mapping[str, int]:
        """In how many items each gram stands."""
        counts: dict[str, int] = {}
        for apart in self._taken_apart.values():
            for gram, _ in apart.best:
                counts[gram] = counts.get(gram, 0) + apart.times
        return counts


@dataclass(slots=True)
class _TakenApart:
    """What is put into an index for an item with these words, wherever it stands."""

    phrases: list[str]
    sizes: list[int]
    in_phrases: list[tuple[str, list[int]]]  # gram → phrases, counted within the item
    best: list[tuple[str, float]]
    times: int = 0  # how often it was put

    @classmethod
    def of(cls, held: Held) -> "_TakenApart":
        places: dict[str, list[int]] = {}
        for place, (_, found) in enumerate(held.by_phrase):
            for gram in found:
                places.setdefault(gram, []).append(place)
        texts = [text for text, _ in held.by_phrase]
        sizes = [len(found) for _, found in held.by_phrase]
        return cls(texts, sizes, list(places.items()), list(held.best.items()))


def held_by(item: Item) -> Held:
    """What the item is found by."""
    best: dict[str, float] = {}
    by_phrase = []
    for text in item.phrases:
        written, spoken = _grams_of(text)
        by_phrase.append((text, dict.fromkeys((*written, *spoken))))
        _raise(best, written, NAMED)
        _raise(best, spoken, HEARD_NAMED)
    written, spoken = _grams_of(item.body)
    _raise(best, written, IN_BODY)
    _raise(best, spoken, HEARD_IN_BODY)
    return Held(best, tuple(by_phrase))


def _grams_of(text: str) -> tuple[set[str], set[str]]:
    symbols = split(text)
    return {g for g, _ in grams(symbols)}, {g for g, _ in heard(symbols)}


def _raise(best: dict[str, float], found: Iterable[str], quality: float) -> None:
    for gram in found:
        if best.get(gram, 0.0) < quality:
            best[gram] = quality


def items_of(
    number: int, edition: Edition, entry: Entry, fold: Callable[[str], str]
) -> Iterator[Item]:
    """The items of one entry, numbered from `number` on."""
    phrases = tuple(dict.fromkeys(fold(p) for p in (entry.title, *entry.says) if p))
    whole = Item(
        number,
        edition,
        entry,
        phrases,
        fold(body_of(entry)),
        frozenset(_facets_of(entry, edition)),
        gives_of(entry) | frozenset(_gives_of_due(entry, edition)),
    )
    yield whole
    if isinstance(entry, RoleMatrix):
        yield from _cells(number + 1, whole, entry, fold)


def _cells(
    number: int, whole: Item, matrix: RoleMatrix, fold: Callable[[str], str]
) -> Iterator[Item]:
    def item(phrases: Sequence[str], role: str, permission: str) -> Item:
        nonlocal number
        made = Item(
            number,
            whole.edition,
            matrix,
            tuple(dict.fromkeys(map(fold, phrases))),
            "",
            frozenset(),
            frozenset({"may", "who", "list"}),
            role,
            permission,
        )
        number += 1
        return made

    for role in matrix.roles:
        words = (role.title, *role.says)
        tails = ("", "可以做什麼", "有什麼權限", "功能權限")
        yield item([w + t for w in words[:3] for t in tails], role.id, "")
    for permission in matrix.permissions:
        words = (permission.title, *permission.says)
        yield item([f"{head}{w}" for w in words for head in ("誰可以", "")], "", permission.id)
        for role in matrix.roles:
            said = (role.title, *role.says)[:3]
            yield item([f"{r}{w}" for r in said for w in words[:4]], role.id, permission.id)


def _gives_of_due(entry: Entry, edition: Edition) -> Iterator[str]:
    """What the dates tell that the entry's answer shows with it."""
    if isinstance(entry, Deliverable | Requirement):
        for due in edition.dates:
            if due.id in entry.due:
                yield from gives_of(due) & {"when", "time"}


def _facets_of(entry: Entry, edition: Edition) -> Iterator[str]:
    yield from entry.given
    if isinstance(entry, PlanDate):
        yield from _facets_of_date(entry, edition)
    if isinstance(entry, Amount | Requirement | Deliverable | Setting):
        if any(q.unit == "元" or (q.value.is_share and not q.base) for q in entry.amount):
            yield from (name for name, facet in edition.facets.items() if facet.unit == "元")
        for quantity in entry.amount:
            yield from (*quantity.given, *filter(None, (quantity.per, quantity.base)))
            for base in edition.amounts:
                if base.id == quantity.base:
                    yield from _facets_of(base, edition)


def _facets_of_date(entry: PlanDate, edition: Edition) -> Iterator[str]:
    for case in entry.when:
        yield from case.given
    for counted_from in edition.dates:
        if entry.before and counted_from.id == entry.before.date:
            yield from _facets_of(counted_from, edition)


def is_gap(item: Item) -> bool:
    """Whether the item says that its plan does not say something."""
    return isinstance(item.entry, Unsaid)


def is_supplement(item: Item) -> bool:
    """Whether the item is what staff added to its plan."""
    return isinstance(item.entry, Supplement)
