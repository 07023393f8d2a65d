"""A confirmed contact of a school that takes part in the real plans."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.model.participation import Participation
from bot.model.schools import Affiliation, SchoolRole
from bot.model.submission import Actor, ActorKind, Record, Tally
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import affiliations, participations, people, roster, schools, submissions
from tests.handlers.whole_bot import OTHER, TEACHER, Bot
from tests.rules.schools import COMMUNITY, COOC, MOBILE, at, community, taking, teachers
from tests.understand.plans import real_reader

ADDRESS, KEY = "https://bot.example", "k" * 32
DAZHI, ZHONGLUN = "S00001", "S00003"
MARCH = at("2018-03-20T10:00")
NAMES = ("王小明", "陳美麗", "林大同")
STAFF = Actor(channel_id="default", id="S1", kind=ActorKind.STAFF)


def contact_bot(engine: Engine, now: datetime = MARCH) -> Bot:
    """The bot on the real plans: TEACHER answers for 大直高中, OTHER for 中崙高中."""
    settle(engine)
    return Bot(Office(engine, handle, real_reader(), Links(ADDRESS, KEY)), at=now)


def settle(engine: Engine) -> None:
    """Two schools with a contact each, in the same plans."""
    with engine.begin() as db:
        schools.put_many(db, "default", SAMPLE_SCHOOLS, MARCH)
        for user, code in ((TEACHER, DAZHI), (OTHER, ZHONGLUN)):
            tie(db, user, code)
        for taken in (*takings(DAZHI), *takings(ZHONGLUN)):
            participations.put(db, "default", taken, MARCH)


def tie(db: Connection, user: str, code: str) -> None:
    """A confirmed contact's tie."""
    people.see(db, "default", user, MARCH)
    held = Affiliation(code, SchoolRole.CONTACT, MARCH, confirmed=True)
    affiliations.tie(db, "default", user, held)


def takings(code: str) -> Iterable[Participation]:
    """Three plans: of classes, of communities, of nominated teachers."""
    yield taking(MOBILE, {"granted": "3"}, school=code)
    two = [community("閱讀社群", "B"), community("數位社群", "B")]
    yield taking(COMMUNITY, units=[community("科學社群", "A"), *two], school=code)
    yield taking(COOC, units=teachers(*NAMES), school=code)


def kept(bot: Bot, code: str = DAZHI) -> dict[str, Tally]:
    """What is kept of one school, by slot, of all plans."""
    with bot.office.engine.connect() as db:
        records: dict[str, Record] = submissions.of_school(db, "default", code)
    return {key: t for record in records.values() for key, t in record.tallies.items()}


def listed(
    engine: Engine, code: str = DAZHI, linked: dict[str, str] | None = None
) -> dict[str, str]:
    """The nominated teachers on the school's list, some of them linked: name → id."""
    members = [roster.new_member(code, name) for name in NAMES]
    with engine.begin() as db:
        roster.put_many(db, "default", members, MARCH)
        for member in members:
            if member.name in (linked or {}):
                people.see(db, "default", (linked or {})[member.name], MARCH)
                roster.link(db, "default", member.id, (linked or {})[member.name], MARCH)
    return {member.name: member.id for member in members}
