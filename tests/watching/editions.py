"""A real edition, of another year or checked on another day."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.model.edition import Edition
from tests.understand.plans import real_reader

JUNE = date(2022, 6, 1)


def lately(year: int = 111, checked_on: date = JUNE, **changes: Any) -> Edition:
    """The teachers' certificate of this year, checked then."""
    found = real_reader().edition("cooc-teacher/111")
    assert found
    about = replace(found.about, year=year)
    return replace(found, edition=str(year), about=about, checked_on=checked_on, **changes)
