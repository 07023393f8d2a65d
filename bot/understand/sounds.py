"""How characters sound, with tones and easily confused sounds folded together."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files


@cache
def table() -> Mapping[str, str]:
    """Character → folded syllable, for the characters of Big5."""
    text = (files("bot.understand") / "sounds.txt").read_text(encoding="utf-8")
    pairs = (line.split(" ", 1) for line in text.splitlines())
    return {char: syllable for syllable, chars in pairs for char in chars}


def sound(char: str) -> str:
    """The folded syllable of a character; the character itself where it has none."""
    return table().get(char, char)


@cache
def _letters() -> Mapping[int, str]:
    sounds = table()
    letters = {s: chr(0xE000 + i) for i, s in enumerate(sorted(set(sounds.values())))}
    # A letter that is spelled as a syllable sounds like it.
    alone = {s: s for s in letters if len(s) == 1 and s not in sounds}
    return {ord(char): letters[s] for char, s in {**sounds, **alone}.items()}


@lru_cache(maxsize=512)  # the facets of each edition are listened for in the same text
def spelled(text: str) -> str:
    """The text with each character that has a sound written as one letter for that sound.

    As long as the text, so that places in one are places in the other.
    """
    return text.translate(_letters())
