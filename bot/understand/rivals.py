"""Whether another plan could have been meant by a question that names none."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.understand.index import Index, Item
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR, grams, split

_ATTACHED = re.compile(r"附件(\d+)")
# Beside a word they ask for it and name nothing: 有沒有敘獎.
_ASKING = re.compile("有沒有|會不會|可以|可不可以|什麼|多少|[有會嗎呢能拿給發得要請領的?]")
LITTLE_ELSE = 1.6  # new words: with less beside it, a number alone says what is meant
TELLING_FROM = 0.35  # of a new word's weight: lighter words tell no plan from another
TOPIC_FROM, TOPIC_SHARE = 0.25, 0.5  # of a new word's weight; of the question
NAME_FROM = 0.12  # of a new word's weight
LONG_TITLE = 4  # characters: one that is said whole names its entry
OWN_SHARE = 0.15  # of the question: more than this in one plan's own words decides for it


def could_mean(index: Index, question: Question, best: str, other: str) -> bool:
    """Whether edition `other` uses the words of the question that edition `best` uses.

    Words that only `best` has (前導學校, B組) say which plan is meant.
    """
    mine, mine_heard = _known(index, question, best)
    theirs, theirs_heard = _known(index, question, other)
    own_places = (mine - theirs) | (mine_heard - mine - theirs_heard)
    floor = TELLING_FROM * index.novel
    own = sum(w for p, w in enumerate(question.weights) if w >= floor and p in own_places)
    return own <= OWN_SHARE * sum(question.weights)


def _known(index: Index, question: Question, edition: str) -> tuple[set[int], set[int]]:
    """Places of the question that the edition has words for, as written and in any way."""
    grams = index.of(edition)
    written = {p for g, places in question.grams if g in grams for p in places}
    spoken = {p for g, places in question.sounds if g in grams for p in places}
    return written, written | spoken


def names_alone(index: Index, question: Question, item: Item, other: str) -> bool:
    """Whether the question calls `item` by a name that edition `other` never uses.

    A name is the item's whole title, or three symbols in a row with which it begins or ends, none
    of them grammar or a question word: 教育雲 of 教育雲入口網, 薦派表 of 候選人薦派表.
    """
    title = item.phrases[0]
    names = [n for n in _names(index, question) if title.startswith(n) or title.endswith(n)]
    if len(title) >= LONG_TITLE and title in question.key:
        names.append(title)
    return not all(_is_used(index, name, other) for name in names)


def _is_used(index: Index, name: str, edition: str) -> bool:
    held = index.of(edition)
    where = [held.get(gram, {}).keys() for gram, _ in grams(split(name))]
    of_all = set.intersection(*map(set, where)) if where else ()
    return any(_says(index.items[number], name) for number in of_all)


def titled_apart(index: Index, question: Question, item: Item, other: Item) -> bool:
    """Whether the question names `item` as its title begins, and `other` by no word of its own.

    優良學校 names 優良學校選拔 and not 傑出教師選拔, whatever else is asked of them.
    """
    mine, theirs = item.phrases[0], other.phrases[0]
    names = _names(index, question)
    named = any(mine.startswith(name) and name not in theirs for name in names)
    shared = set(pairwise(mine))
    own = [pair for pair in pairwise(theirs) if pair not in shared]
    return named and not any("".join(pair) in question.key for pair in own)


def topic_of(index: Index, question: Question) -> str:
    """The word that the question is about and says little beside; empty where it says more.

    Of 辦這個有敘獎嗎 that is 敘獎, however the sentence around it goes.
    """
    asking, floor = _asking(question), TOPIC_FROM * index.novel
    named = {p for n in question.named for p in range(n.first, n.last + 1)}
    runs: list[tuple[float, str]] = [(0.0, "")]
    total = 0.0
    for place, (item, weight) in enumerate(
        zip(question.symbols.items, question.weights, strict=True)
    ):
        if place in asking or place in named:
            runs.append((0.0, ""))
            continue
        total += weight
        if item in GRAMMAR or weight < floor:
            runs.append((0.0, ""))
            continue
        runs[-1] = (runs[-1][0] + weight, runs[-1][1] + item)
    weight, topic = max(runs)
    return topic if len(topic) > 1 and weight >= TOPIC_SHARE * total else ""


def is_about(item: Item, topic: str) -> bool:
    """Whether the title of `item` has the topic, or a phrase that asks for nothing else."""
    if topic in item.phrases[0]:
        return True
    return any(topic in p and not _ASKING.sub("", p.replace(topic, "")) for p in item.phrases[1:])


def _asking(question: Question) -> set[int]:
    """Places of the question's own question words."""
    starts = question.symbols.starts
    return {i for s, e in question.asked.spans for i, at in enumerate(starts) if s <= at < e}


def _names(index: Index, question: Question) -> Iterator[str]:
    """Runs of three symbols of the question."""
    items, joined = question.symbols.items, question.symbols.joined
    asking = _asking(question)
    floor = NAME_FROM * index.novel
    for i in range(len(items) - 2):
        places = range(i, i + 3)
        if not (joined[i + 1] and joined[i + 2]) or asking & set(places):
            continue
        if any(items[p] in GRAMMAR or question.weights[p] < floor for p in places):
            continue
        yield "".join(items[i : i + 3])


def _says(item: Item, name: str) -> bool:
    return name in item.body or any(name in phrase for phrase in item.phrases)


def sharing_a_number(index: Index, question: Question) -> list[str]:
    """Plans that have the attachment which the question names by its number and little else.

    附件1是什麼表 may mean the first attachment of each of them.
    """
    found = _ATTACHED.search(question.key)
    if not found:
        return []
    inside = range(found.start(), found.end())
    beside = sum(
        w
        for w, item, at in zip(
            question.weights, question.symbols.items, question.symbols.starts, strict=True
        )
        if at not in inside and item not in GRAMMAR
    )
    if beside > LITTLE_ELSE * index.novel:
        return []
    pair = f"件{found[1]}"
    held = {k: index.of(k).get(pair, {}) for k in index.holders.get(pair, ())}
    plans = [
        index.items[numbers[0]].edition.plan
        for n in held.values()
        if (numbers := [i for i in n if any(found[0] in p for p in index.items[i].phrases)])
    ]
    return list(dict.fromkeys(plans))
