"""What a stated amount comes to for so many classes, such a group, such a sum."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.model.edition import Edition
from bot.model.quantity import Quantity
from bot.rules.quantities import compute, fitting, needed
from tests.rules.editions import amount, edition, given, quantity

PLAN = edition()
BY_SIZE = (
    quantity("10000", given=given(classes="..6")),
    quantity("15000", given=given(classes="7..12")),
    quantity("20000", given=given(classes="13..24")),
    quantity("30000", given=given(classes="25..")),
)


def comes_to(
    of: Quantity, known: dict[str, str], plan: Edition = PLAN
) -> tuple[Decimal, Decimal] | None:
    found = compute(of, known, plan)
    return (found.low, found.high) if found else None


@pytest.mark.parametrize("bound", ["exactly", "least", "most", "about", "default"])
def test_a_plain_amount_is_what_it_states(bound: str) -> None:
    assert comes_to(quantity("20000", bound), {}) == (20000, 20000)
    assert comes_to(quantity("100000..140000", bound), {"classes": "3"}) == (100000, 140000)


def test_a_rate_is_multiplied_by_how_many() -> None:
    rate = quantity("80", per="people")
    computed = compute(rate, {"people": "25"}, PLAN)

    assert computed is not None
    assert (computed.low, computed.high, computed.unit, computed.count) == (2000, 2000, "元", 25)
    assert comes_to(quantity("80..100", per="people"), {"people": "3"}) == (240, 300)


@pytest.mark.parametrize(
    ("classes", "low", "high"), [("1", 10, 14), ("2", 15, 21), ("5", 30, 42), ("10", 55, 77)]
)
def test_a_base_grows_with_each_class_after_the_first(classes: str, low: int, high: int) -> None:
    grows = quantity("100000..140000", "about", per="classes", more="50000..70000")

    assert comes_to(grows, {"classes": classes}) == (low * 10000, high * 10000)


@pytest.mark.parametrize("known", [{}, {"people": "5"}, {"classes": "0"}, {"classes": "B"}])
def test_without_how_many_a_rate_comes_to_nothing_certain(known: dict[str, str]) -> None:
    assert comes_to(quantity("80", per="classes"), known) is None
    assert comes_to(quantity("80", per="classes", more="5"), known) is None


def test_a_share_is_taken_of_the_sum_that_was_named() -> None:
    computed = compute(quantity("30%"), {"sum": "50000"}, PLAN)

    assert computed is not None
    assert (computed.low, computed.high, computed.base) == (15000, 15000, 50000)
    assert comes_to(quantity("5..10%"), {"sum": "20000"}) == (1000, 2000)


def test_a_share_is_taken_of_the_entry_that_it_names() -> None:
    plan = edition(amounts=(amount("total", quantity("20000")),))

    assert comes_to(quantity("30%", base="total"), {}, plan) == (6000, 6000)


def test_a_share_of_people_is_counted_in_people_and_comes_whole() -> None:
    places = replace(quantity("24", "exactly"), unit="人")
    plan = edition(amounts=(amount("places", places),))

    computed = compute(quantity("20%", "exactly", base="places"), {"sum": "3000"}, plan)

    assert computed is not None
    assert (computed.low, computed.unit) == (5, "人")


def test_the_sum_that_was_named_goes_before_the_plans_own() -> None:
    plan = edition(amounts=(amount("total", quantity("20000")),))

    assert comes_to(quantity("30%", base="total"), {"sum": "10000"}, plan) == (3000, 3000)


def test_a_share_waits_until_its_base_is_settled() -> None:
    cases = (quantity("20000", given=given(group="A")), quantity("40000", given=given(group="B")))
    plan = edition(amounts=(amount("total", *cases),))
    share = quantity("10%", base="total")

    assert comes_to(share, {}, plan) is None
    assert comes_to(share, {"group": "B"}, plan) == (4000, 4000)


def test_a_share_of_something_unknown_comes_to_nothing_certain() -> None:
    assert comes_to(quantity("10%"), {}) is None
    assert comes_to(quantity("10%", base="nowhere"), {}) is None
    assert comes_to(quantity("10%", base="people"), {"sum": "100"}) is None


def test_a_share_may_be_of_a_number_that_is_no_money() -> None:
    assert comes_to(quantity("50%", base="people"), {"people": "30"}) == (15, 15)


@pytest.mark.parametrize(
    ("classes", "most"),
    [
        ("1", 10000),
        ("6", 10000),
        ("7", 15000),
        ("12", 15000),
        ("13", 20000),
        ("24", 20000),
        ("25", 30000),
        ("90", 30000),
    ],
)
def test_the_size_of_a_school_picks_the_case_at_each_boundary(classes: str, most: int) -> None:
    cases = fitting(BY_SIZE, {"classes": classes})

    assert [c.value.high for c in cases] == [most]


@drawn(st.integers(1, 200))
def test_one_case_and_no_more_fits_a_size(classes: int) -> None:
    assert len(fitting(BY_SIZE, {"classes": str(classes)})) == 1


def test_with_nothing_known_every_case_may_be_meant_in_the_order_of_the_plan() -> None:
    assert fitting(BY_SIZE, {}) == list(BY_SIZE)
    assert fitting(BY_SIZE, {"group": "A"}) == list(BY_SIZE)


def test_a_case_for_somebody_goes_before_the_one_for_everybody() -> None:
    general, special = quantity("5"), quantity("9", given=given(group="A"))
    both = quantity("12", given=given(group="A", classes="13.."))

    assert fitting((general, special, both), {"group": "A", "classes": "20"}) == [both]
    assert fitting((general, special, both), {"group": "A", "classes": "5"}) == [special]
    assert fitting((general, special, both), {"group": "B"}) == [general]


def test_no_case_fits_what_the_plan_does_not_list() -> None:
    assert fitting(BY_SIZE[:2], {"classes": "13"}) == []


def test_what_would_tell_the_cases_apart_is_named_once_and_in_order() -> None:
    cases = (
        quantity("5", given=given(group="A", classes="..6"), per="people"),
        quantity("9", given=given(classes="7..")),
    )

    assert needed(cases, {}) == ["group", "classes", "people"]
    assert needed(cases, {"classes": "6"}) == ["group", "people"]
    assert needed(cases, {"classes": "6", "group": "A", "people": "3"}) == []


@drawn(st.integers(1, 60), st.integers(1, 60))
def test_more_classes_never_come_to_less(one: int, other: int) -> None:
    grows = quantity("100000..140000", "about", per="classes", more="50000..70000")
    few, many = sorted((one, other))
    less, more = comes_to(grows, {"classes": str(few)}), comes_to(grows, {"classes": str(many)})

    assert less is not None
    assert more is not None
    assert less <= more
    assert less[0] <= less[1]
