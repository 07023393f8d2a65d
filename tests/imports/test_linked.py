"""What lists say of a teacher who is linked to somebody in LINE: it counts, and is shown."""

import pytest
from sqlalchemy import Engine

from bot import ledger
from bot.model.deeds import Enrolment, Vouched
from bot.rules.progress import TrackStanding
from bot.store import deeds, enrolments, people, roster, traces
from bot.store.deeds import Report
from tests.imports.files import HEAD, ROWS
from tests.imports.office import (
    AUTUMN,
    CHANNEL,
    DAZHI,
    PEOPLE,
    everything,
    importer,
    open_office,
    take_list,
    take_people,
)

LIST = (HEAD, *ROWS)
MING = "U-ming"
ONE = ROWS[0]


@pytest.fixture
def office(engine: Engine) -> Engine:
    """With schools, and two teachers on their lists."""
    open_office(engine)
    assert take_people(engine, PEOPLE).is_applied
    return engine


def standing_of(engine: Engine) -> TrackStanding:
    with engine.connect() as db:
        accounts = ledger.accounts_of(db, CHANNEL, MING)
        return ledger.standings_of(accounts, importer().edition_of)[0]


def follow(engine: Engine, *reports: Report) -> str:
    """王小明 follows the track in LINE, reports, and is linked to the list; gives his member id."""
    with engine.begin() as db:
        people.see(db, CHANNEL, MING, AUTUMN)
        track = Enrolment(
            id="", plan="cooc-teacher", edition="111", track="certificate-track", joined_at=AUTUMN
        )
        joined = enrolments.join(db, CHANNEL, MING, track)
        for number, report in enumerate(reports):
            deeds.put(db, CHANNEL, joined.id, report, (f"E-{number}", AUTUMN))
        member = roster.of_schools(db, CHANNEL, [DAZHI.code])[0]
        assert roster.link(db, CHANNEL, member.id, MING, AUTUMN)
        assert not roster.link(db, "other", member.id, MING, AUTUMN)
    return member.id


def test_a_linked_persons_own_reports_and_the_list_count_once(office: Engine) -> None:
    own = Report(requirement="item-sync", part="ono2", on=AUTUMN.date())
    follow(office, own)
    take_list(office, [HEAD, ONE, (*ONE[:2], *ROWS[1][2:])])

    item = standing_of(office).items[0]

    assert item.is_complete
    assert item.is_confirmed
    assert [(d.part, d.on.isoformat(), d.vouched) for d in item.deeds] == [
        ("ono2", "2022-07-08", Vouched.STAFF),
        ("material", "2022-07-12", Vouched.STAFF),
    ]


def test_what_lists_say_is_shown_to_its_person_and_stays_the_schools(office: Engine) -> None:
    member_id = follow(office)
    take_list(office, LIST)

    with office.begin() as db:
        shown = traces.all_of(db, CHANNEL, MING)
        traces.erase(db, CHANNEL, MING, AUTUMN)
        after = traces.all_of(db, CHANNEL, MING)
        member = roster.find(db, CHANNEL, member_id)

    assert [row["name"] for row in shown["roster_member"]] == ["王小明"]
    assert [row["part"] for row in shown["completion"]] == ["ono2"]
    assert after == {}
    assert member is not None
    assert member.user_id is None
    assert MING not in str(everything(office))
