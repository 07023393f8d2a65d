"""Answering a choice that the bot offered: by the plan's name, its area, or its number."""

import re

from bot.handlers.scope import named_scope
from bot.model.talk import Talk
from bot.understand.question import Question
from bot.understand.reader import Reader

_NUMBER = re.compile(r"^(?:第|選|選第)?\s*(\d)\s*(?:個|項|號)?$")
MUCH = 2.2  # substance, in words that no plan uses: more than a bare choice says


def chosen_plans(question: Question, talk: Talk, reader: Reader) -> tuple[str, ...]:
    """The offered plans that the message picks; empty where it is a question of its own."""
    if not talk.pending:
        return ()
    by_number = _NUMBER.match(question.key)
    if by_number and 1 <= int(by_number[1]) <= len(talk.offered):
        return (talk.offered[int(by_number[1]) - 1],)
    scope = named_scope(question, reader)
    if scope is None or question.substance > MUCH * reader.index.novel:
        return ()
    return tuple(p for p in scope.plans if p in talk.offered) or scope.plans


def is_stray_choice(question: Question, talk: Talk) -> bool:
    """Whether the message is a bare number or 第一個 while nothing was offered."""
    return not talk.pending and bool(_NUMBER.match(question.key))
