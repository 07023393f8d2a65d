"""Which plans are out of date, to the day."""

from datetime import date

import pytest

from bot.rules.ending import ends_on, outlived, unchecked
from tests.watching.editions import lately


@pytest.mark.parametrize(
    ("kind", "last"),
    [("年度", date(2022, 12, 31)), ("學年度", date(2023, 7, 31)), ("不分年度", None)],
)
def test_a_year_ends_as_its_kind_says(kind: str, last: date | None) -> None:
    one = lately()
    object.__setattr__(one.about, "year_kind", kind)

    assert ends_on(one) == last


def test_a_plan_is_outlived_the_day_after_its_last_and_not_where_a_next_one_is_loaded() -> None:
    old, new = lately(111), lately(112)

    assert outlived([old], date(2022, 12, 31)) == []
    assert outlived([old], date(2023, 1, 1)) == [old]
    assert outlived([new, old], date(2023, 1, 1)) == []


def test_an_edition_is_unchecked_after_a_year() -> None:
    one = lately(checked_on=date(2022, 6, 1))

    assert unchecked([one], date(2023, 6, 1)) == []
    assert unchecked([one], date(2023, 6, 2)) == [one]
