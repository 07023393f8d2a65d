"""Taking back the last report brings what stood before it, in the database as well."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine

from bot.ledger import accounts_of, standings_of, with_term, write_down
from bot.model.deeds import Enrolment
from bot.rules.progress import TrackStanding
from bot.store import deeds, enrolments, people
from bot.store.deeds import Report
from tests.handlers.whole_bot import JUNE, TEACHER
from tests.understand.plans import real_reader

CHANNEL = "default"
MARCH = date(2018, 3, 31)
REPORTS = [
    Report(requirement="counsel", on=MARCH, count=Decimal(2), marks=frozenset({"professor"})),
    Report(requirement="three-meetings", on=MARCH, part="launch"),
    Report(requirement="regional-workshop", on=MARCH),
    Report(requirement="evaluation", on=MARCH),
]


@pytest.fixture
def db(engine: Engine):
    with engine.begin() as db:
        people.see(db, CHANNEL, TEACHER, JUNE)
        track = Enrolment(
            id="", plan="mobile-learning", edition="107", track="school-track", joined_at=JUNE
        )
        enrolments.join(db, CHANNEL, TEACHER, track)
        yield db


def mine(db: Connection) -> TrackStanding:
    found = standings_of(accounts_of(db, CHANNEL, TEACHER), real_reader().edition)
    assert len(found) == 1
    return found[0]


def report(db: Connection, number: int) -> None:
    found, each = mine(db), REPORTS[number]
    item = next(i.item for i in found.items if i.item.id == each.requirement)
    dated = with_term(found.edition, item, each)
    written = write_down(
        db, CHANNEL, found, [dated], (f"E-{number}", JUNE + timedelta(minutes=number))
    )
    assert len(written.new) == 1


def test_each_report_taken_back_brings_what_stood_before(db: Connection) -> None:
    before = []
    for number in range(len(REPORTS)):
        before.append(mine(db).items)
        report(db, number)
        assert mine(db).items != before[-1]

    after = []
    for number in reversed(range(len(REPORTS))):
        assert deeds.undo_event(db, CHANNEL, f"E-{number}", JUNE)
        after.append(mine(db).items)

    assert after == before[::-1]


def test_a_report_without_a_term_is_written_with_that_of_its_day(db: Connection) -> None:
    report(db, 0)

    assert [d.term for d in mine(db).account.deeds] == ["spring"]
