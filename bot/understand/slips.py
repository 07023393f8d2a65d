"""Slips of the thumb: characters doubled, swapped, or taken for others of the same sound.

A pair of neighbours that no plan and no everyday question has gives a slip away. Only what becomes
known on every side by one change is mended; the text that people see is never touched.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.model.edition import Lexicon
from bot.understand.sounds import sound

_RUN = re.compile(r"[㐀-鿿]{2,}")
_NUMERALS = frozenset("零一二三四五六七八九十百千萬兩")
GAIN = 2  # so many known pairs must a swap make
TRIED = 120  # characters of a message that are looked at


@dataclass(frozen=True, slots=True)
class Slips:
    """Mends slips by the pairs that are known."""

    known: Collection[str]  # pairs of plans and of everyday words
    everyday: Mapping[tuple[str, str], tuple[str, ...]]  # two sounds → everyday pairs

    @classmethod
    def of(cls, pairs: Collection[str], lexicon: Lexicon, fold: Callable[[str], str]) -> "Slips":
        """Mends by these pairs of the plans, and by the words of a lexicon."""
        words = [*lexicon.common, *lexicon.same, *lexicon.fillers, *lexicon.greetings]
        words += [w for others in lexicon.same.values() for w in others]
        words += [w for patterns in lexicon.asks.values() for w in patterns]
        own = set(_pairs(map(fold, words)))
        everyday: dict[tuple[str, str], list[str]] = defaultdict(list)
        for pair in sorted(set(_pairs(map(fold, lexicon.common)))):
            everyday[sound(pair[0]), sound(pair[1])].append(pair)
        known = {p for p in pairs if len(p) == 2 and _RUN.fullmatch(p)} | own
        return cls(known, {k: tuple(v) for k, v in everyday.items()})

    def mend(self, key: str) -> str:
        """The folded text with its slips mended."""
        head, tail = key[:TRIED], key[TRIED:]
        return _RUN.sub(lambda m: self._mended(m[0]), head) + tail

    def _mended(self, run: str) -> str:
        chars = list(run)
        i = 1
        while i < len(chars):
            if chars[i - 1] + chars[i] not in self.known:
                if chars[i] == chars[i - 1] and chars[i] not in _NUMERALS:
                    del chars[i]
                    continue
                if not self._swapped(chars, i):
                    self._respelled(chars, i)
            i += 1
        return "".join(chars)

    def _swapped(self, chars: list[str], i: int) -> bool:
        """Swaps a character with the one before where none of the pairs around was known."""
        first, last = max(0, i - 2), min(len(chars), i + 2)
        now = chars[first:last]
        then = [*chars[first : i - 1], chars[i], chars[i - 1], *chars[i + 1 : last]]
        if self._count(now) or self._count(then) < GAIN:
            return False
        chars[first:last] = then
        return True

    def _respelled(self, chars: list[str], i: int) -> None:
        """Writes an everyday word as it is written, where one character was taken for another."""
        a, b = chars[i - 1], chars[i]
        before = chars[i - 2] if i > 1 else ""
        after = chars[i + 1] if i + 1 < len(chars) else ""
        for word in self.everyday.get((sound(a), sound(b)), ()):
            if (word[0] == a) == (word[1] == b):
                continue
            if before and word[0] != a and before + a in self.known:
                continue
            if after and word[1] != b and b + after in self.known:
                continue
            chars[i - 1 : i + 1] = word
            return

    def _count(self, chars: list[str]) -> int:
        return sum(a + b in self.known for a, b in pairwise(chars))


def _pairs(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        for run in _RUN.findall(word):
            yield from (run[i : i + 2] for i in range(len(run) - 1))
