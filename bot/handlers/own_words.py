"""What a question says by itself, and whether that is too little to stand alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.edition import Edition
from bot.understand.coverage import LIGHT
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.symbols import GRAMMAR

_CARRIES_ON = re.compile(r"^(?:那|如果|要是|假如|所以|還有|另外|它|這|當[天日])|(?:呢|咧|勒)$")
_TURNS_TO = re.compile("換成|換到|換問|改問|切換|回到|回去|回來|那個$")
_SAME_FOR = re.compile("也(?:是)?(?:一樣|這樣|相同|比照)嗎")
_SUPPOSES = re.compile("那?(?:如果|要是|假如|假設|萬一)")
_NO_WORDS = GRAMMAR | frozenset("前後底初那還交繳送傳給上截止")
ELLIPTIC_BELOW = 2.2  # words: less than this of its own, and a question leans on the last one
# So few words of its own, and it is of the same subject; the longer ones where they ask something.
BARE, FEW_OWN = 1, 2
# With more, a question leans on no other plan's, and is not answered for going on.
FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Rest:
    """What a question says beside facets, names, question words and grammar."""

    weight: float  # in words that no plan uses: 1.0 is one such word of one character
    words: int  # characters, or runs of letters or digits


def rest_of(question: Question, reader: Reader, edition: Edition) -> Rest:
    """What is left of the question without plans' names, cities and the facets it speaks of."""
    heard = reader.hear(edition, question.key)
    items, starts = question.symbols.items, question.symbols.starts
    named = {place for name in question.named for place in range(name.first, name.last + 1)}
    places = (m.span() for p in question.places for m in re.finditer(re.escape(p), question.key))
    facets = ((start, end) for _, start, end in heard.spans)
    said = named | _within(starts, [*places, *facets])
    asking = _within(starts, question.asked.spans)
    left = [(i, w) for i, w in enumerate(question.weights) if i not in said]
    floor = LIGHT * reader.index.novel
    words = sum(w >= floor and items[i] not in _NO_WORDS and i not in asking for i, w in left)
    return Rest(sum(w for _, w in left) / reader.index.novel, words)


def _within(starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> set[int]:
    """Places of the symbols that begin within one of the spans."""
    within = [range(start, end) for start, end in spans]
    return {place for place, start in enumerate(starts) if any(start in span for span in within)}


def leaves_out(question: Question) -> bool:
    """Whether the question is put as one that goes on: 那B組呢, 如果沒去."""
    # In the key words such as 如果 have been taken out.
    if any(map(_CARRIES_ON.search, (question.key, question.text.strip()))):
        return True
    if _TURNS_TO.search(question.text):
        return True
    return asks_the_same(question)


def supposes(question: Question) -> bool:
    """Whether another case is named and nothing asked about it: 要是有30班."""
    return bool(_SUPPOSES.match(question.text.strip())) and not question.asked.wants


def asks_the_same(question: Question) -> bool:
    """Whether the last answer is asked for somebody or something else: B組也一樣嗎."""
    return bool(_SAME_FOR.search(question.text))


def carries_on(question: Question, rest: Rest) -> bool:
    """Whether the question leaves out what the last one said: 那B組呢, 幾點開始, 地址."""
    return leaves_out(question) or not rest.words or rest.weight < ELLIPTIC_BELOW


def is_short(question: Question, rest: Rest) -> bool:
    """Whether the question says so little that it can only be of what was asked about."""
    return rest.words <= (FEW_OWN if question.asked.wants else BARE)
