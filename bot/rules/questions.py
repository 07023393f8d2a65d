"""Which fact to ask for next, so that the fewest questions are expected until it is decided.

The model: what is not known is independent of each other; a yes-or-no fact is yes as often as no;
a number falls as often into each stretch that the rule tells apart (less than 3, 3 or more). A
fact that nobody can tell (不確定) stays unknown and is not asked for again. Nobody is asked for
what cannot change how it ends.

For rules of a few facts the order is the best there is, found by working out every order. For
larger ones each fact is tried first, and the rest is taken in the order of the rule: that is never
worse than the order of the rule itself, because it may choose its first fact too.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from bot.model.rule import Rule
from bot.rules.residue import Known, Left, Ways, left_of

FEW = 6  # facts: so many are worked out in every order


@dataclass(slots=True)
class Order:
    """The order of questions for one rule; remembers what it worked out."""

    ways: Ways
    few: int = FEW
    _best: dict[Left, Fraction] = field(default_factory=dict, repr=False)
    _in_turn: dict[Left, Fraction] = field(default_factory=dict, repr=False)

    def choices(self, left: Left) -> list[str]:
        """The facts that can change how it ends, in the order of the rule."""
        return [fact for fact in self.ways.askable(left) if self.ways.turns(left, fact)]

    def best_first(self, left: Left) -> list[str]:
        """The same facts, what is best asked first coming first."""
        if isinstance(left, bool):
            return []
        choices = self.choices(left)
        small = len(choices) <= self.few
        after = {f: self._after(left, f, small) for f in choices}
        return sorted(choices, key=after.__getitem__)  # of equals the first of the rule

    def expected(self, left: Left) -> Fraction:
        """How many questions are expected where the best is asked each time."""
        if isinstance(left, bool):
            return Fraction(0)
        if left not in self._best:
            choices = self.best_first(left)
            known = Fraction(0)
            if choices:
                known = 1 + self._mean([self.expected(r) for r in self.ways.told(left, choices[0])])
            self._best[left] = known
        return self._best[left]

    def in_turn(self, left: Left) -> Fraction:
        """How many are expected where the first of the rule is asked each time."""
        if isinstance(left, bool):
            return Fraction(0)
        if left not in self._in_turn:
            choices = self.choices(left)
            known = Fraction(0)
            if choices:
                known = 1 + self._mean([self.in_turn(r) for r in self.ways.told(left, choices[0])])
            self._in_turn[left] = known
        return self._in_turn[left]

    def _after(self, left: Rule, fact: str, is_small: bool) -> Fraction:
        rests = self.ways.told(left, fact)
        return self._mean([self.expected(r) if is_small else self.in_turn(r) for r in rests])

    @staticmethod
    def _mean(counts: list[Fraction]) -> Fraction:
        return sum(counts, Fraction(0)) / len(counts)


@lru_cache(maxsize=256)
def _order(rule: Rule, unsure: frozenset[str]) -> Order:
    return Order(Ways(rule, unsure))


def to_ask(rule: Rule, known: Known, unsure: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The facts that can still change the verdict, the one to ask for next first."""
    left = left_of(rule, known)
    return tuple(_order(rule, frozenset(f for f in unsure if f not in known)).best_first(left))


def expected_questions(rule: Rule, known: Known) -> Fraction:
    """How many questions are expected until the rule is decided."""
    return _order(rule, frozenset()).expected(left_of(rule, known))
