"""The schools of a channel as a chat needs them: by name, by code, and whose somebody is."""

from functools import lru_cache

from bot.handlers.desk import Desk
from bot.messages import Incoming
from bot.model.schools import Affiliation, School, SchoolRole
from bot.store import affiliations, schools
from bot.understand.school_names import SchoolNames

LISTS_KEPT = 4  # a process keeps the names of so many lists ready


def names_of(incoming: Incoming, desk: Desk) -> SchoolNames | None:
    """The names of this channel's schools; None where it has no list."""
    found = schools.all_schools(desk.db, incoming.channel_id)
    return _names(tuple(found)) if found else None


def held_by(
    incoming: Incoming, desk: Desk, role: SchoolRole | None = None
) -> list[tuple[Affiliation, School]]:
    """The writer's ties that count, with their schools."""
    if incoming.in_group or incoming.user_id is None:
        return []
    ties = affiliations.schools_of(desk.db, incoming.channel_id, incoming.user_id, role)
    codes = [tie.school_code for tie in ties]
    known = schools.find_many(desk.db, incoming.channel_id, codes) if codes else {}
    return [(tie, known[tie.school_code]) for tie in ties if tie.school_code in known]


@lru_cache(maxsize=LISTS_KEPT)
def _names(found: tuple[School, ...]) -> SchoolNames:
    # By the schools themselves: an imported list is another list at once, in every process.
    return SchoolNames(found)
