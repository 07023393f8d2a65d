"""Three-valued decisions: yes, no, or not known yet.

What is not known stays unknown: it is never taken for no, and never for zero. A verdict is yes or
no only where every way in which the rest may turn out says the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule
from bot.rules.questions import to_ask
from bot.rules.residue import Known, Ways, conditions, left_of

__all__ = ["Known", "Verdict", "conditions", "decide"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule comes to: True, False or None, and the conditions that decided it.

    Where it is open, `open` are the conditions that can still change it, and `ask` their facts,
    the one to ask for next first; `missed` are those that do not hold, and some part by them.
    """

    holds: bool | None
    decided_by: tuple[Is, ...] = ()
    open: tuple[Is, ...] = ()
    ask: tuple[str, ...] = ()
    missed: tuple[Is, ...] = ()


def decide(rule: Rule, known: Known, unsure: frozenset[str] = frozenset()) -> Verdict:
    """The verdict of `rule` on what is known.

    Args:
        unsure: facts that cannot be told; they stay open and are not asked for.
    """
    left = left_of(rule, known)
    if isinstance(left, bool):
        return Verdict(left, tuple(_deciding(rule, known, left)))
    ends = Ways(rule).ends(left)
    if len(ends) == 1:  # whatever the rest turns out to be: all the conditions together decide
        return Verdict(next(iter(ends)), tuple(dict.fromkeys(conditions(rule))))
    every = frozenset(to_ask(rule, known))
    open_ = dict.fromkeys(c for c in conditions(left) if c.fact in every)
    missed = tuple(c for c in _deciding(rule, known, False) if left_of(c, known) is False)
    return Verdict(None, open=tuple(open_), ask=to_ask(rule, known, unsure), missed=missed)


def _parts(rule: Rule) -> tuple[Rule, ...]:
    match rule:
        case All(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            return parts
        case _:
            return ()


def _deciding(rule: Rule, known: Known, holds: bool) -> Iterator[Is]:
    match rule:
        case Is():
            yield rule
        case Not(not_=part):
            yield from _deciding(part, known, not holds)
        case _:
            for part in _parts(rule):
                if left_of(part, known) is holds:
                    yield from _deciding(part, known, holds)
