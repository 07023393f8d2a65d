"""Which dates a school's contacts follow: of what the school still owes, and what was returned.

What was sent, received or excused is followed no more. Where a school was given a later date, that
one is followed in place of the plan's.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.clock import taipei_day
from bot.ledger import EditionOf
from bot.model.edition import Edition
from bot.model.entries import DateCase, DateKind, PlanDate
from bot.model.schools import SchoolRole
from bot.model.when import Point, Span, When
from bot.rules.notices import Stretch, stretches_of
from bot.rules.owed import all_owed
from bot.rules.school_standing import SlotStanding
from bot.school_reading import Stands, stands_of
from bot.store import affiliations

_EXTENDED = re.compile(r"owed\.(?P<owed>[\w-]+)\.(?P<day>\d{8})")


def owed_keys(
    db: Connection, channel_id: str, user_ids: Sequence[str], edition_of: EditionOf, now: datetime
) -> dict[str, tuple[str, ...]]:
    """Keys of the stretches that contacts among these people follow, by person."""
    by_school: dict[str, tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    held = affiliations.of_people(db, channel_id, user_ids, SchoolRole.CONTACT)
    for user_id, codes in held.items():
        keys: list[str] = []
        for code in codes:
            if code not in by_school:
                stands = stands_of(db, channel_id, code, edition_of, now)
                by_school[code] = tuple(s.key for s in open_stretches(stands))
            keys += by_school[code]
        found[user_id] = tuple(dict.fromkeys(keys))
    return found


def open_stretches(stands: Sequence[Stands]) -> Iterator[Stretch]:
    """The stretches of what is still to be handed in, each once."""
    seen: set[str] = set()
    for one in stands:
        for slot in one.slots:
            for stretch in _of_slot(one.edition, slot) if slot.left else ():
                if stretch.key not in seen:
                    seen.add(stretch.key)
                    yield stretch


def extended_stretch(edition: Edition, date_id: str) -> Stretch | None:
    """The later date of a thing that an id of ours names; None where it names none."""
    found = _EXTENDED.fullmatch(date_id)
    if found is None:
        return None
    try:
        day = datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return _extended(edition, found["owed"], day)


def _of_slot(edition: Edition, standing: SlotStanding) -> Iterator[Stretch]:
    slot = standing.slot
    if standing.is_extended and standing.until is not None:
        later = _extended(edition, slot.owed.id, taipei_day(standing.until))
        if later is not None:
            yield later
    elif slot.date is not None and slot.due is not None:
        for stretch in stretches_of(edition, slot.date):
            if stretch.span in slot.due.spans:
                yield stretch


def _extended(edition: Edition, owed_id: str, day: date) -> Stretch | None:
    found = next(((e, o) for e, o in all_owed(edition) if o.id == owed_id), None)
    if found is None:
        return None
    entry, owed = found
    point = Point(day.year, day.month, day.day)
    case = DateCase(at=When((Span(point, point),)))
    date_ = PlanDate(
        id=f"owed.{owed_id}.{day:%Y%m%d}",
        title=f"{owed.title or entry.title}（貴校展延後的期限）",
        source=owed.source or entry.source,
        kind=DateKind.DEADLINE,
        when=(case,),
    )
    return Stretch(edition, date_, case, "", 0, case.at.spans[0])
