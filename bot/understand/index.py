"""The index of all entries: which words stand in which entry, as written and as they sound."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    Unsaid,
)
from bot.understand.bodies import body_of
from bot.understand.gives import gives_of
from bot.understand.symbols import grams, heard, split

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


@dataclass(slots=True, eq=False)
class Index:
    """Every item, and for each gram the items that hold it with how well they do."""

    items: list[Item] = field(default_factory=list)
    postings: dict[str, dict[str, dict[int, float]]] = field(default_factory=dict)
    by_key: dict[str, Item] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)  # of all items, in their order
    phrase_sizes: list[int] = field(default_factory=list)  # grams of each
    first_phrase: list[int] = field(default_factory=list)  # of each item, and one past the last
    holders: dict[str, list[str]] = field(default_factory=dict)  # gram → editions that hold it
    phrase_postings: "dict[str, dict[str, array[int]]]" = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    novel: float = 1.0  # weight of a word that no plan uses

    def of(self, edition: str) -> Mapping[str, Mapping[int, float]]:
        """An edition's grams → the items that hold each → how well: named so, or in the body."""
        return self.postings.get(edition, {})


def build(editions: Iterable[Edition], fold: Callable[[str], str]) -> Index:
    """The index of these editions, in their order."""
    index = Index()
    for edition in editions:
        for entry in edition.entries():
            for item in _items_of(len(index.items), edition, entry, fold):
                index.items.append(item)
                index.by_key[item.key] = item
    counts: Counter[str] = Counter()
    for item in index.items:
        counts.update(_posted(index, item))
    index.first_phrase.append(len(index.phrases))
    for key, postings in index.postings.items():
        for gram in postings:
            index.holders.setdefault(gram, []).append(key)
    # A word is as common as it is within one edition, however many editions are loaded.
    share = max(1, len(index.postings))
    size = max(len(index.items) / share, 1.0)
    index.weights = {g: _weight(n / share, size) for g, n in counts.items()}
    index.novel = _weight(0.6, size)
    return index


def _weight(count: float, size: float) -> float:
    return max(0.3, log((size + 1) / (max(count, 0.25) + 0.5)))


def _posted(index: Index, item: Item) -> Iterable[str]:
    """Puts the item and its phrases under each of their grams; gives the item's grams."""
    key = item.edition.key
    by_phrase = index.phrase_postings.setdefault(key, defaultdict(lambda: array("I")))
    best: dict[str, float] = {}
    index.first_phrase.append(len(index.phrases))
    for text in item.phrases:
        written, spoken = _grams_of(text)
        for gram in (both := dict.fromkeys((*written, *spoken))):
            by_phrase[gram].append(len(index.phrases))
        index.phrases.append(text)
        index.phrase_sizes.append(len(both))
        _raise(best, written, NAMED)
        _raise(best, spoken, HEARD_NAMED)
    written, spoken = _grams_of(item.body)
    _raise(best, written, IN_BODY)
    _raise(best, spoken, HEARD_IN_BODY)
    postings = index.postings.setdefault(key, defaultdict(dict))
    for gram, quality in best.items():
        postings[gram][item.number] = quality
    return best


def _grams_of(text: str) -> tuple[set[str], set[str]]:
    symbols = split(text)
    return {g for g, _ in grams(symbols)}, {g for g, _ in heard(symbols)}


def _raise(best: dict[str, float], found: Iterable[str], quality: float) -> None:
    for gram in found:
        if best.get(gram, 0.0) < quality:
            best[gram] = quality


def _items_of(
    number: int, edition: Edition, entry: Entry, fold: Callable[[str], str]
) -> Iterator[Item]:
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
