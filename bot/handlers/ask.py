"""A question in words: find what it is about and answer, ask back, or say that no plan says it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.answers.cards import card_for
from bot.answers.membership import on_the_list
from bot.answers.wanted import Wanted
from bot.handlers import asking_back, eligible, lookup, not_said
from bot.handlers.choosing import chosen_plans
from bot.handlers.decide import Choice, decide
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.scope import Scope, named_scope, with_talk
from bot.messages import Answer, Outcome, Why
from bot.model.entries import Eligibility, Unsaid
from bot.model.talk import Talk
from bot.understand.lacks import lacks
from bot.understand.reader import Reader
from bot.understand.score import Candidate, words_of

CLEARLY_ELSEWHERE = 0.15  # how much better another plan must fit to leave the talk's plan


def answer_question(masked: str, talk: Talk, reader: Reader, now: datetime) -> Said:
    """The answer to one masked question in a talk that is not too old."""
    question = reader.question(masked, now)
    inquiry = Inquiry(question=question, talk=talk, reader=reader, now=now)
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
    candidates = inquiry.reader.rank(inquiry.question, scope.plans, inquiry.now)
    choice = decide(candidates, inquiry.question, inquiry.reader.index, bool(one))
    return _carried_out(inquiry, scope, choice, {})


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
    question, index = inquiry.question, reader.index
    all_plans = reader.rank(question, reader.plans, inquiry.now)
    everywhere = decide(all_plans, question, index, False).best
    here = candidates[0] if candidates else None
    if here is None:
        return None
    away = everywhere and everywhere.item.edition.plan != talk.plan
    if away and everywhere and everywhere.score > here.score + CLEARLY_ELSEWHERE:
        return None
    choice = decide(candidates, question, index, True)
    if elliptic and choice.best is None:
        choice = Choice(here if here.score >= 0.4 else None, near=choice.near)
    if choice.best is None and not elliptic:
        return None
    return _carried_out(inquiry, scope, choice, known)


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
    return answer_with(inquiry, choice.best, choice.near, known)


def _ask_which(inquiry: Inquiry, choice: Choice) -> Said:
    answer = asking_back.which_plan(inquiry, choice)
    talk = replace(inquiry.moved(), pending=inquiry.question.text, offered=choice.plans)
    return Said(replace(answer, why=_why(inquiry, None, choice.near)), talk)


def answer_with(
    inquiry: Inquiry,
    best: Candidate,
    near: tuple[Candidate, ...] = (),
    known: Mapping[str, str] | None = None,
) -> Said:
    """The answer with this item, the facets of the question worked in."""
    edition, entry = best.item.edition, best.item.entry
    heard = inquiry.reader.hear(edition, inquiry.question.key).known
    settled = {**(known or {}), **heard}
    talk = inquiry.moved(edition.plan, best.item.key, settled)
    if isinstance(entry, Eligibility):
        card = eligible.verdict_card(inquiry, edition, entry, inquiry.question.text)
    else:
        wanted = Wanted(
            known=settled,
            wants=inquiry.question.asked.wants,
            now=inquiry.now,
            role=best.item.role,
            permission=best.item.permission,
        )
        card = card_for(edition, entry, wanted)
        listed = on_the_list(inquiry.question.text, "\n".join((card.lead, *card.facts)))
        card = replace(card, lead=listed + card.lead)
    outcome = Outcome.ANSWERED
    parts = (card,)
    missing = lacks(inquiry.question, best.item)
    if missing:
        outcome = Outcome.UNKNOWN
        parts = (not_said.lacking_card(card, edition, missing),)
    if isinstance(entry, Unsaid):
        outcome = Outcome.UNKNOWN
        parts = (not_said.gap_card(card, edition, entry),)
    answer = Answer(
        parts=parts,
        quick=asking_back.related(inquiry, best, near),
        outcome=outcome,
        why=_why(inquiry, best, near),
    )
    return Said(answer, talk)


def _why(inquiry: Inquiry, best: Candidate | None, near: tuple[Candidate, ...]) -> Why:
    rivals = tuple((c.item.key, round(c.score, 3)) for c in near if c is not best)
    if best is None:
        return Why(rivals=rivals)
    edition = best.item.edition
    return Why(
        plan=edition.plan,
        edition=edition.edition,
        entry=best.item.key.partition("#")[2],
        score=round(best.score, 3),
        words=words_of(inquiry.reader.index, inquiry.question, best.item),
        rivals=rivals,
    )
