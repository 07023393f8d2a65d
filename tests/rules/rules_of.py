"""Rules for the laws of three-valued decisions, made up and real."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from bot.model.entries import Eligibility
from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule
from bot.rules.residue import Known, Value, stretches
from tests.understand.plans import real_reader

TRUTHS, NUMBERS = ("a", "b", "c", "d"), ("n", "m")


def yes(fact: str, is_: bool = True) -> Is:
    """A condition on a yes-or-no fact."""
    return Is(fact=fact, text=fact, source=("伍",), is_=is_)


def number(fact: str, least: int | None = None, most: int | None = None) -> Is:
    """A condition on a number."""
    bounds = [Decimal(b) if b is not None else None for b in (least, most)]
    return Is(fact=fact, text=fact, source=("伍",), least=bounds[0], most=bounds[1])


def _joined(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    counted = st.builds(
        lambda n, p: AtLeast(at_least=min(n, len(p)), of=p), st.integers(1, 3), several
    )
    every = several.map(lambda p: All(all=p)) | several.map(lambda p: AnyOf(any=p))
    return every | counted | parts.map(lambda p: Not(not_=p))


LEAVES = (
    st.builds(yes, st.sampled_from(TRUTHS), st.booleans())
    | st.builds(number, st.sampled_from(NUMBERS), st.integers(0, 3))
    | st.builds(number, st.sampled_from(NUMBERS), st.integers(0, 2), st.integers(3, 4))
)
RULES = st.recursive(LEAVES, _joined, max_leaves=8)
VALUES = {f: st.booleans() for f in TRUTHS} | {f: st.integers(-1, 6).map(Decimal) for f in NUMBERS}
KNOWN = st.fixed_dictionaries({}, optional=VALUES)


def completions(rule: Rule, known: Known) -> Iterator[dict[str, Value]]:
    """Every way in which what is not known may turn out, as far as the rule tells ways apart."""
    values = {f: v for f, v in stretches(rule).items() if f not in known}
    for way in product(*values.values()):
        yield {**dict(zip(values, way, strict=True)), **known}


def real_entries() -> list[tuple[str, Eligibility]]:
    """Every eligibility of the real plans, by its key."""
    editions = real_reader().library.editions
    return [(f"{e.key}#{x.id}", x) for e in editions for x in e.eligibility]
