"""A question in words: find what it is about and answer, ask back, or say that no plan says it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.handlers import asking_back, eligible, lookup, not_said
from bot.handlers.answering import answer_with, why
from bot.handlers.choosing import chosen_plans, is_stray_choice
from bot.handlers.decide import Choice, decide
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.scope import Scope, named_scope, with_talk
from bot.model.talk import Talk
from bot.understand.index import is_gap
from bot.understand.reader import Reader
from bot.understand.rivals import could_mean
from bot.understand.score import Candidate

LEANT = 0.45  # score from which an elliptic question is answered with the last one's help
PLAINLY = 0.6  # score from which another plan than the one named may answer
CLEARLY_ELSEWHERE = 0.15  # how much better another plan must fit to leave the talk's plan


def answer_question(masked: str, talk: Talk, reader: Reader, now: datetime) -> Said:
    """The answer to one masked question in a talk that is not too old."""
    question = reader.question(masked, now)
    inquiry = Inquiry(question=question, talk=talk, reader=reader, now=now)
    if is_stray_choice(question, talk):
        return Said(not_said.unknown(inquiry, "", Choice()), talk)
    plans = chosen_plans(question, talk, reader)
    if plans:
        pending = reader.question(talk.pending, now)
        return _looked_up(replace(inquiry, question=pending), Scope(plans, is_named=True))
    scope = named_scope(question, reader)
    if scope is None and talk.plan:
        followed = _followed(inquiry)
        if followed:
            return followed
    return _looked_up(inquiry, scope or Scope(tuple(reader.plans)))


def _looked_up(inquiry: Inquiry, scope: Scope) -> Said:
    """The answer to a question that stands by itself."""
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
    return _carried_out(inquiry, scope, choice, {})


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


def _followed(inquiry: Inquiry) -> Said | None:
    """The answer where the question goes on about the talk's plan; None where it does not."""
    talk, reader = inquiry.talk, inquiry.reader
    scope = Scope((talk.plan,))
    if talk.entry == lookup.BY_DAY or inquiry.question.days:
        by_day = lookup.by_day(inquiry, scope)
        if by_day:
            return Said(by_day, inquiry.moved(talk.plan, lookup.BY_DAY))
    going_on = eligible.going_on(inquiry)
    if going_on:
        return going_on
    candidates, known, elliptic = with_talk(inquiry.question, talk, reader, inquiry.now)
    other = _another_plan(inquiry, candidates[0].score if candidates else 0.0)
    if other:
        return _ask_which(inquiry, Choice(plans=(talk.plan, other), near=tuple(candidates[:1])))
    choice = decide(candidates, inquiry.question, reader.index, True)
    if elliptic and candidates and candidates[0].score >= LEANT:
        choice = Choice(candidates[0], near=choice.near)
    said = _carried_out(inquiry, scope, choice, known)
    if elliptic and said.talk.entry == talk.entry:  # still about what was asked in full
        return replace(said, talk=replace(said.talk, text=talk.text))
    return said


def _another_plan(inquiry: Inquiry, here: float) -> str:
    """A plan that answers clearly better, in words that the talk's plan does not have; else empty.

    Nobody named it, so it is asked about: another plan's rule taken for this one's is the worst
    answer.
    """
    question, reader, talk = inquiry.question, inquiry.reader, inquiry.talk
    everywhere = reader.rank(question, reader.plans, inquiry.now)
    choice = decide(everywhere, question, reader.index, False)
    if choice.best is None or not choice.is_sure:
        return ""
    home, current = choice.best.item.edition, reader.edition_at(talk.plan, inquiry.now)
    if home.plan == talk.plan or choice.best.score <= here + CLEARLY_ELSEWHERE:
        return ""
    return "" if could_mean(reader.index, question, home.key, current.key) else home.plan


def _carried_out(inquiry: Inquiry, scope: Scope, choice: Choice, known: Mapping[str, str]) -> Said:
    outside = not_said.outside(inquiry, scope, choice)
    if outside:
        return Said(outside, inquiry.moved(scope.plans[0] if scope.is_named else ""))
    if choice.plans:
        return _ask_which(inquiry, choice)
    if choice.best is None:
        plan = scope.plans[0] if len(scope.plans) == 1 else ""
        answer = not_said.unknown(inquiry, plan, choice)
        return Said(answer, inquiry.moved(plan))
    return answer_with(inquiry, choice, known)


def _ask_which(inquiry: Inquiry, choice: Choice) -> Said:
    year = inquiry.now.year - 1911

    def away(plan: str) -> int:
        return abs(inquiry.reader.edition_at(plan, inquiry.now).about.year - year)

    choice = replace(choice, plans=tuple(sorted(choice.plans, key=away)))
    answer = asking_back.which_plan(inquiry, choice)
    talk = replace(inquiry.moved(), pending=inquiry.question.text, offered=choice.plans)
    return Said(replace(answer, why=why(inquiry, choice)), talk)
