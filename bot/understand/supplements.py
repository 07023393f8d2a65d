"""An index of the plans and, beside their entries, what staff added: all else is shared.

Only the postings of the editions that something is added to are copied, and of those only the
words that the additions use. Words of the plans keep their weight; new ones weigh as new ones do.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, overload

from bot.model.edition import Edition
from bot.model.entries import Supplement
from bot.understand.asks import Asks
from bot.understand.index import Index, Item, items_of
from bot.understand.posting import held_by

Of = TypeVar("Of")
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Added:
    """A supplement, and the edition that it stands beside."""

    edition: Edition
    entry: Supplement


def with_supplements(
    root: Index, added: Iterable[Added], fold: Callable[[str], str], asks: Asks
) -> Index:
    """An index of all that `root` holds and of these; `root` is left as it is."""
    made = _Additions(root)
    for one in added:
        for item in items_of(made.next_number, one.edition, one.entry, fold):
            made.put(_telling_what_it_is_asked(item, asks))
    return made.index()


def _telling_what_it_is_asked(item: Item, asks: Asks) -> Item:
    """A supplement answers its own questions: 「免費」 does tell how much, without a sum."""
    gives = set(item.gives)
    for phrase in item.phrases:
        asked = asks.hear(phrase)
        gives |= asked.wants | {f"count:{unit}" for unit in asked.units}
    return replace(item, gives=frozenset(gives))


class _Copied:
    """One edition's postings, to add to: what changes is copied when it first does."""

    def __init__(self, root: Index, key: str) -> None:
        self.items = dict(root.postings.get(key, {}))
        self._phrases = root.phrase_postings.get(key, {})
        self._own_items: dict[str, dict[int, float]] = {}
        self._own_phrases: dict[str, array[int]] = {}

    def put_item(self, gram: str, number: int, quality: float) -> None:
        """The item of this number holds the gram."""
        own = self._own_items.get(gram)
        if own is None:
            own = self._own_items[gram] = dict(self.items.get(gram, {}))
            self.items[gram] = own
        own[number] = quality

    def put_phrase(self, gram: str, number: int) -> None:
        """The phrase of this number holds the gram."""
        own = self._own_phrases.get(gram)
        if own is None:
            own = self._own_phrases[gram] = array("I", self._phrases.get(gram, ()))
        own.append(number)

    @property
    def phrases(self) -> "Mapping[str, array[int]]":
        """The phrases under each gram, with those that were added."""
        return _Wider(self._phrases, self._own_phrases)


class _Additions:
    """What is added to an index, in the order of the numbers."""

    def __init__(self, root: Index) -> None:
        self._root = root
        self._items: list[Item] = []
        self._phrases: list[str] = []
        self._sizes: list[int] = []
        self._ends: list[int] = []  # one past the last phrase of each item
        self._copied: dict[str, _Copied] = {}
        self._holders: dict[str, Sequence[str]] = {}

    @property
    def next_number(self) -> int:
        """The number of the item that is put next."""
        return len(self._root.items) + len(self._items)

    def put(self, item: Item) -> None:
        """One more item."""
        held, key = held_by(item.phrases, item.body), item.edition.key
        copied = self._copied.get(key)
        if copied is None:
            copied = self._copied[key] = _Copied(self._root, key)
        for text, found in held.by_phrase:
            number = len(self._root.phrases) + len(self._phrases)
            for gram in found:
                copied.put_phrase(gram, number)
            self._phrases.append(text)
            self._sizes.append(len(found))
        self._ends.append(len(self._root.phrases) + len(self._phrases))
        for gram, quality in held.best.items():
            if gram not in copied.items:
                others = self._holders.get(gram, self._root.holders.get(gram, ()))
                self._holders[gram] = (*others, key)
            copied.put_item(gram, item.number, quality)
        self._items.append(item)

    def index(self) -> Index:
        """All of it as one index."""
        root = self._root
        by_phrase = {key: copied.phrases for key, copied in self._copied.items()}
        return Index(
            items=_Longer(root.items, self._items),
            postings={**root.postings, **{k: c.items for k, c in self._copied.items()}},
            by_key=_Wider(root.by_key, {item.key: item for item in self._items}),
            phrases=_Longer(root.phrases, self._phrases),
            phrase_sizes=_Longer(root.phrase_sizes, self._sizes),
            # The root's last number is where the first addition begins.
            first_phrase=_Longer(root.first_phrase, self._ends),
            holders=_Wider(root.holders, self._holders),
            phrase_postings={**root.phrase_postings, **by_phrase},
            weights=root.weights,
            novel=root.novel,
            base=root,
        )


class _Longer(Sequence[Of]):
    """A sequence and what follows it, without a copy of the first."""

    __slots__ = ("_first", "_more", "_size")

    def __init__(self, first: Sequence[Of], more: Sequence[Of]) -> None:
        self._first, self._more, self._size = first, more, len(first)

    def __len__(self) -> int:
        return self._size + len(self._more)

    @overload
    def __getitem__(self, at: int) -> Of: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Of]: ...
    def __getitem__(self, at: int | slice) -> Of | Sequence[Of]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = at + len(self) if at < 0 else at
        return self._first[at] if at < self._size else self._more[at - self._size]


class _Wider(Mapping[Name, Of]):
    """A mapping and what goes before it, without a copy of the first."""

    __slots__ = ("_first", "_more")

    def __init__(self, first: Mapping[Name, Of], more: Mapping[Name, Of]) -> None:
        self._first, self._more = first, more

    def __getitem__(self, name: Name) -> Of:
        return self._more[name] if name in self._more else self._first[name]

    def __contains__(self, name: object) -> bool:
        return name in self._more or name in self._first

    def __iter__(self) -> Iterator[Name]:
        yield from self._first
        yield from (name for name in self._more if name not in self._first)

    def __len__(self) -> int:
        return len(self._first) + sum(name not in self._first for name in self._more)
