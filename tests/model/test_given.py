"""Conditions on facets: what fits, what holds, and what learning more can change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.facet import Facet, FacetValue, Given

FACETS = st.sampled_from(["group", "round", "classes", "level"])
VALUES = st.sampled_from(["A", "B", "1", "2", "7", "12.5", "30", "1000"])
WANTED = VALUES | st.sampled_from(["1..6", "7..12", "..24", "25..", ".."])
GIVEN = st.builds(
    Given, st.dictionaries(FACETS, st.lists(WANTED, min_size=1, max_size=3).map(tuple), max_size=3)
)
KNOWN = st.dictionaries(FACETS, VALUES, max_size=4)


@given(GIVEN, KNOWN)
def test_what_holds_also_fits(condition: Given, known: dict[str, str]) -> None:
    assert condition.fits(known) or not condition.holds(known)


@given(GIVEN, KNOWN, KNOWN)
def test_learning_more_never_makes_it_fit_again(
    condition: Given, known: dict[str, str], more: dict[str, str]
) -> None:
    assert condition.fits(known) or not condition.fits({**more, **known})


@given(GIVEN, KNOWN, KNOWN)
def test_learning_more_never_unsettles_what_holds(
    condition: Given, known: dict[str, str], more: dict[str, str]
) -> None:
    assert not condition.holds(known) or condition.holds({**more, **known})


@given(GIVEN, KNOWN)
def test_with_all_known_fitting_and_holding_are_one(
    condition: Given, known: dict[str, str]
) -> None:
    whole = {**dict.fromkeys(condition, "A"), **known}

    assert condition.fits(whole) == condition.holds(whole)


@given(GIVEN)
def test_with_nothing_known_everything_fits_and_only_no_condition_holds(condition: Given) -> None:
    assert condition.fits({})
    assert condition.holds({}) is not bool(condition)


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        ("26..48", ["26", "30", "48", "26.5"], ["25", "49", "48.5", "A", "", "二十六", "-30"]),
        ("..12", ["0", "12"], ["13", "A"]),
        ("49..", ["49", "4900"], ["48", "A"]),
        ("B", ["B"], ["A", "b", "BB", ""]),
        ("6", ["6"], ["6.0", "60"]),
    ],
)
def test_a_range_holds_its_two_ends(wanted: str, inside: list[str], outside: list[str]) -> None:
    condition = Given({"x": (wanted,)})

    assert [v for v in inside if not condition.fits({"x": v})] == []
    assert [v for v in outside if condition.fits({"x": v})] == []


def test_one_of_several_values_is_enough_and_every_facet_must_fit() -> None:
    condition = Given({"group": ("A", "B"), "classes": ("1..6", "13..")})

    assert condition.holds({"group": "B", "classes": "13"})
    assert not condition.fits({"group": "B", "classes": "7"})
    assert not condition.fits({"group": "C"})
    assert not condition.holds({"group": "B"})


def test_a_facet_is_a_number_or_a_choice_and_not_both() -> None:
    named = {"A": FacetValue(title="A組")}

    with pytest.raises(ValueError, match="只能一種"):
        Facet(title="組別")
    with pytest.raises(ValueError, match="只能一種"):
        Facet(title="組別", unit="班", values=named)
    assert Facet(title="組別", values=named).values == named
