"""A question that says nothing but a plan's name, and asks what that is or until when.

Names and question words weigh next to nothing, for they tell no entry from another; so nothing
is ranked for such a question. What an entry is called in just these words, answers it.
"""

from collections.abc import Callable, Collection

from bot.model.entries import DateKind, PlanDate
from bot.understand.index import Index, Item
from bot.understand.question import Question
from bot.understand.score import Candidate


def of_itself(
    index: Index, question: Question, editions: Collection[str], fold: Callable[[str], str]
) -> list[Candidate]:
    """The item of these editions that is called so; else what explains the plan's name, or tells
    from when to when it is. Or none.
    """
    if not question.named:
        return []
    items = [item for item in index.items if item.edition.key in editions]
    found = [item for item in items if question.key in item.phrases]
    if not found and "what" in question.asked.wants:
        found = [item for item in items if _explains_its_plan(item, fold)]
    if not found and "when" in question.asked.wants:
        found = [item for item in items if _is_of_the_whole_plan(item)]
    return [Candidate(found[0], score=1.0, cover=1.0)] if found else []


def _is_of_the_whole_plan(item: Item) -> bool:
    return isinstance(item.entry, PlanDate) and item.entry.kind is DateKind.PERIOD


def _explains_its_plan(item: Item, fold: Callable[[str], str]) -> bool:
    names = [fold(name) for name in item.edition.about.names]
    called = {*names, *(f"{name}是什麼" for name in names)}
    return not called.isdisjoint(item.phrases)
