"""What a question wants to know: when, how many, how much, who, where, whether one may."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understand.gives import UNITS

_COUNTED = "|".join(u for u in (*UNITS.split("|"), "教師", "學生", "成員") if u != "個")
_UNIT = re.compile(rf"(?:幾|多少)個?({_COUNTED})?")
_QUESTION_WORD = re.compile("什麼|誰|哪|幾|多少|怎|如何|嗎|可以|能|何時|還|要不要|是不是|一定")
_WORDS = re.compile(
    "什麼時候|什麼|誰|哪|幾|多少|怎麼?|如何|嗎|可不可以|可以|能不能|能|何時|還|要不要|需要|一定要?"
)
WHOLE = 8  # characters: a longer match holds more than the asking
_PEOPLE = {"教師": "人", "學生": "人", "成員": "人"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and where in the folded text it is asked."""

    wants: frozenset[str]
    units: frozenset[str]  # of counts: 份
    spans: tuple[tuple[int, int], ...]


class Asks:
    """Hears what is wanted, by the patterns of the lexicon."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self._patterns = {want: re.compile("|".join(p)) for want, p in patterns.items()}

    def hear(self, key: str) -> Asked:
        """What a folded text wants to know."""
        wants: set[str] = set()
        spans: list[tuple[int, int]] = []
        for want, pattern in self._patterns.items():
            for m in pattern.finditer(key):
                wants.add(want)
                spans += _asking(m)
        units = {_PEOPLE.get(m[1], m[1]) for m in _UNIT.finditer(key) if m[1]}
        if units - {"月", "日", "號", "點", "天", "年"}:
            wants.add("count")
        elif "count" in wants and wants & {"when", "left", "time", "share", "money", "phone"}:
            wants.discard("count")
        return Asked(frozenset(wants), frozenset(units), tuple(spans))


def _asking(found: re.Match[str]) -> list[tuple[int, int]]:
    """The question words of what was found; what stands between them is its matter."""
    if "嗎" not in found[0] and _QUESTION_WORD.search(found[0]) and len(found[0]) <= WHOLE:
        return [found.span()]
    return [(found.start() + w.start(), found.start() + w.end()) for w in _WORDS.finditer(found[0])]


# Asks to confirm what is taken for granted: 7/31截止對吧.
CHECKS = re.compile(r"對吧|對嗎|對不對|沒錯吧|是嗎|是不是|正確嗎|是吧|吧$")
_CLAUSE = re.compile(r"[^,。;?!、\s]+[?]?")
_ASKING = re.compile(r"什麼|誰|哪|幾|多少|怎|如何|嗎|何時|可不可|能不能|要不要|是不是|\?|呢$")


def background(key: str) -> list[tuple[int, int]]:
    """Clauses that only tell the story, where another clause asks: 開學後升六年級，可以換班嗎."""
    clauses = [(m.start(), m.end(), bool(_ASKING.search(m[0]))) for m in _CLAUSE.finditer(key)]
    if not any(asks for _, _, asks in clauses):
        return []
    return [(start, end) for start, end, asks in clauses if not asks]
