"""Greetings, thanks and cries for help: messages that ask nothing of a plan."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.model.edition import Lexicon

# Around what is wished for; other polite words are the lexicon's, and `Tidy` takes them out.
_WISH = re.compile(r"^(?:請|可不可以|可以|能不能|能|幫忙|我|想|要|直接|給)+|(?:嗎|好|呢|了)+$")
_SIGH = re.compile(
    r"(?:唉|哎|欸|天啊|我們?|今天|最近|這週|真的|實在|最後|終於|開會|改作業|上班|備課|整天|也|又|都|就|有夠|好|很|太|超級?|快要?|有點"
    r"|被|搞得|弄得|忙到|做到|改到|開到)*"
    r"(?:累|疲倦|疲憊|煩|忙|辛苦|焦慮|緊張|想睡|想哭|想放假|想下班|不想上班|頭痛|撐不住|壓力大|壓力好大|開心|高興)"
    r"(?:死|爆|翻|壞)?(?:我|人)?(?:了|喔|哦|啊|呀|耶|啦|唷|哈|嗚|的|吧|q|w|><)*"
)
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


def sighs(key: str) -> bool:
    """Whether a bare folded message only says how somebody feels: 今天好累喔."""
    return bool(_SIGH.fullmatch(key))


@lru_cache(maxsize=2_048)  # one handler after the other asks for it
def bare(key: str) -> str:
    """A folded text without blanks and punctuation."""
    return _NOISE.sub("", key)
