"""Lists that are imported: decided first, then applied in one transaction, or not at all.

A kind of list is a function from a table to what it would change (`Prepared`); `carry_out` does the
rest alike for every kind: rows that cannot be read, a dry run, and rows that are refused.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.clock import taipei_day
from bot.errors import AskAgain
from bot.imports.attendance import Asked, Attended, Reading
from bot.imports.cells import readable
from bot.imports.completions import Known, read_completions
from bot.imports.courses import Courses
from bot.imports.participations import read_participations
from bot.imports.participations_told import told
from bot.imports.people import Named, read_named, read_people
from bot.imports.report import Line, Report, report
from bot.imports.schools import read_schools
from bot.imports.table import Column, Table
from bot.imports.which_school import Look, WhichSchool
from bot.ledger import EditionOf
from bot.model.edition import Edition
from bot.model.roster import Member
from bot.model.schools import School
from bot.reminders.follows import Where, refresh
from bot.store import affiliations, completions, participations, people, roster, schools
from bot.store.upsert import parts_of

_PEOPLE = 200  # brought up to date at a time


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a list would change: every row accounted for, and how it is done."""

    report: Report
    apply: Callable[[Connection], None]


Prepare = Callable[[Connection, Table], Prepared]


@dataclass(frozen=True, slots=True)
class How:
    """How a list is carried out."""

    dry_run: bool = False  # nothing is changed
    partly: bool = False  # what is clear is applied although rows are refused


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a list."""

    report: Report
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Importer:
    """Where lists are imported to, by which plans, and when."""

    channel_id: str
    edition_of: EditionOf
    now: datetime
    look: Callable[[Sequence[School]], Look]  # finds schools by their names among these
    editions: Sequence[Edition] = ()  # all of them, for lists whose rows name their plan


def carry_out(
    engine: Engine, table: Table, columns: Sequence[Column], prepare: Prepare, how: How
) -> Carried:
    """Import a list, in one transaction; a list with refused rows changes nothing.

    Unless it is to be done partly: then what is clear is applied, and the rest is told.

    Raises:
        AskAgain: the list as a whole cannot be imported; nothing was changed.
    """
    with engine.begin() as db:
        decided = decide(db, table, columns, prepare)
        is_applied = not how.dry_run and (decided.report.is_clean or how.partly)
        if is_applied:
            decided.apply(db)
    return Carried(decided.report, is_applied)


def decide(db: Connection, table: Table, columns: Sequence[Column], prepare: Prepare) -> Prepared:
    """What a list would change, its rows that cannot be read told among the others."""
    good, bad = readable(table, columns)
    prepared = prepare(db, replace(table, rows=tuple(good)))
    whole = report([*prepared.report.lines, *bad], _notes(table, prepared.report))
    return Prepared(whole, prepared.apply)


def prepare_schools(importer: Importer) -> Prepare:
    """Lists of schools: which are new, and of which something is other."""

    def prepare(db: Connection, table: Table) -> Prepared:
        known = {s.code: s for s in schools.all_schools(db, importer.channel_id)}
        found = read_schools(table, known)

        def apply(db: Connection) -> None:
            schools.put_many(db, importer.channel_id, found.schools, importer.now)

        return Prepared(found.report, apply)

    return prepare


def prepare_people(importer: Importer, school_code: str = "") -> Prepare:
    """Lists of teachers: who is new on a school's list, and whose title is another.

    Args:
        school_code: whose list it is; empty: each row names its school.
    """

    def prepare(db: Connection, table: Table) -> Prepared:
        which = _which(db, importer, school_code)
        named = [read_named(row, which) for row in table.rows]
        codes = {one.school.code for one in named if isinstance(one, Named)}
        before = roster.of_schools(db, importer.channel_id, codes)
        found = read_people(table, named, before, roster.new_member)

        def apply(db: Connection) -> None:
            roster.put_many(db, importer.channel_id, found.new, importer.now)
            roster.retitle(db, importer.channel_id, found.retitled)

        return Prepared(found.report, apply)

    return prepare


@dataclass(frozen=True, slots=True)
class AttendanceOf:
    """Of which plan a list of attendance is, and how it is to be read."""

    edition: Edition
    asked: Asked
    school_code: str = ""  # empty: each row names its school
    add_missing: bool = False  # whoever is on no list is put on their school's


def prepare_completions(importer: Importer, of: AttendanceOf) -> Prepare:
    """Lists of attendance: who completed what of an edition."""

    def prepare(db: Connection, table: Table) -> Prepared:
        channel_id, edition = importer.channel_id, of.edition
        courses = Courses(edition)
        reading = Reading(table, courses, of.asked, taipei_day(importer.now))
        which = _which(db, importer, of.school_code)
        rows = [reading.read(row, which) for row in table.rows]
        members = roster.of_schools(db, channel_id, _codes(rows))
        known = Known(
            members, completions.of_edition(db, channel_id, edition.plan, edition.edition)
        )
        make = roster.new_member if of.add_missing else None
        found = read_completions(edition, rows, known, make)

        def apply(db: Connection) -> None:
            users = _users(members, {one.member_id for one in found.new})
            people.hold_many(db, channel_id, users)
            roster.put_many(db, channel_id, found.new_members, importer.now)
            completions.put_many(db, channel_id, found.new, importer.now)
            _refresh(db, importer, users)

        return Prepared(replace(found.report, notes=tuple(reading.notes)), apply)

    return prepare


def prepare_participations(importer: Importer) -> Prepare:
    """Lists of schools that take part: rows of one school and edition are one participation.

    A school's row with a fault keeps all of that school as it is, also where the rest is applied.
    """

    def prepare(db: Connection, table: Table) -> Prepared:
        known = {s.code: s.name for s in schools.all_schools(db, importer.channel_id)}
        if not known:
            raise AskAgain("還沒有學校名單。請先匯入學校，再匯入參與學校。")
        read = read_participations(table.rows, importer.editions, set(known))
        of = sorted({(one.plan, one.edition) for one in read.takings})
        before = {
            kept.participation.whose: kept.participation
            for plan, edition in of
            for kept in participations.all(db, importer.channel_id, plan, edition)
        }
        names = known | {e.key: e.about.short for e in importer.editions}
        found, new = told(table, read, before, names)

        def apply(db: Connection) -> None:
            codes = sorted({taking.school_code for taking in new})
            held = affiliations.contacts(db, importer.channel_id, codes) if codes else []
            users = sorted({contact.user_id for contact in held})
            people.hold_many(db, importer.channel_id, users)
            for taking in new:
                participations.put(db, importer.channel_id, taking, importer.now)
            _refresh(db, importer, users)

        return Prepared(found, apply)

    return prepare


def _refresh(db: Connection, importer: Importer, user_ids: Sequence[str]) -> None:
    where = Where(db, importer.channel_id, importer.edition_of, importer.now)
    for some in parts_of(user_ids, _PEOPLE):
        refresh(where, *some)


def _which(db: Connection, importer: Importer, school_code: str) -> WhichSchool:
    found = schools.all_schools(db, importer.channel_id)
    if not found:
        raise AskAgain("還沒有學校名單，對不到學校。請先用 bot import schools 匯入學校。")
    given = next((s for s in found if s.code == school_code), None)
    if school_code and given is None:
        raise AskAgain(f"學校名單裡沒有代碼「{school_code}」。請改正代碼，或先匯入學校名單。")
    return WhichSchool(found, importer.look(found), given)


def _codes(rows: Iterable[Attended | Line]) -> set[str]:
    return {one.who.school.code for one in rows if isinstance(one, Attended)}


def _users(members: Iterable[Member], concerned: set[str]) -> list[str]:
    return sorted({m.user_id for m in members if m.user_id and m.id in concerned})


def _notes(table: Table, found: Report) -> list[str]:
    """What is said of the whole file, each once: what was not read stands first."""
    notes = []
    if table.dropped:
        notes.append(f"「{'、'.join(table.dropped)}」是個人資料，讀檔時就丟掉，沒有保存。")
    if table.ignored:
        notes.append(f"用不到的欄位，沒有讀取：{'、'.join(table.ignored)}。")
    return list(dict.fromkeys([*notes, *table.notes, *found.notes]))
