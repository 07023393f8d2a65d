"""What is left of a rule once some facts are known, and what that can still come to.

A number fact is taken by its stretches: all values between two bounds of the rule are alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule

Value = bool | Decimal
Known = Mapping[str, Value]
Left = Rule | bool  # False and True: decided


def conditions(rule: Rule) -> Iterator[Is]:
    """Every single condition of a rule, in its order."""
    match rule:
        case Is():
            yield rule
        case Not(not_=part):
            yield from conditions(part)
        case All(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                yield from conditions(part)


def facts_of(rule: Left) -> list[str]:
    """The facts that a rule speaks of, in its order, each once."""
    return [] if isinstance(rule, bool) else list(dict.fromkeys(c.fact for c in conditions(rule)))


def is_met(condition: Is, value: Value) -> bool:
    """Whether a condition holds where its fact is `value`."""
    if condition.is_ is not None:
        return bool(value) is condition.is_
    number = Decimal(value)
    return (condition.least is None or number >= condition.least) and (
        condition.most is None or number <= condition.most
    )


def left_of(rule: Rule, known: Known) -> Left:
    """What is left to be known of a rule; a bool where each part is decided by itself."""
    match rule:
        case Is():
            value = known.get(rule.fact)
            return rule if value is None else is_met(rule, value)
        case Not(not_=part):
            rest = left_of(part, known)
            if isinstance(rest, bool):
                return not rest
            return rest.not_ if isinstance(rest, Not) else Not(not_=rest)
        case All(all=parts):
            return _so_many(len(parts), parts, known)
        case AnyOf(any=parts):
            return _so_many(1, parts, known)
        case AtLeast(at_least=n, of=parts):
            return _so_many(n, parts, known)


def _so_many(n: int, parts: tuple[Rule, ...], known: Known) -> Left:
    rests = [left_of(part, known) for part in parts]
    wanted = n - sum(rest is True for rest in rests)
    opened = tuple(rest for rest in rests if not isinstance(rest, bool))
    if wanted <= 0:
        return True
    if wanted > len(opened):
        return False
    if len(opened) == 1:
        return opened[0]
    if wanted == len(opened):
        return All(all=opened)
    return AnyOf(any=opened) if wanted == 1 else AtLeast(at_least=wanted, of=opened)


def stretches(rule: Rule) -> dict[str, tuple[Value, ...]]:
    """For each fact of a rule one value of every stretch of values that the rule tells apart."""
    by_fact: dict[str, list[Is]] = {}
    for condition in conditions(rule):
        by_fact.setdefault(condition.fact, []).append(condition)
    return {fact: _stretches(found) for fact, found in by_fact.items()}


def _stretches(found: list[Is]) -> tuple[Value, ...]:
    if all(c.is_ is not None for c in found):
        return (True, False)
    bounds = sorted({b for c in found for b in (c.least, c.most) if b is not None})
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    told: dict[tuple[bool, ...], Value] = {}
    for value in (*bounds, *between, bounds[0] - 1, bounds[-1] + 1):  # bounds: what people say
        told.setdefault(tuple(is_met(c, value) for c in found), value)
    return tuple(told.values())


@dataclass(slots=True)
class Ways:
    """What a rule can come to, over every value of its facts; remembers what it worked out.

    `unsure` are facts that nobody can tell: a rule that turns on them alone ends in None.
    """

    rule: Rule
    unsure: frozenset[str] = frozenset()
    values: Mapping[str, tuple[Value, ...]] = field(init=False)
    _ends: dict[Left, frozenset[bool | None]] = field(default_factory=dict, repr=False)
    _turns: dict[tuple[Left, str], bool] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.values = stretches(self.rule)

    def told(self, left: Rule, fact: str) -> tuple[Left, ...]:
        """What is left after each stretch of values of a fact."""
        return tuple(left_of(left, {fact: value}) for value in self.values[fact])

    def askable(self, left: Left) -> list[str]:
        """The facts that it speaks of and that somebody may be able to tell, in its order."""
        return [fact for fact in facts_of(left) if fact not in self.unsure]

    def ends(self, left: Left) -> frozenset[bool | None]:
        """Every verdict that asking can end in."""
        if isinstance(left, bool):
            return frozenset({left})
        if left not in self._ends:
            self._ends[left] = self._ends_of(left)
        return self._ends[left]

    def _ends_of(self, left: Rule) -> frozenset[bool | None]:
        asked = self.askable(left)
        fact = asked[0] if asked else facts_of(left)[0]
        found: set[bool | None] = set()
        for rest in self.told(left, fact):
            found |= self.ends(rest)
            if len(found) == 3 or (not self.unsure and len(found) == 2):
                break
        if not asked and len(found) > 1:
            return frozenset({None})
        return frozenset(found)

    def turns(self, left: Left, fact: str) -> bool:
        """Whether there is a way in which it depends on this fact alone how it ends."""
        if isinstance(left, bool) or fact not in self.askable(left):
            return False
        if (left, fact) not in self._turns:
            self._turns[left, fact] = self._turns_on(left, fact)
        return self._turns[left, fact]

    def _turns_on(self, left: Rule, fact: str) -> bool:
        if len(self.ends(left)) == 1:
            return False
        other = next((f for f in self.askable(left) if f != fact), None)
        if other is None:
            return True
        return any(self.turns(rest, fact) for rest in self.told(left, other))
