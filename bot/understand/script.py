"""Whether a message is written in another language than Chinese."""

import re
import unicodedata

_HAN = re.compile(r"[㐀-鿿]")
_KANA = re.compile(r"[぀-ヿ]")
_WORD = re.compile(r"[^\W\d_]{2,}")
FEW_KANA = 2
LETTERS, WORDS = 8, 2  # fewer are an abbreviation or a name: cooc, ok


def is_foreign(text: str) -> bool:
    """Whether it is in a language that the bot cannot read: no Chinese, or Japanese."""
    text = unicodedata.normalize("NFKC", text)
    if len(_KANA.findall(text)) >= FEW_KANA:
        return True
    if _HAN.search(text):
        return False
    words = _WORD.findall(text)
    if any(not unicodedata.name(w[0], "").startswith(("LATIN", "BOPOMOFO")) for w in words):
        return True
    return len(words) >= WORDS and sum(map(len, words)) >= LETTERS
