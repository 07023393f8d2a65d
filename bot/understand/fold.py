"""Text as it is compared: width, case, script, numbers and common synonyms made the same.

A folded text is a key for matching, never shown and never stored. Folding twice changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

import opencc

from bot.understand.numbers import to_digits

_SPACES = re.compile(r"\s+")
# Emoji and other pictures with what joins and colours them; they carry nothing to compare.
_PICTURES = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Cn"})
_COLOURING = frozenset("\ufe0e\ufe0f\u20e3")
_ATTACHED = re.compile(r"附件(\d)((?:[、,和跟及與&\s]+(?:附件)?\d(?![\d月/]))+)")


MOST_ROUNDS = 5


class Folder:
    """Folds text by one lexicon's synonyms."""

    def __init__(self, same: Mapping[str, Sequence[str]]) -> None:
        self._convert = opencc.OpenCC("s2t").convert
        self._words = {self._plain(s): self._plain(w) for w, others in same.items() for s in others}
        ordered = sorted(self._words, key=len, reverse=True)
        # A word that stands there whole is not replaced inside itself: 無線網路 in 無線網路環境.
        keep = sorted({w for w in self._words.values()}, key=len, reverse=True)
        both = sorted([*ordered, *keep], key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_whole, both))) if both else None

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
            pictures = {ord(c): None for c in set(text) if _is_picture(c)}
            text = text.translate(pictures) if pictures else text
        text = self._convert(text).replace("裏", "裡")
        text = to_digits(text)
        text = _ATTACHED.sub(_spell_out, text)
        return _SPACES.sub(" ", text).strip()


def _is_picture(char: str) -> bool:
    return char in _COLOURING or unicodedata.category(char) in _PICTURES


def _whole(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<![a-z]){escaped}(?![a-z])" if re.fullmatch(r"[a-z0-9 \-]+", word) else escaped


def _spell_out(found: re.Match[str]) -> str:
    numbers = [found[1], *re.findall(r"\d", found[2])]
    return "、".join(f"附件{n}" for n in numbers)


def either(words: Iterable[str], fold: Callable[[str], str]) -> re.Pattern[str]:
    """A pattern that finds any of these words in folded text, the longest first."""
    folded = sorted({w for w in map(fold, words) if w}, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(_whole, folded)) if folded else r"(?!)")
