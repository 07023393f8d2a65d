"""Laws of three-valued decisions, and the verdicts of one rule of each shape."""

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule
from bot.rules.verdict import Known, conditions, decide

FACTS = ("enrolled", "tutor", "won", "hours", "years")
NUMBERS = ("hours", "years")


def yes(fact: str, is_: bool = True) -> Is:
    return Is(fact=fact, text=fact, source=("伍",), is_=is_)


def number(fact: str, least: int | None = None, most: int | None = None) -> Is:
    bounds = [Decimal(b) if b is not None else None for b in (least, most)]
    return Is(fact=fact, text=fact, source=("伍",), least=bounds[0], most=bounds[1])


def trees(leaves: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Rules of these leaves; each join has one part or more."""

    def joined(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return (
            several.map(lambda p: All(all=p))
            | several.map(lambda p: AnyOf(any=p))
            | st.builds(
                lambda n, p: AtLeast(at_least=min(n, len(p)), of=p), st.integers(1, 3), several
            )
            | parts.map(lambda p: Not(not_=p))
        )

    return st.recursive(leaves, joined, max_leaves=6)


LEAVES = st.builds(yes, st.sampled_from(FACTS[:3]), st.booleans()) | st.builds(
    number, st.sampled_from(NUMBERS), st.integers(0, 3), st.none() | st.integers(3, 5)
)
RULES = trees(LEAVES)
VALUES = {f: st.integers(0, 6).map(Decimal) if f in NUMBERS else st.booleans() for f in FACTS}
KNOWN = st.fixed_dictionaries({}, optional=VALUES)
ALL_KNOWN = st.fixed_dictionaries(VALUES)


@st.composite
def read_once(draw: st.DrawFn) -> Rule:
    """A rule in which every condition is about a fact of its own."""
    names = count()
    return _renamed(draw(trees(st.just(yes("x")))), names)


def _renamed(rule: Rule, names: "count[int]") -> Rule:
    match rule:
        case Is():
            return yes(f"f{next(names)}")
        case Not(not_=part):
            return Not(not_=_renamed(part, names))
        case All(all=parts):
            return All(all=tuple(_renamed(p, names) for p in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_renamed(p, names) for p in parts))
        case AtLeast(at_least=n, of=parts):
            return AtLeast(at_least=n, of=tuple(_renamed(p, names) for p in parts))


@given(RULES, KNOWN, KNOWN)
def test_learning_a_fact_never_turns_a_verdict(rule: Rule, known: Known, more: Known) -> None:
    verdict = decide(rule, known)

    assert verdict.holds is None or decide(rule, {**more, **known}).holds is verdict.holds


@given(RULES, KNOWN)
def test_the_order_in_which_facts_were_told_does_not_matter(rule: Rule, known: Known) -> None:
    assert decide(rule, dict(reversed(known.items()))) == decide(rule, known)


@given(RULES, ALL_KNOWN)
def test_with_every_fact_known_nothing_stays_open(rule: Rule, known: Known) -> None:
    verdict = decide(rule, known)

    assert verdict.holds is not None
    assert verdict.open == ()
    assert decide(Not(not_=rule), known).holds is not verdict.holds


@given(RULES, KNOWN)
def test_a_decided_verdict_names_conditions_and_an_open_one_what_is_not_known(
    rule: Rule, known: Known
) -> None:
    verdict = decide(rule, known)

    assert (verdict.holds is None) == bool(verdict.open)
    assert (verdict.holds is None) != bool(verdict.decided_by)
    assert not {c.fact for c in verdict.open} & known.keys()


@given(RULES, KNOWN)
def test_the_deciding_conditions_are_enough_to_decide(rule: Rule, known: Known) -> None:
    verdict = decide(rule, known)
    assume(verdict.holds is not None)
    only = {c.fact: known[c.fact] for c in verdict.decided_by if c.fact in known}

    assert decide(rule, only).holds is verdict.holds


@given(read_once(), st.data())
def test_every_open_condition_can_still_turn_the_verdict(rule: Rule, data: st.DataObject) -> None:
    facts = [c.fact for c in conditions(rule)]
    known = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(facts, st.booleans())))
    verdict = decide(rule, known)
    unknown = [f for f in facts if f not in known]
    assume(len(unknown) <= 6)
    ways = [
        {**known, **{f: bool(n >> i & 1) for i, f in enumerate(unknown)}}
        for n in range(2 ** len(unknown))
    ]
    idle = [
        c.fact
        for c in verdict.open
        if all(
            decide(rule, {**way, c.fact: True}).holds is decide(rule, {**way, c.fact: False}).holds
            for way in ways
        )
    ]

    assert idle == []


@given(read_once())
def test_with_nothing_known_nothing_is_decided(rule: Rule) -> None:
    assert decide(rule, {}).holds is None


@pytest.mark.parametrize("condition", [yes("a"), yes("a", False), number("a", least=0)])
def test_what_is_not_known_is_neither_no_nor_zero(condition: Is) -> None:
    assert decide(condition, {}).holds is None
    assert decide(Not(not_=condition), {}).holds is None


@pytest.mark.parametrize(
    ("least", "most", "value", "holds"),
    [
        (3, None, "3", True),
        (3, None, "2.9", False),
        (None, 5, "5", True),
        (None, 5, "5.1", False),
        (3, 5, "4", True),
        (3, 5, "6", False),
        (0, None, "0", True),
    ],
)
def test_a_number_counts_at_its_bounds(
    least: int | None, most: int | None, value: str, holds: bool
) -> None:
    assert decide(number("n", least, most), {"n": Decimal(value)}).holds is holds


def test_one_of_three_is_enough_and_names_itself() -> None:
    rule = AnyOf(any=(yes("a"), yes("b"), yes("c")))
    verdict = decide(rule, {"a": False, "b": True})

    assert verdict.holds is True
    assert [c.fact for c in verdict.decided_by] == ["b"]


def test_none_of_three_names_all_three() -> None:
    rule = AnyOf(any=(yes("a"), yes("b"), yes("c")))

    assert decide(rule, {"a": False, "b": False}).holds is None
    assert [c.fact for c in decide(rule, {"a": False, "b": False}).open] == ["c"]
    assert [c.fact for c in decide(rule, dict.fromkeys("abc", False)).decided_by] == list("abc")


def test_a_branch_that_is_decided_leaves_nothing_open() -> None:
    rule = All(all=(AnyOf(any=(yes("a"), yes("b"))), yes("c")))

    assert [c.fact for c in decide(rule, {"a": True}).open] == ["c"]
    assert [c.fact for c in decide(rule, {"c": True}).open] == ["a", "b"]


@given(RULES, KNOWN)
def test_what_is_missed_while_the_verdict_is_open_does_not_hold_whatever_else_is_told(
    rule: Rule, known: Known
) -> None:
    found = decide(rule, known)

    assert all(decide(one, known).holds is False for one in found.missed)
    assert not (found.missed and found.holds is not None)
    assert not set(found.missed) & set(found.open)


def test_one_of_two_that_is_missed_is_named_while_the_others_are_open() -> None:
    two = AtLeast(at_least=2, of=(number("hours", 51), yes("tutor"), yes("won")))

    assert decide(two, {"hours": Decimal(50)}).missed == (number("hours", 51),)
    assert decide(two, {"hours": Decimal(51)}).missed == ()


def test_an_exclusion_decides_whatever_else_is_open() -> None:
    rule = All(all=(yes("a"), Not(not_=yes("excluded"))))
    verdict = decide(rule, {"excluded": True})

    assert verdict.holds is False
    assert [c.fact for c in verdict.decided_by] == ["excluded"]


def test_two_of_three_are_out_of_reach_once_two_are_denied() -> None:
    rule = AtLeast(at_least=2, of=(yes("a"), yes("b"), yes("c")))

    assert decide(rule, {"a": False}).holds is None
    assert decide(rule, {"a": False, "b": False}).holds is False
    assert decide(rule, {"a": True, "c": True}).holds is True


def test_a_condition_without_any_bound_cannot_exist() -> None:
    with pytest.raises(ValueError, match="least"):
        Is(fact="a", text="a", source=("伍",))


def test_conditions_come_in_the_order_of_the_rule() -> None:
    rule = All(all=(yes("a"), AnyOf(any=(yes("b"), Not(not_=yes("c")))), yes("d")))

    assert [c.fact for c in conditions(rule)] == list("abcd")
