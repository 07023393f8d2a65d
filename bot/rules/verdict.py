"""Three-valued decisions: yes, no, or not known yet.

What is not known stays unknown: it is never taken for no, and never for zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule

Known = Mapping[str, bool | Decimal]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule comes to: True, False or None, and the conditions that decided it.

    Where it is open, `open` are the conditions that can still change it.
    """

    holds: bool | None
    decided_by: tuple[Is, ...]
    open: tuple[Is, ...]


def decide(rule: Rule, known: Known) -> Verdict:
    """The verdict of `rule` on what is known."""
    holds = _holds(rule, known)
    if holds is None:
        return Verdict(None, (), tuple(_undecided(rule, known)))
    return Verdict(holds, tuple(_deciding(rule, known, holds)), ())


def conditions(rule: Rule) -> Iterator[Is]:
    """Every single condition of a rule, in its order."""
    match rule:
        case Is():
            yield rule
        case Not(not_=part):
            yield from conditions(part)
        case _:
            for part in _parts(rule):
                yield from conditions(part)


def _parts(rule: Rule) -> tuple[Rule, ...]:
    match rule:
        case All(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            return parts
        case _:
            return ()


def _holds(rule: Rule, known: Known) -> bool | None:
    match rule:
        case Is():
            return _is(rule, known)
        case Not(not_=part):
            inner = _holds(part, known)
            return None if inner is None else not inner
        case All(all=parts):
            return _at_least(len(parts), parts, known)
        case AnyOf(any=parts):
            return _at_least(1, parts, known)
        case AtLeast(at_least=n, of=parts):
            return _at_least(n, parts, known)


def _at_least(n: int, parts: tuple[Rule, ...], known: Known) -> bool | None:
    results = [_holds(p, known) for p in parts]
    yes, open_ = results.count(True), results.count(None)
    if yes >= n:
        return True
    return None if yes + open_ >= n else False


def _is(rule: Is, known: Known) -> bool | None:
    value = known.get(rule.fact)
    if value is None:
        return None
    if rule.is_ is not None:
        return bool(value) is rule.is_
    number = Decimal(value)
    return (rule.least is None or number >= rule.least) and (
        rule.most is None or number <= rule.most
    )


def _deciding(rule: Rule, known: Known, holds: bool) -> Iterator[Is]:
    match rule:
        case Is():
            yield rule
        case Not(not_=part):
            yield from _deciding(part, known, not holds)
        case _:
            for part in _parts(rule):
                if _holds(part, known) is holds:
                    yield from _deciding(part, known, holds)


def _undecided(rule: Rule, known: Known) -> Iterator[Is]:
    match rule:
        case Is():
            if _holds(rule, known) is None:
                yield rule
        case Not(not_=part):
            yield from _undecided(part, known)
        case _:
            for part in _parts(rule):
                if _holds(part, known) is None:
                    yield from _undecided(part, known)
