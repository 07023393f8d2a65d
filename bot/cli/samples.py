"""What `bot run --sample` has from the start: schools that take part, people, and what came in."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot import clock, school_work
from bot.import_kinds import KINDS
from bot.import_work import How, Importer, carry_out
from bot.imports.reading import read_table
from bot.model.edition import Edition
from bot.model.schools import Affiliation, SchoolRole
from bot.model.submission import Actor, ActorKind
from bot.reminders.follows import Where, refresh_contacts
from bot.rules.owed import Slot, slots
from bot.school_work import Call
from bot.settings import CHANNEL_ID
from bot.simulator.people import SAMPLE_PEOPLE, STAFF, Persona
from bot.simulator.schools import SAMPLE_CONTACTS, SAMPLE_SCHOOLS
from bot.store import affiliations, participations, people, roster, schools
from bot.store.participations import Kept
from bot.store.people import Role
from bot.understand.reader import Reader
from bot.understand.school_names import SchoolNames

FOLDER = "samples"  # of the knowledge: one list for each kind that may be imported
LISTS = ("participations", "people")
_EARLY, _LATE = timedelta(days=3), timedelta(days=2)
_OFFICE = Actor(channel_id=CHANNEL_ID, id=STAFF.user_id, kind=ActorKind.STAFF)


def put_samples(knowledge: Path, engine: Engine, reader: Reader) -> None:
    """Put all of it there. After a restart what was changed meanwhile stays as it is."""
    now = clock.now()
    with engine.begin() as db:
        people.see(db, CHANNEL_ID, STAFF.user_id, now)
        people.give_role(db, CHANNEL_ID, STAFF.user_id, Role.STAFF)
        schools.put_many(db, CHANNEL_ID, SAMPLE_SCHOOLS, now)
        for persona, code in SAMPLE_CONTACTS:
            people.see(db, CHANNEL_ID, persona.user_id, now)
            held = Affiliation(code, SchoolRole.CONTACT, now, confirmed=True)
            affiliations.tie(db, CHANNEL_ID, persona.user_id, held)
        is_first = not participations.edition_keys(db, CHANNEL_ID)
    if is_first:
        _import_lists(knowledge / FOLDER, engine, reader, now)
        with engine.begin() as db:
            _link(db, SAMPLE_PEOPLE[0], now)
            _hand_in(db, reader, now)


def _import_lists(folder: Path, engine: Engine, reader: Reader, now: datetime) -> None:
    importer = Importer(
        channel_id=CHANNEL_ID,
        edition_of=reader.edition,
        now=now,
        look=lambda known: SchoolNames(known).look,
        editions=reader.library.editions,
    )
    for name in LISTS:
        path, kind = folder / f"{name}.csv", KINDS[name]
        if path.is_file():
            table = read_table(path.name, path.read_bytes(), kind.columns)
            prepare = kind.prepare(importer, {"school": ""})
            carry_out(engine, table, kind.columns, prepare, How(partly=True))


def _link(db: Connection, persona: Persona, now: datetime) -> None:
    """One of the people is the teacher of that name on a school's list."""
    listed = roster.of_schools(db, CHANNEL_ID, [school.code for school in SAMPLE_SCHOOLS])
    member = next((one for one in listed if one.name == persona.name), None)
    if member is not None:
        people.see(db, CHANNEL_ID, persona.user_id, now)
        roster.link(db, CHANNEL_ID, member.id, persona.user_id, now)


def _hand_in(db: Connection, reader: Reader, now: datetime) -> None:
    """What schools handed in so far: some of it on time, some late, returned or not at all."""
    for key in participations.edition_keys(db, CHANNEL_ID):
        plan, _, edition_id = key.partition("/")
        edition = reader.edition(key)
        if edition is None:
            continue
        for turn, kept in enumerate(participations.all(db, CHANNEL_ID, plan, edition_id)):
            for number, slot in enumerate(_first_due(edition, kept)):
                _move(db, reader, (kept, slot), turn + number, now)
    # What was moved on days long past must leave no reminders of these days.
    for _, code in SAMPLE_CONTACTS:
        refresh_contacts(Where(db, CHANNEL_ID, reader.edition, now), code)


def _first_due(edition: Edition, kept: Kept) -> list[Slot]:
    """The third of all slots that is due first; what has no date is not among them."""
    dated = [slot for slot in slots(edition, kept.participation) if slot.closes]
    dated.sort(key=lambda slot: (slot.closes, slot.key))
    return dated[: max(3, len(dated) // 3)]


def _move(
    db: Connection, reader: Reader, of: tuple[Kept, Slot], pattern: int, now: datetime
) -> None:
    kept, slot = of
    if pattern % 4 == 0 or slot.closes is None:
        return
    sent = slot.closes + (_LATE if pattern % 7 == 3 else -_EARLY)
    call = Call(
        actor=_OFFICE,
        whose=kept.participation.whose,
        slot=slot.key,
        edition_of=reader.edition,
        event_id="sample",
    )
    if sent > now:
        return
    school_work.report(db, call, slot.expected, sent)
    if pattern % 4 == 1:
        school_work.confirm(db, call, slot.expected, sent + timedelta(days=1))
    if pattern % 6 == 2:
        school_work.send_back(db, call, 1, "缺校長核章，請補章後再送", sent + timedelta(days=1))
