"""What a school still owes is followed by all of its contacts, until it is handed in."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from bot import school_work
from bot.model.submission import Actor, ActorKind
from bot.reminders.follows import Where, refresh
from bot.reminders.stretches import Stretches
from bot.school_work import Call
from bot.store import affiliations, follows
from bot.store.engine import open_engine
from bot.store.schema import migrate
from tests.handlers.schools.contacts import DAZHI, STAFF, ZHONGLUN, contact_bot, tie
from tests.handlers.whole_bot import OTHER, TEACHER, Bot
from tests.rules.schools import COOC, at, find_edition, taking

JULY = at("2022-07-01T10:00")
LETTER = "nomination-sheet||0|"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    made = contact_bot(engine, JULY)
    with engine.begin() as db:
        tie(db, "U-second", DAZHI)
    return made


def call(event: str, staff: bool = False, slot: str = LETTER) -> Call:
    contact = Actor(channel_id="default", id=TEACHER, kind=ActorKind.CONTACT, school_code=DAZHI)
    return Call(
        actor=STAFF if staff else contact,
        whose=taking(COOC, school=DAZHI).whose,
        slot=slot,
        edition_of=find_edition,
        event_id=event,
    )


def told(bot: Bot, user: str, title: str) -> list[tuple[date, str]]:
    """The days and leads at which somebody is told of dates with this in their title."""
    stretches = Stretches(find_edition)
    with bot.office.engine.begin() as db:
        rows = follows.of_people(db, "default", [user]).get(user, [])
    found = [(r, s) for r in rows if (s := stretches.find(r.stretch)) and title in s.entry.title]
    return [(r.at.date(), r.lead) for r, _ in found]


def start(bot: Bot, now: datetime = JULY) -> None:
    with bot.office.engine.begin() as db:
        refresh(Where(db, "default", find_edition, now), TEACHER, "U-second", OTHER)
