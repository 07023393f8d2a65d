"""「提醒未繳的學校」: which schools have not handed in what, whom that reaches, and sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.answers.collecting_lines import lacking_card
from bot.clock import taipei_day
from bot.collecting.deeds import Officer
from bot.collecting.standing import SchoolRow, Seen
from bot.collecting.telling import News, key_of, reached, tell
from bot.model.reminders import NoticeKind
from bot.model.schools import School
from bot.model.submission import Record, Standing
from bot.rules.matrix import NOTHING, Column, outstanding
from bot.rules.school_standing import stand
from bot.store import audit, outbox, preferences, quotas, submissions
from bot.store.audit import AuditNote
from bot.store.quotas import Outlook

LACKING = (Standing.DUE, Standing.OVERDUE, Standing.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A school that has not handed everything in, and whom a reminder would reach."""

    school: School
    left: Mapping[Column, int]  # so many of each thing
    people: tuple[str, ...]  # user ids of contacts who will be told something new
    told: int  # contacts who were told all of it today
    silent: int  # contacts who want no reminders

    @property
    def has_contact(self) -> bool:
        """Whether anybody answers for the school here."""
        return bool(self.people or self.told or self.silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What reminding would do."""

    schools: tuple[Lacking, ...]
    outlook: Outlook

    @property
    def messages(self) -> int:
        """How many people are written to: that many messages of the quota, at most."""
        return len({person for one in self.schools for person in one.people})

    @property
    def left(self) -> int | None:
        """How many messages the month still has; None: no limit is known."""
        return None if self.outlook.most is None else max(0, self.outlook.most - self.outlook.used)


def preview(
    db: Connection, channel_id: str, seen: Seen, owed: Sequence[str], now: datetime
) -> Preview:
    """Whom a reminder of these things would reach.

    Args:
        owed: ids of what is owed; empty: everything.
    """
    columns = {c.id: c for c in seen.columns if not owed or c.id in owed}
    found = [(one, _left(one, columns)) for one in seen.rows]
    lacking = [(one, left) for one, left in found if left]
    people = reached(db, channel_id, None if len(lacking) > 100 else _codes(lacking))
    everybody = sorted({person for some in people.values() for person in some})
    stopped = {
        person
        for person, one in preferences.of_people(db, channel_id, everybody).items()
        if one.is_stopped
    }
    keys = [
        key_of(_fact(seen, one.school, column, now), person)
        for one, left in lacking
        for column in left
        for person in people.get(one.school.code, ())
    ]
    known = outbox.queued(db, channel_id, keys)
    schools = []
    for one, left in lacking:
        theirs = people.get(one.school.code, [])
        listening = [person for person in theirs if person not in stopped]
        facts = [_fact(seen, one.school, column, now) for column in left]
        new = [p for p in listening if any(key_of(fact, p) not in known for fact in facts)]
        schools.append(
            Lacking(
                school=one.school,
                left=left,
                people=tuple(new),
                told=len(listening) - len(new),
                silent=len(theirs) - len(listening),
            )
        )
    return Preview(schools=tuple(schools), outlook=quotas.outlook(db, channel_id, now))


def remind(officer: Officer, seen: Seen, owed: Sequence[str], codes: Sequence[str]) -> int:
    """Remind the contacts of these schools; gives how many people are written to.

    Each is told of each thing once a day, however often this is done.
    """
    with officer.engine.begin() as db:
        found = preview(db, officer.channel_id, seen, owed, officer.now)
        chosen = [one for one in found.schools if one.school.code in codes and one.people]
        plan, edition = seen.edition.plan, seen.edition.edition
        records = submissions.by_school(db, officer.channel_id, plan, edition)
        rows = {one.school.code: one for one in seen.rows}
        news = [
            one
            for lack in chosen
            for one in _news(seen, rows[lack.school.code], lack, records, officer.now)
        ]
        people = {one.school.code: list(one.people) for one in chosen}
        tell(db, officer.channel_id, news, people, officer.now)
        told = len({person for some in people.values() for person in some})
        if told:
            _note(db, officer, seen, chosen, told)
    return told


def _news(
    seen: Seen, one: SchoolRow, lack: Lacking, records: Mapping[str, Record], now: datetime
) -> list[News]:
    record = records.get(one.school.code, NOTHING)
    stands = stand(seen.edition, one.row.taking, record, now)
    found = []
    for column in lack.left:
        left = [
            (s.slot, number, s.until)
            for s in stands
            if s.slot.owed.id == column.id
            if (number := sum(s.counts[standing] for standing in LACKING))
        ]
        if left:
            found.append(
                News(
                    school_code=one.school.code,
                    fact=_fact(seen, one.school, column, now),
                    answer=lacking_card(seen.edition, one.school, left),
                    kind=NoticeKind.DEADLINE,
                    not_before=now,
                )
            )
    return found


def _left(one: SchoolRow, columns: Mapping[str, Column]) -> dict[Column, int]:
    left = outstanding(one.row, LACKING)
    return {column: left[name] for name, column in columns.items() if name in left}


def _codes(lacking: Sequence[tuple[SchoolRow, Mapping[Column, int]]]) -> list[str]:
    return [one.school.code for one, _ in lacking]


def _fact(seen: Seen, school: School, column: Column, now: datetime) -> str:
    return f"lacking:{seen.edition.key}:{school.code}:{column.id}:{taipei_day(now)}"


def _note(
    db: Connection, officer: Officer, seen: Seen, chosen: Sequence[Lacking], told: int
) -> None:
    things = dict.fromkeys(column.title for one in chosen for column in one.left)
    noted = AuditNote(
        channel_id=officer.channel_id,
        at=officer.real_now,
        actor=officer.mail,
        what="submission.remind",
        subject=seen.edition.key,
        after={
            "學校": "、".join(one.school.code for one in chosen),
            "項目": "、".join(things),
            "人數": told,
        },
    )
    audit.note(db, noted)
