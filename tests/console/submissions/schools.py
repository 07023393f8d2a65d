"""Schools of tests that take part in the real plans, with contacts and pieces."""

import re
from dataclasses import replace

from sqlalchemy import select

from bot import school_work
from bot.model.participation import Participation
from bot.model.schools import Affiliation, Level, School, SchoolRole
from bot.model.submission import Actor, ActorKind
from bot.school_work import Call
from bot.store import affiliations, people, schools
from bot.store.tables import OutboxRow
from tests.console.office import CHANNEL, OfficeOfTests
from tests.rules.schools import MOBILE, find_edition, taking

DAZHI = School("353301", "大直高中", "臺北市立大直高級中學", city="臺北市", district="中山區",
               level=Level.SENIOR)  # fmt: skip
SHILIN = School("353302", "士林國中", "臺北市立士林國民中學", city="臺北市", district="士林區",
                level=Level.JUNIOR)  # fmt: skip
SLOT = "progress-sheet||1|1"
EDITION = "/submissions/mobile-learning/107"
SCHOOL = f"{EDITION}/schools/{DAZHI.code}"
CONTACT, SECOND = "Udazhi-contact-0001", "Ushilin-contact-002"


def with_schools(
    office: OfficeOfTests, key: str = MOBILE, one: Participation | None = None
) -> OfficeOfTests:
    """Two schools of an edition, of one class each."""
    taken = one or taking(key, {"granted": "1"})
    staff = Actor(channel_id=CHANNEL, id="S1", kind=ActorKind.STAFF)
    with office.engine.begin() as db:
        schools.put_many(db, CHANNEL, [DAZHI, SHILIN], office.now)
        for school in (DAZHI, SHILIN):
            mine = replace(taken, school_code=school.code)
            school_work.take_part(db, staff, mine, office.reader.edition, office.now)
    return office


def with_contact(office: OfficeOfTests, user_id: str = CONTACT, school: School = DAZHI) -> str:
    """Somebody who answers for the school."""
    tie = Affiliation(school.code, SchoolRole.CONTACT, office.now, confirmed=True)
    with office.engine.begin() as db:
        people.see(db, CHANNEL, user_id, office.now)
        affiliations.tie(db, CHANNEL, user_id, tie)
    return user_id


def sent(office: OfficeOfTests, slot: str = SLOT, count: int = 1) -> None:
    """The contact of the first school reported this."""
    actor = Actor(channel_id=CHANNEL, id=CONTACT, kind=ActorKind.CONTACT, school_code=DAZHI.code)
    whose = replace(taking(MOBILE), school_code=DAZHI.code).whose
    call = Call(
        actor=actor, whose=whose, slot=slot, edition_of=find_edition, event_id=f"report {slot}"
    )
    with office.engine.begin() as db:
        school_work.report(db, call, count, office.now)


def told(office: OfficeOfTests) -> list[tuple[str, str, str]]:
    """Who is to be told what, and how urgent it is."""
    with office.engine.connect() as db:
        rows = db.execute(select(OutboxRow.user_id, OutboxRow.kind, OutboxRow.answer)).all()
    return sorted((row[0], row[1].value, str(row[2]["parts"])) for row in rows)


def visit_of(page: str) -> str:
    """Which showing of the page its forms come from."""
    found = re.search(r'name="visit" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]
