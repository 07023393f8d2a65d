"""Postings as they are gathered, item by item, and as they are kept: each alike list only once.

Many pairs of characters stand in the same entries: those share one list. The index takes less room
so, and questions touch fewer pages of it: what a process touches, it no longer shares with others.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.understand.packed import Pack, Packed

Qualities = dict[int, float]  # item → how well it holds the gram
Phrase = tuple[str, Mapping[str, None]]  # its text, its grams


class Posted:
    """Items and their phrases under each of their grams, put there edition by edition."""

    def __init__(self) -> None:
        self.postings: dict[str, dict[str, Qualities]] = {}
        self.phrase_postings: dict[str, Packed] = {}
        self.counts: Counter[str] = Counter()
        self._items: dict[str, Qualities] = defaultdict(dict)
        self._phrases: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._alike_items: dict[tuple[tuple[int, float], ...], Qualities] = {}
        self._pack = Pack()

    def put_item(self, number: int, best: Mapping[str, float]) -> None:
        """The next item of the edition, with its grams."""
        for gram, quality in best.items():
            self._items[gram][number] = quality
        self.counts.update(best.keys())

    def put_phrase(self, number: int, grams: Iterable[str]) -> None:
        """The next phrase of the edition, with its grams."""
        for gram in grams:
            self._phrases[gram].append(number)

    def keep(self, edition: str) -> None:
        """All that was put since the last edition is this one's."""
        items = self._alike_items
        self.postings[edition] = {
            gram: items.setdefault(tuple(held.items()), held) for gram, held in self._items.items()
        }
        places = {gram: self._pack.put(found) for gram, found in self._phrases.items()}
        self.phrase_postings[edition] = Packed(self._pack, places)
        self._items.clear()
        self._phrases.clear()

    def close(self) -> None:
        """Nothing more is put: how alike lists were found is let go."""
        self._alike_items.clear()
        self._pack.close()

    def holders(self) -> dict[str, tuple[str, ...]]:
        """Gram → the editions that hold it."""
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        found: dict[str, tuple[str, ...]] = {}
        for edition, postings in self.postings.items():
            longer: dict[tuple[str, ...], tuple[str, ...]] = {}
            for gram in postings:
                before = found.get(gram, ())
                if before not in longer:
                    after = (*before, edition)
                    longer[before] = alike.setdefault(after, after)
                found[gram] = longer[before]
        return found


class Phrases:
    """The phrases of items, numbered as they come."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.sizes: list[int] = []
        self.firsts: list[int] = []

    def put(self, by_phrase: Iterable[Phrase]) -> Iterator[tuple[int, Iterable[str]]]:
        """The phrases of the next item: the number of each, and its grams."""
        self.firsts.append(len(self.texts))
        for text, found in by_phrase:
            yield len(self.texts), found
            self.texts.append(text)
            self.sizes.append(len(found))
