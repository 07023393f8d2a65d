"""How characters sound, with tones and easily confused sounds folded together."""

from collections.abc import Mapping
from functools import cache
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
def _letters() -> Mapping[str, str]:
    syllables = sorted(set(table().values()))
    return {s: chr(0xE000 + i) for i, s in enumerate(syllables)}


def spelled(text: str) -> str:
    """The text with each character that has a sound written as one letter for that sound.

    As long as the text, so that places in one are places in the other.
    """
    letters = _letters()
    return "".join(letters.get(sound(c), c) for c in text)
