"""Greetings, thanks and cries for help: messages that ask nothing of a plan."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.model.edition import Lexicon

_NOISE = re.compile(r"[\s,。?!~、.]")


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The whole messages, bare, that are greetings, thanks or ask for help."""

    hellos: frozenset[str]  # and what asks for help: both get the welcome
    thanks: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon, fold: Callable[[str], str]) -> "SmallTalk":
        """The small talk of a lexicon."""

        def keys(words: Iterable[str]) -> frozenset[str]:
            return frozenset(bare(fold(w)) for w in words)

        return cls(keys((*lexicon.helps, *lexicon.greetings)), keys(lexicon.thanks))


def bare(key: str) -> str:
    """A folded text without blanks and punctuation."""
    return _NOISE.sub("", key)
