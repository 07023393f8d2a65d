"""The sample teachers of the year's replay, what they do in it, and what they are to be told.

What they are to be told is worked out by the pure rules, for each teacher from one of their deeds
to the next, without the tables.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Engine

from bot import ledger
from bot.clock import TAIPEI
from bot.model.deeds import Enrolment, Pick
from bot.model.edition import Edition
from bot.model.reminders import Digest, OwnDate, Preferences
from bot.reminders.decide import notices
from bot.reminders.followed import Person, followed_by
from bot.reminders.follows import Where, refresh, wished_stretches
from bot.rules.notices import stretches_of
from bot.rules.progress import open_items
from bot.rules.sessions import sessions_of
from bot.settings import CHANNEL_ID
from bot.store import deeds, enrolments, people, preferences, wishes
from bot.store.deeds import Report
from bot.store.wishes import Wish
from bot.understand.reader import Reader

BEGIN = datetime(2022, 1, 1, tzinfo=TAIPEI)
END = datetime(2023, 1, 1, tzinfo=TAIPEI)
SEED = 20220101
Told = tuple[str, Report]  # by which enrolment


@dataclass(slots=True)
class Teacher:
    """One sample teacher, and what the rules say that they are to be told."""

    user_id: str
    wanted: Preferences
    days: dict[date, int] = field(default_factory=dict)  # of deeds, with how many
    reports: dict[date, list[Told]] = field(default_factory=dict)  # what those deeds were
    since: dict[str, datetime] = field(default_factory=dict)
    over: dict[str, datetime] = field(default_factory=dict)  # what is followed no more, since when
    expected: Counter[str] = field(default_factory=Counter)
    state: Person = field(default_factory=Person)
    changed_at: datetime = BEGIN


def settled(engine: Engine, reader: Reader, count: int) -> list[Teacher]:
    """So many teachers, each with what they joined, chose and wished on New Year's Day."""
    chance = random.Random(SEED)
    teachers = [_teacher(n, chance) for n in range(count)]
    for one in teachers:
        with engine.begin() as db:
            _settle_in(db, reader, one, chance)
    return teachers


def live(db: Connection, reader: Reader, one: Teacher, at: datetime) -> None:
    """Reports some of what is open; in another replay of the year the same once more."""
    if at.date() not in one.reports:
        one.reports[at.date()] = list(_chosen(one, at))
        _expect(one, at)
    for enrolment, report in one.reports[at.date()]:
        by = (f"E{at:%m%d}{report.requirement}", at)
        deeds.put(db, CHANNEL_ID, enrolment, report, by)
    _changed(db, reader, one, at)


def end(one: Teacher, until: datetime) -> None:
    """Nothing more is done until then."""
    _expect(one, until)


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


def _chosen(one: Teacher, at: datetime) -> Iterator[Told]:
    chance = random.Random(f"{one.user_id} {at:%m%d}")
    for standing in one.state.standings:
        left = [i for i in open_items(standing) if not i.item.marks]
        for item in chance.sample(left, min(len(left), one.days[at.date()])):
            parts = [p.id for p in item.item.parts if p.id not in item.done_parts] or [""]
            report = Report(requirement=item.item.id, on=at.date(), part=parts[0])
            yield standing.account.enrolment.id, report


def _changed(db: Connection, reader: Reader, one: Teacher, at: datetime) -> None:
    """What is kept in the tables; and once, for the rules, what they then know of the teacher."""
    refresh(Where(db, CHANNEL_ID, reader.edition, at), one.user_id)
    if at <= one.changed_at and one.since:
        return
    accounts = ledger.accounts_of(db, CHANNEL_ID, one.user_id)
    own = preferences.own_dates(db, CHANNEL_ID, [one.user_id]).get(one.user_id, [])
    wished = wishes.of_person(db, CHANNEL_ID, one.user_id)
    one.state = Person(
        standings=ledger.standings_of(accounts, reader.edition),
        wished=[s for wish in wished for s in wished_stretches(reader.edition, wish)],
        own=[(e, o) for o in own if (e := reader.edition(o.edition_key))],
        since=dict(one.since),
    )
    before, one.since = one.since, {f.stretch.key: f.since for f in followed_by(one.state, at)}
    gone = {key: at for key in before if key not in one.since}
    one.over = {key: at for key, at in (one.over | gone).items() if key not in one.since}
    one.changed_at = at


def _expect(one: Teacher, until: datetime) -> None:
    """What the rules say of the time since the last change."""
    followed = followed_by(one.state, one.changed_at)
    one.expected.update(n.fact for n in notices(followed, one.wanted, one.changed_at, until))
