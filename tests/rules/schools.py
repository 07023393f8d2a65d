"""Schools that take part in the real plans, and ways to look at what they owe."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from bot.clock import TAIPEI
from bot.model.edition import Edition
from bot.model.goals import Subject
from bot.model.participation import Participation, Unit
from bot.rules.owed import Slot, slots
from tests.understand.plans import real_library

MOBILE, COOC = "mobile-learning/107", "cooc-teacher/111"
COMMUNITY, PORTFOLIO = "digital-community/112", "portfolio/108"
ALL_PLANS = (MOBILE, COOC, COMMUNITY, PORTFOLIO)


@cache
def edition_of(key: str) -> Edition:
    """The real edition of that key."""
    return next(e for e in real_library().editions if e.key == key)


def find_edition(key: str) -> Edition | None:
    """The same for callers that may ask for one that is not there."""
    return next((e for e in real_library().editions if e.key == key), None)


def taking(
    key: str,
    facets: Mapping[str, str] | None = None,
    units: Iterable[Unit] = (),
    school: str = "353301",
) -> Participation:
    """A school that takes part so."""
    plan, _, edition = key.partition("/")
    return Participation(
        school_code=school,
        plan=plan,
        edition=edition,
        facets=facets or {},
        units=tuple(units),
    )


def community(label: str, group: str, members: str = "5") -> Unit:
    """A community of a group."""
    facets = {"group": group, "members": members}
    return Unit(kind=Subject.COMMUNITY, label=label, facets=facets)


def teachers(*names: str) -> list[Unit]:
    """Nominated teachers."""
    return [Unit(kind=Subject.TEACHER, label=name) for name in names]


def owing(school: Participation) -> tuple[Slot, ...]:
    """What this school owes."""
    return slots(edition_of(f"{school.plan}/{school.edition}"), school)


def numbers(found: Iterable[Slot]) -> Counter[str]:
    """How many pieces of each thing, by the id of what is owed."""
    total: Counter[str] = Counter()
    for slot in found:
        total[slot.owed.id] += slot.expected
    return total


def at(text: str) -> datetime:
    """This moment in Taipei: 2018-03-31T12:00."""
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)
