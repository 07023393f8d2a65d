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
