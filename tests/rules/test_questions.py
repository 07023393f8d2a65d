"""What is asked, and in which order: laws for every rule, and the order that asks least."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.rule import All, AnyOf, AtLeast, Is, Not, Rule
from bot.rules.questions import Order, expected_questions, to_ask
from bot.rules.residue import Known, Ways, facts_of, left_of, stretches
from bot.rules.verdict import decide
from tests.rules.rules_of import KNOWN, RULES, completions, number, real_entries, yes

REAL = real_entries()
ALL_REAL = pytest.mark.parametrize("rule", [e.rule for _, e in REAL], ids=[k for k, _ in REAL])


def results(rule: Rule, known: Known) -> set[bool | None]:
    return {decide(rule, way).holds for way in completions(rule, known)}


@given(RULES, KNOWN)
def test_a_verdict_is_what_every_completion_says(rule: Rule, known: Known) -> None:
    found = results(rule, known)

    assert decide(rule, known).holds is (next(iter(found)) if len(found) == 1 else None)


@given(RULES, KNOWN)
def test_each_fact_asked_for_can_turn_the_verdict_and_no_other_can(
    rule: Rule, known: Known
) -> None:
    turning = set()
    for fact, values in stretches(rule).items():
        if fact not in known:
            for way in completions(rule, {**known, fact: values[0]}):
                if len({decide(rule, {**way, fact: v}).holds for v in values}) == 2:
                    turning.add(fact)

    asked = to_ask(rule, known)

    assert set(asked) == turning
    assert len(asked) == len(turning)
    assert {c.fact for c in decide(rule, known).open} == turning


@given(RULES, st.data())
def test_asking_in_that_order_ends_decided(rule: Rule, data: st.DataObject) -> None:
    known: dict[str, object] = {}
    values = stretches(rule)
    while decide(rule, known).holds is None:
        fact = to_ask(rule, known)[0]
        assert fact not in known
        known[fact] = data.draw(st.sampled_from(values[fact]))

    assert to_ask(rule, known) == ()


@given(RULES)
def test_the_order_expects_no_more_questions_than_the_order_of_the_file(rule: Rule) -> None:
    order = Order(Ways(rule))
    left = left_of(rule, {})

    assert order.expected(left) <= order.in_turn(left)


@settings(max_examples=60)
@given(RULES)
def test_nor_does_the_shorter_way_for_large_rules_and_the_full_one_is_best(rule: Rule) -> None:
    quick, full = Order(Ways(rule), few=0), Order(Ways(rule))
    left = left_of(rule, {})

    assert full.expected(left) <= quick.expected(left) <= quick.in_turn(left)


@given(RULES, KNOWN, st.sets(st.sampled_from("abcdnm")))
def test_what_nobody_is_sure_of_is_not_asked_for_again(
    rule: Rule, known: Known, unsure: set[str]
) -> None:
    asked = to_ask(rule, known, frozenset(unsure))

    assert not set(asked) & unsure
    assert set(asked) <= set(to_ask(rule, known))


def test_what_cannot_decide_without_an_unsure_fact_is_not_asked_for() -> None:
    same = AnyOf(
        any=(All(all=(yes("a"), yes("b"))), All(all=(Not(not_=yes("a")), yes("b", False))))
    )

    assert set(to_ask(same, {})) == {"a", "b"}
    assert to_ask(same, {}, frozenset("a")) == ()
    assert to_ask(AnyOf(any=(yes("a"), yes("b"))), {}, frozenset("a")) == ("b",)


def test_what_excludes_by_itself_is_asked_first() -> None:
    rule = All(all=(AnyOf(any=(yes("a"), yes("b"))), Not(not_=yes("excluded"))))

    assert to_ask(rule, {})[0] == "excluded"
    assert expected_questions(rule, {}) == Fraction(7, 4)  # 1 + ½·0 + ½·(1 + ½)


def test_two_conditions_on_one_number_are_one_question_and_never_contradict() -> None:
    rule = AnyOf(any=(number("n", 5), All(all=(yes("a"), number("n", 3)))))

    assert to_ask(rule, {}) == ("n", "a")
    assert to_ask(rule, {"a": False}) == ("n",)
    assert to_ask(rule, {"n": stretches(rule)["n"][0]}) == ("a",)  # 3 to 4: it depends on a
    assert expected_questions(rule, {}) == Fraction(4, 3)  # the group only for 3 and 4 people


@pytest.mark.parametrize(
    "rule",
    [
        AnyOf(any=(yes("a"), yes("a", False))),
        AnyOf(any=(number("n", 3), number("n", most=4))),
        Not(not_=All(all=(number("n", 5), number("n", most=3)))),
    ],
)
def test_what_holds_whatever_the_answer_is_not_asked_for(rule: Rule) -> None:
    assert decide(rule, {}).holds is True
    assert to_ask(rule, {}) == ()


def test_a_rule_of_many_facts_is_ordered_at_once() -> None:
    parts = tuple(AnyOf(any=(yes(f"a{i}"), yes(f"b{i}"))) for i in range(12))
    rule = AtLeast(at_least=6, of=parts)

    assert len(to_ask(rule, {})) == 24


@ALL_REAL
def test_no_real_rule_has_a_dead_end_or_a_false_no(rule: Rule) -> None:
    """Every way to answer, in the order asked: it ends decided, as all completions say."""
    ends = []

    def ask(known: Known) -> None:
        verdict = decide(rule, known)
        assert (verdict.holds is None) == (len(results(rule, known)) == 2)
        if verdict.holds is not None:
            assert results(rule, known) == {verdict.holds}
            ends.append(verdict.holds)
            return
        fact = verdict.ask[0]
        for value in stretches(rule)[fact]:
            ask({**known, fact: value})

    ask({})

    assert set(ends) == {True, False}


@ALL_REAL
def test_every_part_of_what_may_be_known_of_a_real_rule_is_judged_rightly(rule: Rule) -> None:
    for way in completions(rule, {}):
        facts = list(way)
        for n in range(2 ** len(facts)):
            known = {f: way[f] for i, f in enumerate(facts) if n >> i & 1}
            found = results(rule, known)
            assert decide(rule, known).holds is (next(iter(found)) if len(found) == 1 else None)


@ALL_REAL
def test_not_knowing_is_never_no_in_a_real_rule(rule: Rule) -> None:
    every = frozenset(facts_of(rule))

    assert decide(rule, {}).holds is None
    assert decide(rule, {}, every).holds is None
    assert decide(rule, {}, every).ask == ()


def test_the_conditions_of_a_verdict_keep_their_clauses() -> None:
    for _, entry in REAL:
        assert all(c.source for c in decide(entry.rule, {}).open)


def test_a_leaf_is_its_own_rest() -> None:
    leaf: Is = yes("a")

    assert left_of(leaf, {}) is leaf
    assert left_of(Not(not_=Not(not_=leaf)), {}) == leaf
