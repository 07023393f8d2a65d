"""Working days of Taiwan: holidays are none, make-up Saturdays are."""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.later import later

if TYPE_CHECKING:
    import holidays
else:
    holidays = later("holidays")

TAIWAN = "TW"


@cache
def _year(year: int) -> "holidays.HolidayBase":
    return holidays.country_holidays(TAIWAN, years=year, expand=False)


def is_workday(day: date) -> bool:
    """Whether offices and schools work on this day."""
    return bool(_year(day.year).is_working_day(day))


def first_workday(first: date, last: date) -> date:
    """The first working day of this stretch; of one without any, its first day."""
    for after in range((last - first).days + 1):
        if is_workday(first + timedelta(days=after)):
            return first + timedelta(days=after)
    return first
