"""A year replayed for sample teachers: is each thing told once, nothing done, nothing at night?

    python -m benchmarks.year [TEACHERS]

An hour at a time from January to December 2022, over a database of its own. What was queued is
held against what the pure rules say, worked out for each teacher from one of their deeds to the
next, without the tables.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, Engine, select, update

from bot import ledger
from bot.clock import TAIPEI
from bot.model.deeds import Enrolment, Pick
from bot.model.edition import Edition
from bot.model.reminders import Digest, OwnDate, Preferences
from bot.reminders.decide import notices
from bot.reminders.followed import Person, followed_by
from bot.reminders.follows import Where, refresh, wished_stretches
from bot.reminders.planning import Planner, Plans
from bot.rules.notices import stretches_of
from bot.rules.progress import open_items
from bot.rules.sessions import sessions_of
from bot.settings import CHANNEL_ID, Settings
from bot.store import deeds, enrolments, people, preferences, schema, wishes
from bot.store.deeds import Report
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow, OutboxState
from bot.store.wishes import Wish
from bot.understand.reader import Reader
from bot.wiring import load_reader

BEGIN = datetime(2022, 1, 1, tzinfo=TAIPEI)
END = datetime(2023, 1, 1, tzinfo=TAIPEI)
STEP = timedelta(hours=1)
SEED = 20220101


@dataclass(slots=True)
class Teacher:
    """One sample teacher, and what the rules say that they are to be told."""

    user_id: str
    wanted: Preferences
    days: dict[date, int] = field(default_factory=dict)  # of deeds, with how many
    since: dict[str, datetime] = field(default_factory=dict)
    expected: Counter[str] = field(default_factory=Counter)
    state: Person = field(default_factory=Person)
    changed_at: datetime = BEGIN


def replay(engine: Engine, reader: Reader, count: int) -> list[Teacher]:
    """The whole year; gives the teachers with what they were to be told."""
    chance = random.Random(SEED)
    planner = Planner(engine.begin, Plans(reader.edition, reader.library.version), CHANNEL_ID)
    planner.plan(BEGIN)
    teachers = [_teacher(n, chance) for n in range(count)]
    for one in teachers:
        with engine.begin() as db:
            _settle_in(db, reader, one, chance)
    now = BEGIN
    while now < END:
        if now.hour == 10 and now.minute == 0:
            for one in (t for t in teachers if now.date() in t.days):
                with engine.begin() as db:
                    _do(db, reader, one, (now + timedelta(minutes=10), chance))
        if planner.plan(now).queued:
            with engine.begin() as db:  # as if delivered at once
                db.execute(update(OutboxRow).values(state=OutboxState.SENT))
        now += STEP
    for one in teachers:
        _expect(one, END)
    return teachers


def _teacher(number: int, chance: random.Random) -> Teacher:
    digest = chance.choices(list(Digest), (8, 1, 1))[0]
    wanted = Preferences(
        hour=chance.choice([None, None, None, time(7), time(12, 30), time(19)]),
        leads=chance.choice([None, None, None, (5,), (10, 2)]),
        digest=digest,
        paused_until=date(2022, 7, 20) if chance.random() < 0.05 else None,
        is_stopped=chance.random() < 0.03,
    )
    first = date(2022, 6, 1)
    days = {first + timedelta(days=chance.randrange(75)): chance.randint(1, 2) for _ in range(4)}
    return Teacher(f"U{number:06}", wanted, days if chance.random() < 0.8 else {})


def _settle_in(db: Connection, reader: Reader, one: Teacher, chance: random.Random) -> None:
    """Joins a track, chooses sessions, wishes, tells a day of their school."""
    who, at = (CHANNEL_ID, one.user_id), BEGIN
    people.see(db, *who, at)
    preferences.put(db, *who, one.wanted, at)
    edition, track = next(
        (e, t) for e in reader.library.editions for t in e.tracks
        if e.about.year == 111 and t.subject
    )  # fmt: skip
    wanted = Enrolment(
        id="", plan=edition.plan, edition=edition.edition, track=track.id, joined_at=at
    )
    joined = enrolments.join(db, *who, wanted)
    for item in track.items:
        for part in item.parts:
            sessions = sessions_of(edition, item, part)
            if sessions and chance.random() < 0.8:
                pick = Pick(requirement=item.id, part=part.id, session=chance.choice(sessions).key)
                deeds.pick(db, CHANNEL_ID, joined.id, pick, at)
    if chance.random() < 0.3:
        _wish(db, edition, one, chance)
    if chance.random() < 0.3:
        _tell_own(db, reader, one, chance)
    _changed(db, reader, one, at)


def _wish(db: Connection, edition: Edition, one: Teacher, chance: random.Random) -> None:
    entry = chance.choice([d for d in edition.dates if stretches_of(edition, d)])
    stretch = stretches_of(edition, entry)[0]
    wish = Wish(
        plan=edition.plan, edition=edition.edition, date=entry.id, case_key=stretch.case_key
    )
    wishes.put(db, CHANNEL_ID, one.user_id, wish, BEGIN)


def _tell_own(db: Connection, reader: Reader, one: Teacher, chance: random.Random) -> None:
    edition = next(e for e in reader.library.editions if e.reminders and e.reminders.own)
    kinds = edition.reminders.own if edition.reminders else ()
    own = OwnDate(
        plan=edition.plan,
        edition=edition.edition,
        kind=chance.choice(kinds).id,
        due=date(2022, 5, 1) + timedelta(days=chance.randrange(40)),
        hour=17,
    )
    preferences.put_own(db, CHANNEL_ID, one.user_id, own, BEGIN)


def _do(db: Connection, reader: Reader, one: Teacher, when: tuple[datetime, random.Random]) -> None:
    """Reports some of what is open."""
    at, chance = when
    _expect(one, at)
    for standing in one.state.standings:
        left = [i for i in open_items(standing) if not i.item.marks]
        for item in chance.sample(left, min(len(left), one.days[at.date()])):
            parts = [p.id for p in item.item.parts if p.id not in item.done_parts] or [""]
            report = Report(requirement=item.item.id, on=at.date(), part=parts[0])
            by = (f"E{at:%m%d}{item.item.id}", at)
            deeds.put(db, CHANNEL_ID, standing.account.enrolment.id, report, by)
    _changed(db, reader, one, at)


def _changed(db: Connection, reader: Reader, one: Teacher, at: datetime) -> None:
    refresh(Where(db, CHANNEL_ID, reader.edition, at), one.user_id)
    accounts = ledger.accounts_of(db, CHANNEL_ID, one.user_id)
    own = preferences.own_dates(db, CHANNEL_ID, [one.user_id]).get(one.user_id, [])
    wished = wishes.of_person(db, CHANNEL_ID, one.user_id)
    one.state = Person(
        standings=ledger.standings_of(accounts, reader.edition),
        wished=[s for wish in wished for s in wished_stretches(reader.edition, wish)],
        own=[(e, o) for o in own if (e := reader.edition(o.edition_key))],
        since=dict(one.since),
    )
    one.since = {f.stretch.key: f.since for f in followed_by(one.state, at)}
    one.changed_at = at


def _expect(one: Teacher, until: datetime) -> None:
    """What the rules say of the time since the last change."""
    followed = followed_by(one.state, one.changed_at)
    one.expected.update(n.fact for n in notices(followed, one.wanted, one.changed_at, until))


def faults(engine: Engine, teachers: list[Teacher]) -> Iterator[tuple[str, int]]:
    """What was told otherwise than the rules say, counted."""
    with engine.connect() as db:
        rows = db.execute(select(OutboxRow.user_id, OutboxRow.key, OutboxRow.not_before)).all()
    told: dict[str, list[tuple[str, datetime]]] = {}
    for user_id, key, at in rows:
        told.setdefault(user_id, []).append((key.split(":", 2)[2], at.astimezone(TAIPEI)))
    missed = twice = undue = night = off = 0
    for one in teachers:
        mine = told.get(one.user_id, [])
        facts = Counter(fact for fact, _ in mine)
        missed += len(set(one.expected) - set(facts))
        undue += len(set(facts) - set(one.expected))
        twice += sum(n - 1 for n in facts.values()) + sum(n - 1 for n in one.expected.values())
        night += sum(one.wanted.is_quiet(at.time()) for _, at in mine)
        if one.wanted.digest is Digest.WEEKLY:
            off += sum(at.weekday() != 0 for _, at in mine)
    yield "messages queued", len(rows)
    yield "due and not told", missed
    yield "told and not due (done, stopped, muted)", undue
    yield "told twice", twice
    yield "told in quiet hours", night
    yield "weekly, not on a Monday", off
    days = {(user, at.date()) for user, mine in told.items() for _, at in mine}
    yield "messages if each person's day is one", len(days)


def main() -> int:
    """Print the counts; 1 where anything was told otherwise than it should be."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    reader = load_reader(Settings.from_env())
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'year.db'}")
        schema.migrate(engine)
        began = perf_counter()
        teachers = replay(engine, reader, count)
        found = list(faults(engine, teachers))
        print(f"{count} teachers, 2022, {perf_counter() - began:.0f} s")
        for what, number in found:
            print(f"  {what}: {number}")
        engine.dispose()
    return int(any(number for _, number in found[1:5]))


if __name__ == "__main__":
    sys.exit(main())
