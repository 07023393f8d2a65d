"""What a school still owes is followed by all of its contacts, until it is handed in."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from bot import school_work
from bot.import_work import How, carry_out, prepare_participations
from bot.imports.participations import COLUMNS
from bot.imports.reading import read_table
from bot.model.submission import Actor, ActorKind
from bot.reminders.follows import Where, refresh
from bot.reminders.stretches import Stretches
from bot.school_work import Call
from bot.store import follows
from tests.handlers.schools.contacts import DAZHI, STAFF, contact_bot, tie
from tests.handlers.whole_bot import OTHER, TEACHER, Bot, button
from tests.imports.files import csv_text
from tests.imports.office import importer
from tests.rules.schools import COOC, at, find_edition, taking, teachers
from tests.understand.plans import real_library

JULY = at("2022-07-01T10:00")
LETTER = "nomination-sheet||0|"
TAKING_PART = (("學校代碼", "計畫", "年度", "薦派教師"), (DAZHI, "酷課師", "111", "王小明"))


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


def test_all_contacts_of_the_school_are_told_14_7_3_1_and_0_days_before(bot: Bot) -> None:
    start(bot)

    days = [(date(2022, 7, d), f"{31 - d}d") for d in (17, 24, 28, 30, 31)]
    assert told(bot, TEACHER, "學校函報截止") == days
    assert told(bot, "U-second", "學校函報截止") == days


def test_what_is_handed_in_is_followed_no_more_and_what_is_returned_is(bot: Bot) -> None:
    start(bot)
    others = ("registration-sheet", "course-proof")
    names = [f"{owed}||0|{name}" for owed in others for name in ("王小明", "陳美麗", "林大同")]
    with bot.office.engine.begin() as db:
        for n, slot in enumerate([LETTER, *names]):
            school_work.report(db, call(f"e{n}", slot=slot), 1, JULY)
    done = told(bot, "U-second", "學校函報截止")
    elsewhere = told(bot, OTHER, "學校函報截止")
    with bot.office.engine.begin() as db:
        school_work.send_back(db, call("s1", staff=True), 1, "缺核章", JULY)
    again = told(bot, "U-second", "學校函報截止")

    assert done == []
    assert len(elsewhere) == 5
    assert len(again) == 5


def test_a_later_date_of_one_school_takes_the_place_of_the_plans(bot: Bot) -> None:
    start(bot)
    later = date(2022, 8, 20)
    with bot.office.engine.begin() as db:
        school_work.extend(db, call("s1", staff=True), later, "颱風", JULY)

    days = [day for day, _ in told(bot, TEACHER, "展延後")]
    assert days[-1] == later
    assert told(bot, OTHER, "展延後") == []


def test_my_reminders_say_that_the_school_owes_it(bot: Bot) -> None:
    start(bot)

    assert "貴校還沒交的" in bot.say("我的提醒")


def test_whoever_is_a_contact_no_more_is_not_reminded(bot: Bot) -> None:
    start(bot)
    asked = bot.ask("我已卸任")
    bot.press(button(asked, "確定卸任"))

    assert told(bot, TEACHER, "學校函報截止") == []
    assert len(told(bot, "U-second", "學校函報截止")) == 5


def test_a_school_that_no_longer_takes_part_owes_nothing_to_be_told_of(bot: Bot) -> None:
    start(bot)
    taken = taking(COOC, units=teachers("王小明"), school=DAZHI)
    with bot.office.engine.begin() as db:
        assert school_work.leave(db, STAFF, taken.whose, find_edition, JULY)
    left = told(bot, "U-second", "學校函報截止")
    elsewhere = told(bot, OTHER, "學校函報截止")
    with bot.office.engine.begin() as db:
        school_work.take_part(db, STAFF, taken, find_edition, JULY)

    assert left == []
    assert elsewhere
    assert told(bot, "U-second", "學校函報截止") == elsewhere


def test_a_list_of_schools_that_take_part_reaches_what_their_contacts_are_told(bot: Bot) -> None:
    taken = taking(COOC, units=teachers("王小明"), school=DAZHI)
    with bot.office.engine.begin() as db:
        school_work.leave(db, STAFF, taken.whose, find_edition, JULY)
    start(bot)
    before = told(bot, TEACHER, "學校函報截止")
    table = read_table("taking.csv", csv_text(TAKING_PART).encode(), COLUMNS)
    here = replace(importer(), now=JULY, editions=real_library().editions)

    done = carry_out(bot.office.engine, table, COLUMNS, prepare_participations(here), How())

    assert (before, done.is_applied) == ([], True)
    assert told(bot, TEACHER, "學校函報截止")
