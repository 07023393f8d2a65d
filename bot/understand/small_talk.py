"""Greetings, thanks and cries for help: messages that ask nothing of a plan."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.model.edition import Lexicon

# Around what is wished for; other polite words are the lexicon's, and `Tidy` takes them out.
_WISH = re.compile(r"^(?:請|可不可以|可以|能不能|能|幫忙|我|想|要|直接|給)+|(?:嗎|好|呢|了)+$")
_NOISE = re.compile(r"[\s,。?!~、.]")


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The whole messages, bare, that are greetings, thanks or ask for help."""

    hellos: frozenset[str]  # and what asks for help: both get the welcome
    thanks: frozenset[str]
    people: frozenset[str]  # what asks for a person in place of the bot

    @classmethod
    def of(cls, lexicon: Lexicon, fold: Callable[[str], str]) -> "SmallTalk":
        """The small talk of a lexicon."""

        def keys(words: Iterable[str]) -> frozenset[str]:
            return frozenset(bare(fold(w)) for w in words)

        return cls(
            keys((*lexicon.helps, *lexicon.greetings)), keys(lexicon.thanks), keys(lexicon.people)
        )

    def calls_for_people(self, key: str) -> bool:
        """Whether a folded text, tidied or not, says no more than that a person is wanted."""
        said = bare(key)
        return said in self.people or _WISH.sub("", said) in self.people


def bare(key: str) -> str:
    """A folded text without blanks and punctuation."""
    return _NOISE.sub("", key)
