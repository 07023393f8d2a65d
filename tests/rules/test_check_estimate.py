"""What stated amounts come to: the grant of a school by classes, and the limit of devices."""

from decimal import Decimal

import pytest

from bot.model.edition import Edition
from bot.rules.check_estimate import estimate_amounts, field_faults, fields_of
from tests.understand.plans import real_library


def edition(plan: str) -> Edition:
    return next(e for e in real_library().editions if e.plan == plan)


def worked_out(plan: str, **typed: str) -> dict[str, tuple[Decimal, Decimal]]:
    found = edition(plan)
    assert found.checks
    outcomes = estimate_amounts(found, found.checks.estimates[0], typed)
    return {o.amount.id: (o.computed.low, o.computed.high) for o in outcomes if o.computed}


@pytest.mark.parametrize(
    ("classes", "low", "high"),
    [("1", 100_000, 140_000), ("2", 150_000, 210_000), ("5", 300_000, 420_000)],
)
def test_each_class_after_the_first_adds_its_own(classes: str, low: int, high: int) -> None:
    assert worked_out("mobile-learning", granted=classes, capital="") == {"grant": (low, high)}


@pytest.mark.parametrize(("capital", "most"), [("20000", 10000), ("20001", "10000.5"), ("0", 0)])
def test_devices_are_half_of_the_capital(capital: str, most: str | int) -> None:
    found = worked_out("mobile-learning", granted="", capital=capital)

    assert found == {"device-cap": (Decimal(most), Decimal(most))}


def test_the_fields_are_the_facets_that_the_amounts_need() -> None:
    mobile, community = edition("mobile-learning"), edition("digital-community")
    assert mobile.checks
    assert community.checks

    assert fields_of(mobile, mobile.checks.estimates[0]) == ["granted", "capital"]
    assert fields_of(community, community.checks.estimates[0]) == ["group"]


def test_the_shares_of_a_community_follow_its_cap() -> None:
    assert worked_out("digital-community", group="A")["print-share"][1] == 2400
    assert worked_out("digital-community", group="B")["print-share"][1] == 6000
    assert worked_out("digital-community", group="") == {}


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "三", "501"])
def test_numbers_of_classes_that_cannot_be_are_told(typed: str) -> None:
    assert "granted" in field_faults(edition("mobile-learning"), {"granted": typed})
    assert field_faults(edition("mobile-learning"), {"granted": "500"}) == {}
