"""Folded text as symbols and the pairs of neighbours that it is compared by.

A symbol is one Chinese character or one run of Latin letters or digits. Pairs (and whole runs of
letters or digits) are compared as written and, where that fails, as they sound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern

from bot.understand.sounds import sound

_WORD = re.compile(r"[㐀-鿿]|[a-z]+|\d+(?:\.\d+)?|%|\w")
# Characters that carry grammar: they count only inside a pair that the plans themselves use.
GRAMMAR = frozenset(
    "的了嗎呢啊吧是在有和跟與及或也都還就才要會能可以得把被給讓從到用對於這那哪什麼幾多少我你您他她它們個"
    "之其而且因為所則呀又再很最太請想說看問時候一不沒無未別該應需須等"
)

# Places of neighbours, and of one symbol: made once for all texts but the longest.
FAR = 512
_PAIRS = tuple((i - 1, i) for i in range(FAR))
_ALONE = tuple((i,) for i in range(FAR))


@dataclass(frozen=True, slots=True)
class Symbols:
    """A text's symbols, and where each begins in it."""

    items: tuple[str, ...]
    starts: tuple[int, ...]
    joined: tuple[bool, ...]  # whether a symbol follows the one before without a break


def split(text: str) -> Symbols:
    """The symbols of a folded text; punctuation and blanks are breaks."""
    items, starts, joined = [], [], []
    end = -1
    for found in _WORD.finditer(text):
        items.append(found[0])
        starts.append(found.start())
        joined.append(found.start() == end)
        end = found.end()
    return Symbols(tuple(items), tuple(starts), tuple(joined))


def grams(symbols: Symbols) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each pair of neighbours, and each run of two letters or digits or more, with its places."""
    for i, item in enumerate(symbols.items):
        if len(item) > 1:
            yield item, _ALONE[i] if i < FAR else (i,)
        if i and symbols.joined[i]:
            yield symbols.items[i - 1] + item, _pair(i)


def heard(symbols: Symbols) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each pair of neighbours as it sounds, with its places; pairs without a sound are left out."""
    for i, item in enumerate(symbols.items):
        if i and symbols.joined[i]:
            before = symbols.items[i - 1]
            if len(before) == 1 and len(item) == 1 and not (before + item).isascii():
                yield f"~{sound(before)} {sound(item)}", _pair(i)


def _pair(i: int) -> tuple[int, int]:
    return _PAIRS[i] if i < FAR else (i - 1, i)


Grams = tuple[tuple[str, tuple[int, ...]], ...]


def phrase(text: str) -> tuple[Symbols, Grams, Grams]:
    """A phrase's symbols, and its grams as written and as heard."""
    symbols = split(text)
    return symbols, _one_each(grams(symbols)), _one_each(heard(symbols))


def _one_each(found: Iterator[tuple[str, tuple[int, ...]]]) -> Grams:
    """Each gram the one string that the index keeps of it, too: phrases are remembered."""
    return tuple((intern(gram), places) for gram, places in found)
