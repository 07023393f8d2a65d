"""What an ask names of what a school owes: a thing, a plan, or a thing of a plan."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.handlers.schools.contact import Contact
from bot.model.schools import School
from bot.rules.school_standing import missing
from bot.rules.submissions import NEVER
from bot.school_reading import Stands
from bot.understand.school_asks import without_plan
from bot.understand.school_reports import OwedWords

Named = Mapping[str, tuple[str, ...]]  # ids of what is owed, by the edition's key


def naming(contact: Contact, school: School, thing: str) -> Named:
    """What the thing that was asked of means; empty where the school owes no such."""
    stands = contact.stands(school)
    of_plans = {
        one.edition.key: rest
        for one in stands
        if (rest := without_plan(thing, _names(one))) is not None
    }
    found = {}
    for one in stands:
        if of_plans and one.edition.key not in of_plans:
            continue
        ids = _owed(contact, one, of_plans.get(one.edition.key, thing))
        if ids:
            found[one.edition.key] = ids
    return found


def in_order_of_days(stands: Sequence[Stands]) -> list[Stands]:
    """Where something is due first, or overdue, stands in front."""
    return sorted(stands, key=_first_day)


def _first_day(one: Stands) -> datetime:
    left = missing(one.slots)
    return (left[0].until or NEVER) if left else NEVER


def _owed(contact: Contact, one: Stands, thing: str) -> tuple[str, ...]:
    if not thing:
        return tuple(dict.fromkeys(s.slot.owed.id for s in one.slots))
    fold: Callable[[str], str] = contact.desk.reader.word
    return OwedWords(one.edition, [s.slot for s in one.slots], fold).named(fold(thing))


def _names(one: Stands) -> tuple[str, ...]:
    about = one.edition.about
    return (*about.names, about.short, about.title)
