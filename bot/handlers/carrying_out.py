"""What was chosen, carried out: answered, asked back, or said to be in no plan."""

from collections.abc import Mapping
from dataclasses import replace

from bot.handlers import asking_back, not_said
from bot.handlers.answering import answer_with, why
from bot.handlers.decide import Choice
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.scope import Scope


def carry_out(inquiry: Inquiry, scope: Scope, choice: Choice, known: Mapping[str, str]) -> Said:
    """What is said to the choice; `known` are facets that the conversation has settled."""
    outside = not_said.outside(inquiry, scope, choice)
    if outside:
        return Said(outside, inquiry.moved(scope.plans[0] if scope.is_named else ""))
    if choice.plans:
        return ask_which(inquiry, choice)
    if choice.best is None:
        plan = scope.plans[0] if len(scope.plans) == 1 else ""
        near = not_said.near_ones(choice)
        talk = inquiry.moved(plan)
        if near:
            offered = tuple(c.item.key for c in near)
            talk = replace(talk, pending=inquiry.question.text, offered=offered)
        return Said(not_said.unknown(inquiry, plan, choice), talk)
    return answer_with(inquiry, choice, known)


def ask_which(inquiry: Inquiry, choice: Choice) -> Said:
    """Asks which plan is meant, the nearest in time first; the question waits."""
    year = inquiry.now.year - 1911

    def away(plan: str) -> int:
        return abs(inquiry.reader.edition_at(plan, inquiry.now).about.year - year)

    choice = replace(choice, plans=tuple(sorted(choice.plans, key=away)))
    answer = asking_back.which_plan(inquiry, choice)
    talk = replace(inquiry.moved(), pending=inquiry.question.text, offered=choice.plans)
    return Said(replace(answer, why=why(inquiry, choice, "which plan")), talk)
