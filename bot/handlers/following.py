"""A question that goes on from the last one: another case, another aspect, another plan."""

from dataclasses import replace

from bot.handlers import eligible, lookup, replying
from bot.handlers.carrying_out import ask_which, carry_out
from bot.handlers.decide import Choice, decide
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.leaning import in_another_plan, with_talk
from bot.handlers.own_words import FEW_WORDS, leaves_out, rest_of
from bot.handlers.scope import Scope
from bot.handlers.short_follow_up import subject_of
from bot.model.entries import Eligibility, PlanDate
from bot.rules.dates import cases_of
from bot.understand.rivals import could_mean

LEANT = 0.45  # score from which an elliptic question is answered with the last one's help
# How much better another plan must fit to leave the talk's plan: with words of its own, without.
REACHED_BY = frozenset({"phone", "mail"})
CLEARLY_ELSEWHERE, FAR_BETTER_ELSEWHERE = 0.15, 0.3


def followed(inquiry: Inquiry, named: Scope | None, is_correction: bool) -> Said | None:
    """The answer where the question goes on from the talk; None where it stands by itself.

    `named` are the plans that the question names itself. A correction replaces what the last
    question said.
    """
    if named is None:
        return _in_the_plan(inquiry, is_correction)
    if len(named.plans) != 1 or not (is_correction or leaves_out(inquiry.question)):
        return None
    plan = named.plans[0]
    if plan == inquiry.talk.plan:
        return _in_the_plan(inquiry, is_correction)
    return _carried_over(inquiry, plan)


def _in_the_plan(inquiry: Inquiry, is_correction: bool) -> Said | None:
    talk, reader = inquiry.talk, inquiry.reader
    scope = Scope((talk.plan,))
    by_day = _by_day(inquiry, scope)
    if by_day:
        return by_day
    going_on = eligible.going_on(inquiry)
    if going_on and not _stands_alone(inquiry):
        return going_on
    leant = with_talk(inquiry, is_correction)
    if not is_correction:
        other = _another_plan(inquiry, leant.candidates[0].score if leant.candidates else 0.0)
        if other:
            near = tuple(leant.candidates[:1])
            return ask_which(inquiry, Choice(plans=(talk.plan, other), near=near))
    choice = decide(leant.candidates, inquiry.question, reader.index, True)
    if leant.leaves_much_out and leant.candidates and leant.candidates[0].score >= LEANT:
        choice = Choice(leant.candidates[0], near=choice.near)
    said = carry_out(inquiry, scope, choice, leant.known)
    if leant.is_elliptic and said.talk.entry == talk.entry:  # still about what was asked in full
        return replace(said, talk=replace(said.talk, text=talk.text))
    if leant.leaves_much_out and said.talk.text == inquiry.question.text:
        about = subject_of(reader.question(talk.text, inquiry.now))
        return replace(said, talk=replace(said.talk, text=f"{about} {said.talk.text}"))
    return said


def _by_day(inquiry: Inquiry, scope: Scope) -> Said | None:
    talk = inquiry.talk
    if talk.entry != lookup.BY_DAY and not inquiry.question.days:
        return None
    of_session = _of_another_session(inquiry)
    if of_session:
        return of_session
    found = lookup.by_day(inquiry, scope)
    return Said(found, inquiry.moved(talk.plan, lookup.BY_DAY)) if found else None


def _of_another_session(inquiry: Inquiry) -> Said | None:
    """The date that was asked for last, of the session that is named by its day: 6/22那場呢."""
    item = inquiry.reader.index.by_key.get(inquiry.talk.entry)
    if item is None or not isinstance(item.entry, PlanDate):
        return None
    if not lookup.is_only_a_session(inquiry.question):
        return None
    meant = lookup.held_then(inquiry.question, item.edition)
    cases = cases_of(item.entry, item.edition)
    if not any(case.given and case.given.holds(meant) for case in cases):
        return None
    return replying.entry_again(inquiry, item.key, meant)


def _stands_alone(inquiry: Inquiry) -> bool:
    """Whether what might tell facts about oneself asks in full for something that the plan says."""
    question, talk, reader, now = inquiry.question, inquiry.talk, inquiry.reader, inquiry.now
    if not question.asked.wants:
        return False
    if rest_of(question, reader, reader.edition_at(talk.plan, now)).words <= FEW_WORDS:
        return False
    choice = decide(reader.rank(question, [talk.plan], now), question, reader.index, True)
    best = choice.best if choice.is_sure else None
    return best is not None and not isinstance(best.item.entry, Eligibility)


def _carried_over(inquiry: Inquiry, plan: str) -> Said | None:
    """The last question asked of another plan: 那社群的呢; None where it does not fit there."""
    talk, reader, now = inquiry.talk, inquiry.reader, inquiry.now
    last = reader.question(talk.text, now)
    candidates = in_another_plan(inquiry, plan, last)
    if not candidates:
        return None
    choice = decide(candidates, inquiry.question, reader.index, True)
    if candidates[0].score < LEANT:
        return None
    if choice.best is None or not choice.is_sure:
        choice = Choice(candidates[0], near=choice.near)
    wants = inquiry.question.asked.wants or last.asked.wants
    question = replace(
        inquiry.question, asked=replace(inquiry.question.asked, wants=wants), text=last.text
    )
    asked = replace(inquiry, question=question)
    return carry_out(asked, Scope((plan,), is_named=True), choice, {})


def _another_plan(inquiry: Inquiry, here: float) -> str:
    """A plan that answers far better, or better and in words that the talk's plan does not have.

    Empty where there is none. Nobody named it, so it is asked about: another plan's rule taken
    for this one's is the worst answer.
    """
    question, reader, talk = inquiry.question, inquiry.reader, inquiry.talk
    if question.asked.wants & REACHED_BY:
        return ""  # whom to call: about what was spoken of
    everywhere = reader.rank(question, reader.plans, inquiry.now)
    choice = decide(everywhere, question, reader.index, False)
    if choice.best is None or not choice.is_sure:
        return ""
    home, current = choice.best.item.edition, reader.edition_at(talk.plan, inquiry.now)
    if home.plan == talk.plan or choice.best.score <= here + CLEARLY_ELSEWHERE:
        return ""
    if choice.best.score >= here + FAR_BETTER_ELSEWHERE and not leaves_out(question):
        return home.plan
    return "" if could_mean(reader.index, question, home.key, current.key) else home.plan
