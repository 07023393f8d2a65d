"""Text as it is compared: width, case, script, numbers and common synonyms made the same.

A folded text is a key for matching, never shown and never stored. Folding twice changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.understand.characters import as_taiwan_writes
from bot.understand.numbers import to_digits

# Emoji and other pictures with what joins and colours them; they carry nothing to compare.
_PICTURES = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Cn"})
_COLOURING = frozenset("\ufe0e\ufe0f\u20e3")
_ATTACHED = re.compile(r"附件(\d)((?:[、,和跟及與&\s]+(?:附件)?\d(?![\d月/]))+)")


MOST_ROUNDS = 5
_RARE = 0x10000  # characters from here on are not remembered: there are a million of them


class Folder:
    """Folds text by one lexicon's synonyms."""

    def __init__(self, same: Mapping[str, Sequence[str]]) -> None:
        self._words = {self._plain(s): self._plain(w) for w, others in same.items() for s in others}
        ordered = sorted(self._words, key=len, reverse=True)
        # A word that stands there whole is not replaced inside itself: 無線網路 in 無線網路環境.
        keep = sorted({w for w in self._words.values()}, key=len, reverse=True)
        both = sorted([*ordered, *keep], key=len, reverse=True)
        self._pattern = re.compile(_any_of(both)) if both else None

    def __call__(self, text: str) -> str:
        """The key that `text` is compared by."""
        for _ in range(MOST_ROUNDS):  # one word's folding may make another word
            folded = self._once(text)
            if folded == text:
                break
            text = folded
        return text

    def _once(self, text: str) -> str:
        text = self._plain(text)
        if self._pattern:
            text = self._pattern.sub(lambda m: self._words.get(m[0], m[0]), text)
        return text

    def _plain(self, text: str) -> str:
        text = unicodedata.normalize("NFKC", text).lower()
        if not text.isascii():
            text = as_taiwan_writes(text.translate(_SEEN))
        text = to_digits(text)
        if "附件" in text:
            text = _ATTACHED.sub(_spell_out, text)
        return " ".join(text.split())


def _is_picture(char: str) -> bool:
    return char in _COLOURING or unicodedata.category(char) in _PICTURES


class _WithoutPictures(dict[int, int | None]):
    """A table for `str.translate`; of each character it is looked up once."""

    def __missing__(self, char: int) -> int | None:
        kept = None if _is_picture(chr(char)) else char
        if char < _RARE:
            self[char] = kept
        return kept


_SEEN = _WithoutPictures()


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, of which the first in this order is taken.

    Those with the same first character stand together: where none begins, one look says so.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(_rest(word))
    return "|".join(f"{re.escape(c)}(?:{'|'.join(of)})" for c, of in rests.items())


def _rest(word: str) -> str:
    """A word without its first character; one of letters is not found inside another."""
    escaped = re.escape(word[1:])
    if not re.fullmatch(r"[a-z0-9 \-]+", word):
        return escaped
    return rf"(?<![a-z]{re.escape(word[0])}){escaped}(?![a-z])"


def _spell_out(found: re.Match[str]) -> str:
    numbers = [found[1], *re.findall(r"\d", found[2])]
    return "、".join(f"附件{n}" for n in numbers)


def either(words: Iterable[str], fold: Callable[[str], str]) -> re.Pattern[str]:
    """A pattern that finds any of these words in folded text, the longest first."""
    folded = sorted({w for w in map(fold, words) if w}, key=lambda w: (-len(w), w))
    return re.compile(_any_of(folded) if folded else r"(?!)")
