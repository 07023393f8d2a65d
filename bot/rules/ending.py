"""Which plans are out of date: their year is over and no next one is loaded, or long unchecked."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.model.edition import Edition
from bot.model.unconfirmed import is_draft

FIRST_YEAR = 1911  # of the Republic's calendar, less one
OF_CHECK = timedelta(days=365)


def ends_on(edition: Edition) -> date | None:
    """The last day of the edition's year; None where it is for no one year."""
    year = edition.about.year + FIRST_YEAR
    if edition.about.year_kind == "年度":
        return date(year, 12, 31)
    return date(year + 1, 7, 31) if edition.about.year_kind == "學年度" else None


def outlived(editions: Sequence[Edition], day: date) -> list[Edition]:
    """The newest confirmed edition of each plan, where its year is over before this day."""
    newest: dict[str, Edition] = {}
    for edition in editions:
        known = newest.get(edition.plan)
        if not is_draft(edition) and (known is None or edition.about.year > known.about.year):
            newest[edition.plan] = edition
    ends = {plan: ends_on(edition) for plan, edition in newest.items()}
    return [newest[plan] for plan, last in sorted(ends.items()) if last is not None and last < day]


def unchecked(editions: Sequence[Edition], day: date) -> list[Edition]:
    """The editions that nobody compared with their document for a year, by key."""
    old = [edition for edition in editions if day - edition.checked_on > OF_CHECK]
    return sorted(old, key=lambda edition: edition.key)
