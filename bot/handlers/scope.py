"""Which plans a question is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.question import Question
from bot.understand.reader import Reader


@dataclass(frozen=True, slots=True)
class Scope:
    """The plans to look in, and whether the question named or inherited them."""

    plans: tuple[str, ...]
    is_named: bool = False


def named_scope(question: Question, reader: Reader) -> Scope | None:
    """The plans that the question names, by name or by their area; None where it names none."""
    if question.plans:
        plans = _in_area(question.plans, question, reader)
        return Scope(tuple(plans), is_named=True)
    here = [p for p in reader.plans if _area_said(p, question, reader)]
    return Scope(tuple(here), is_named=True) if here else None


def _in_area(plans: Sequence[str], question: Question, reader: Reader) -> Sequence[str]:
    here = [p for p in plans if _area_said(p, question, reader)]
    return here or plans


def _area_said(plan: str, question: Question, reader: Reader) -> bool:
    said = [p for p in question.places if not re.search(rf"(?:在|住|從|來自){p}", question.key)]
    return any(reader.covers(plan, place) for place in said)
