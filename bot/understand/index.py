"""The index of all entries: which words stand in which entry, as written and as they sound."""

import gc
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
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
from bot.understand.numbers import to_digits
from bot.understand.posting import Posted

REMEMBERED = 50_000  # pairs of words that questions use, by edition
HOLDERS_REMEMBERED = 4_096


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
    holders_of: Callable[[str], frozenset[str]] = field(init=False, repr=False)  # gram → editions

    def __post_init__(self) -> None:
        self.only_heard = lru_cache(maxsize=REMEMBERED)(self._find_only_heard)
        self.holders_of = lru_cache(maxsize=HOLDERS_REMEMBERED)(
            lambda gram: frozenset(self.holders.get(gram, ()))
        )

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
    with _undisturbed():
        items: list[Item] = []
        for edition in editions:
            for entry in edition.entries():
                items += items_of(len(items), edition, entry, fold)
        posted = Posted(Counter((item.phrases, item.body) for item in items))
        for key, own in groupby(items, lambda item: item.edition.key):
            for item in own:
                posted.put(item.number, item.phrases, item.body)
            posted.keep(key)
        posted.close()
        return _indexed(items, posted)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for rubbish: millions of small things are made, and all of them are kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _indexed(items: Sequence[Item], posted: Posted) -> Index:
    counts = posted.counts
    # A word is as common as it is within one edition, however many editions are loaded.
    share = max(1, len(posted.postings))
    size = max(len(items) / share, 1.0)
    weights = {n: _weight(n / share, size) for n in set(counts.values())}
    return Index(
        items=items,
        postings=posted.postings,
        by_key={item.key: item for item in items},
        phrases=posted.phrases,
        phrase_sizes=posted.phrase_sizes,
        first_phrase=[*posted.first_phrase, len(posted.phrases)],
        holders=posted.holders(),
        phrase_postings=posted.phrase_postings,
        weights={g: weights[n] for g, n in counts.items()},
        novel=_weight(0.6, size),
    )


def _weight(count: float, size: float) -> float:
    return max(0.3, log((size + 1) / (max(count, 0.25) + 0.5)))


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
        fold("\n".join((body_of(entry), *_papers_of(entry, edition)))),
        frozenset(_facets_of(entry, edition)),
        gives_of(entry) | frozenset(_gives_of_due(entry, edition)),
    )
    yield whole
    if isinstance(entry, RoleMatrix):
        yield from _cells(number + 1, whole, entry, fold)


def _papers_of(entry: Entry, edition: Edition) -> Iterator[str]:
    """Names of the forms that the entry is taken from: what stands in 附件三 is of that report."""
    clauses = {to_digits(clause) for clause in entry.source}
    return (form.title for form in edition.forms if to_digits(form.number) in clauses)


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
