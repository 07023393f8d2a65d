"""A console with plans, schools and people, in which staff announce."""

from collections.abc import Sequence

from bot.broadcasts.running import Broadcaster
from bot.broadcasts.sources import sources_of
from bot.delivery.drain import Drain
from bot.messages import Answer
from bot.model.broadcasts import Broadcast, BroadcastState
from bot.model.schools import Affiliation, Level, School, SchoolRole
from bot.model.staff_roles import StaffRole
from bot.store import affiliations, broadcasts, people, schools
from tests.console.office import ADMIN, CHANNEL, GOOD, OfficeOfTests
from tests.understand.plans import real_reader

SENDER = "sender@example.tw"
CONTACTS, TEACHERS = ("U-contact-1", "U-contact-2"), ("U-teacher-1", "U-teacher-2", "U-teacher-3")
SCHOOLS = (
    School(
        "310601", "市立大直國小", "臺北市立大直國民小學", (), "臺北市", "中山區", Level.ELEMENTARY
    ),
    School("640001", "市立三民國中", "高雄市立三民國民中學", (), "高雄市", "三民區", Level.JUNIOR),
)


class LineOfTests:
    """Remembers who was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None:
        self.told.append(user_id)

    def multicast(self, user_ids: Sequence[str], answer: Answer, retry_key: str) -> None:
        self.told += user_ids

    def quota(self) -> tuple[int | None, int]:
        return 3_000, 120


def announcing(database_url: str, address: str = "") -> OfficeOfTests:
    """The office with an admin and a sender, two schools' contacts and three teachers."""
    office = OfficeOfTests(database_url, **({"address": address} if address else {}))
    office.reader = real_reader()
    office.rebuild()
    office.account(StaffRole.ADMIN, ADMIN, GOOD)
    office.account(StaffRole.SENDER, SENDER, GOOD)
    with office.engine.begin() as db:
        schools.put_many(db, CHANNEL, SCHOOLS, office.now)
        for user_id in (*CONTACTS, *TEACHERS):
            people.see(db, CHANNEL, user_id, office.now)
        for user_id, school in zip(CONTACTS, SCHOOLS, strict=True):
            held = Affiliation(school.code, SchoolRole.CONTACT, office.now, confirmed=True)
            affiliations.tie(db, CHANNEL, user_id, held)
    return office


def work(office: OfficeOfTests, sender: LineOfTests | None = None) -> int:
    """What the worker does now; gives how many were queued."""
    sources = sources_of(office.reader.edition)
    queued = Broadcaster(office.engine, CHANNEL, sources).run(office.now)
    if sender is not None:
        drain = Drain(engine=office.engine, sender=sender, channel_id=CHANNEL)
        drain.run(office.now, office.now)
    return queued


def all_of(office: OfficeOfTests) -> list[Broadcast]:
    """Every broadcast, the newest first."""
    with office.engine.connect() as db:
        return broadcasts.in_states(db, CHANNEL, tuple(BroadcastState))
