"""Working days as Taiwan has them."""

from datetime import date

import pytest

from bot.rules.workdays import first_workday, is_workday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2022, 1, 22), True),  # a Saturday that made up for a day of the New Year
        (date(2022, 1, 29), False),  # a Saturday like others
        (date(2022, 2, 1), False),  # lunar New Year
        (date(2022, 2, 7), True),
        (date(2017, 9, 30), True),  # made up for 9 October
        (date(2017, 10, 10), False),
    ],
)
def test_holidays_are_none_and_make_up_saturdays_are(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_the_first_one_of_a_stretch_may_be_a_make_up_saturday() -> None:
    assert first_workday(date(2022, 1, 22), date(2022, 1, 31)) == date(2022, 1, 22)
    assert first_workday(date(2022, 1, 29), date(2022, 1, 30)) == date(2022, 1, 29)
