"""Answering a choice that the bot offered: by number, by name, by area, by part of a title."""

import re
from dataclasses import dataclass

from bot.handlers.scope import named_scope
from bot.model.talk import Talk
from bot.understand.coverage import LIGHT
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.short_replies import Reply, hear_reply
from bot.understand.small_talk import bare
from bot.understand.symbols import GRAMMAR

_NUMBER = re.compile(
    r"^(?:第|選第?|我要第?|我選第?|就第?|看第?|問第?)?\s*(\d)\s*(?:個|項|號|種|題)?(?:的|那個)?$"
)
_LAST = re.compile(r"^(?:選|我要|我選)?(?:最後|最下面)(?:面)?(?:的|那)?1?(?:個|項)?$")
MUCH = 2.2  # substance, in words that no plan uses: more than a bare choice says
NEW_WORDS = 2  # characters that the question that waits does not have
SHORTEST = 2  # characters of a part of a title


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was picked: plans to look in, or an entry; neither where it is a question of its own."""

    plans: tuple[str, ...] = ()
    entry: str = ""

    def __bool__(self) -> bool:
        return bool(self.plans or self.entry)


def chosen(question: Question, talk: Talk, reader: Reader) -> Chosen:
    """What the message picks of the talk's offer."""
    if not talk.offered:
        return Chosen()
    number = _number(question.key, len(talk.offered))
    if number:
        return _of(talk.offered[number - 1])
    if hear_reply(bare(reader.fold(question.text))) is Reply.YES and len(talk.offered) == 1:
        return _of(talk.offered[0])
    if question.substance > MUCH * reader.index.novel or _asks_anew(question, talk, reader):
        return Chosen()
    scope = named_scope(question, reader)
    if scope and not _are_entries(talk):
        return Chosen(tuple(p for p in scope.plans if p in talk.offered) or scope.plans)
    by_part = _by_part(bare(question.key), talk, reader)
    return _of(by_part) if by_part else Chosen()


def _asks_anew(question: Question, talk: Talk, reader: Reader) -> bool:
    """Whether the message asks something of its own: a name and 講義什麼時候給 pick nothing."""
    if not question.asked.wants:
        return False
    waiting = set(reader.key(talk.pending))
    floor = LIGHT * reader.index.novel
    items, starts = question.symbols.items, question.symbols.starts
    asking = {i for s, e in question.asked.spans for i, x in enumerate(starts) if s <= x < e}
    own = [
        item
        for i, (item, weight) in enumerate(zip(items, question.weights, strict=True))
        if weight >= floor and item not in GRAMMAR and i not in asking and item not in waiting
    ]
    return len(own) >= NEW_WORDS


def is_stray_choice(question: Question, talk: Talk) -> bool:
    """Whether the message is a bare number or 第一個 while nothing was offered."""
    return not talk.offered and bool(_NUMBER.match(question.key))


def offers_plans(talk: Talk) -> bool:
    """Whether the bot asked which plan is meant, and waits."""
    return bool(talk.offered) and not _are_entries(talk)


def _are_entries(talk: Talk) -> bool:
    return any("#" in offer for offer in talk.offered)


def _of(offer: str) -> Chosen:
    return Chosen(entry=offer) if "#" in offer else Chosen(plans=(offer,))


def _number(key: str, count: int) -> int:
    if _LAST.match(key):
        return count
    found = _NUMBER.match(key)
    number = int(found[1]) if found else 0
    return number if number <= count else 0


def _by_part(said: str, talk: Talk, reader: Reader) -> str:
    """The one offer whose title holds what was said, or is held by it; empty for none or more."""
    if len(said) < SHORTEST:
        return ""
    titles = {offer: bare(reader.word(_title(offer, reader))) for offer in talk.offered}
    found = [o for o, title in titles.items() if said in title or (title and title in said)]
    return found[0] if len(found) == 1 else ""


def _title(offer: str, reader: Reader) -> str:
    item = reader.index.by_key.get(offer)
    if item:
        return item.entry.title
    editions = reader.editions(offer)
    return editions[-1].about.title if editions else ""
