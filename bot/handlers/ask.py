"""A question in words: find what it is about and answer, ask back, or say that no plan says it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import cast
from weakref import ref

from bot.handlers import following, lookup, not_said, replying
from bot.handlers.carrying_out import carry_out
from bot.handlers.choosing import Chosen, chosen, is_stray_choice
from bot.handlers.decide import Choice, decide
from bot.handlers.guests import seen_from_here
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.scope import Scope, named_scope
from bot.model.talk import Talk
from bot.understand.gathered import once_a_reader
from bot.understand.index import is_gap
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.score import Candidate
from bot.understand.short_replies import corrected

REMEMBERED = 256  # questions that stand by themselves, of a minute
PLAINLY = 0.6  # score from which another plan than the one named may answer


def answer_question(masked: str, talk: Talk, reader: Reader, now: datetime) -> Said:
    """The answer to one masked question in a talk that is not too old."""
    question = reader.question(masked, now)
    inquiry = Inquiry(question=question, talk=talk, reader=reader, now=now)
    replied = replying.replied(inquiry)
    if replied:
        return replied
    if is_stray_choice(question, talk):
        return Said(not_said.unknown(inquiry, "", Choice()), talk)
    picked = chosen(question, talk, reader)
    if picked:
        return _picked(inquiry, picked)
    better = corrected(reader.fold(masked)) if talk.text else ""
    if better:
        inquiry = replace(inquiry, question=reader.question(better, now))
    inquiry = replace(inquiry, question=seen_from_here(inquiry))
    scope = named_scope(inquiry.question, reader)
    if talk.plan:
        followed = following.followed(inquiry, scope, is_correction=bool(better))
        if followed:
            return followed
    return _looked_up(inquiry, scope or Scope(tuple(reader.plans)))


def _picked(inquiry: Inquiry, picked: Chosen) -> Said:
    """The answer to the question that waited, now that it is known what is meant."""
    if picked.entry:
        return replying.entry_again(inquiry, picked.entry, {})
    pending = inquiry.reader.question(inquiry.talk.pending, inquiry.now)
    return _looked_up(replace(inquiry, question=pending), Scope(picked.plans, is_named=True))


def _looked_up(inquiry: Inquiry, scope: Scope) -> Said:
    """The answer to a question that stands by itself, whatever was said before it.

    It is found once for all who ask in a minute, but a verdict for those who told something.
    """
    question, talk = inquiry.question, inquiry.talk
    asks = () if question.asked.wants else talk.asks
    found = _by_itself(inquiry.reader)(question, scope, asks)
    after = found.talk
    has_told = talk.facts or talk.entry == after.entry or (talk.facets and talk.plan == after.plan)
    if found.is_personal and has_told:
        return _found(inquiry, scope)
    moved = inquiry.moved(after.plan, after.entry, after.facets)
    moved = replace(
        moved,
        text=after.text,
        facts={**talk.facts, **after.facts},
        pending=after.pending,
        offered=after.offered,
        expects=after.expects,
    )
    return replace(found, talk=moved)


@once_a_reader
def _by_itself(reader: Reader) -> Callable[[Question, Scope, tuple[str, ...]], Said]:
    """What is said to a question with which a talk begins, and what was wanted before it."""
    held = ref(reader)  # what is kept with a reader must not keep it

    @lru_cache(maxsize=REMEMBERED)
    def by_itself(question: Question, scope: Scope, asks: tuple[str, ...]) -> Said:
        reader = cast(Reader, held())
        talk = Talk(asks=asks)
        return _found(Inquiry(question=question, talk=talk, reader=reader, now=question.at), scope)

    return by_itself


def _found(inquiry: Inquiry, scope: Scope) -> Said:
    one = scope.plans[0] if len(scope.plans) == 1 else ""
    by_day = lookup.by_day(inquiry, scope)
    if by_day:
        return Said(by_day, inquiry.moved(one, lookup.BY_DAY))
    question, reader = inquiry.question, inquiry.reader
    candidates = reader.rank(question, scope.plans, inquiry.now)
    if scope.is_named and len(scope.plans) > 1:
        candidates = _speaking_of_all(inquiry, candidates)
        one = "" if len({c.item.edition.plan for c in candidates}) > 1 else scope.plans[0]
    choice = decide(candidates, question, reader.index, bool(one))
    if scope.is_named and (choice.best is None or not choice.is_sure or is_gap(choice.best.item)):
        choice = _elsewhere(inquiry) or choice
    return carry_out(inquiry, scope, choice, {})


def _speaking_of_all(inquiry: Inquiry, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates of the plan whose entry speaks of the other names; all where none does.

    A question of one plan may hold another's name: a word of the first plan's own text.
    """
    for candidate in candidates[:3]:
        item = candidate.item
        said = "\n".join((*item.phrases, item.body))
        others = [n.name for n in inquiry.question.named if item.edition.plan not in n.plans]
        if others and all(name in said for name in others):
            return [c for c in candidates if c.item.edition.plan == item.edition.plan]
    return candidates


def _elsewhere(inquiry: Inquiry) -> Choice | None:
    """A sure answer of another plan that speaks of what was named itself.

    For a name that is also a platform's: its account may be another plan's matter.
    """
    question, reader = inquiry.question, inquiry.reader
    everywhere = reader.rank(question, reader.plans, inquiry.now)
    choice = decide(everywhere, question, reader.index, False)
    best = choice.best
    if best is None or not choice.is_sure or best.score < PLAINLY or is_gap(best.item):
        return None
    said = "\n".join(best.item.phrases)
    return choice if all(named.name in said for named in question.named) else None
