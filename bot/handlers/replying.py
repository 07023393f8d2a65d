"""Short replies to what the bot asked itself: a fact, a case, one of the offered entries."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.handlers import eligible
from bot.handlers.answering import answer_with
from bot.handlers.decide import Choice
from bot.handlers.inquiry import Inquiry, Said
from bot.model.edition import Edition
from bot.model.talk import FACET
from bot.understand.score import Candidate
from bot.understand.short_replies import Reply, hear_number, hear_reply
from bot.understand.small_talk import bare

_BLANKS = re.compile(r"[\s,。!?;~、]|\.$")  # 2.9 keeps its point


def replied(inquiry: Inquiry) -> Said | None:
    """The answer where the message only replies to the bot's last question; else None."""
    expects = inquiry.talk.expects
    if not expects:
        return None
    folded = inquiry.reader.fold(inquiry.question.text)
    reply, number = hear_reply(bare(folded)), hear_number(_BLANKS.sub("", folded))
    if expects.startswith(FACET) and not reply and not number:
        return None
    if expects.startswith(FACET):
        return _case_told(inquiry, expects.removeprefix(FACET), reply, number)
    return eligible.replied(inquiry, reply, number)


def _case_told(inquiry: Inquiry, name: str, reply: Reply | None, number: str) -> Said | None:
    talk = inquiry.talk
    edition = inquiry.reader.edition(talk.entry.partition("#")[0])
    value = _value(edition, name, reply, number) if edition else ""
    if not value:
        return None
    return entry_again(inquiry, talk.entry, {**talk.facets, name: value})


def _value(edition: Edition, name: str, reply: Reply | None, number: str) -> str:
    """The value of a facet that a short reply says; yes is the value that its question names."""
    facet = edition.facets.get(name)
    if facet is None:
        return ""
    if facet.unit:
        return number
    if len(facet.values) != 2 or reply not in (Reply.YES, Reply.NO):
        return ""
    first, other = facet.values
    if facet.values[other].title in facet.ask and facet.values[first].title not in facet.ask:
        first, other = other, first
    return first if reply is Reply.YES else other


def entry_again(inquiry: Inquiry, key: str, known: Mapping[str, str]) -> Said:
    """The answer with an entry that is known to be meant, in the words of the last question."""
    item = inquiry.reader.index.by_key[key]
    asked = inquiry.talk.pending or inquiry.talk.text or item.entry.title
    question = inquiry.reader.question(asked, inquiry.now)
    said = answer_with(
        replace(inquiry, question=question), Choice(Candidate(item, 1.0, 1.0)), known
    )
    why = replace(said.answer.why, because="picked")
    talk = replace(said.talk, facets={**said.talk.facets, **known})
    return Said(replace(said.answer, why=why), talk)
