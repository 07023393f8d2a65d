"""Whatever the menus say for somebody is understood."""

import pytest

from bot.answers.owed_lines import BECOME
from bot.catalog.menus import load_menus
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.messages import Kind, Outcome
from bot.model.menus import MenuRole
from bot.model.schools import Affiliation, SchoolRole
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import affiliations, people, schema, schools
from bot.store.engine import open_engine
from bot.store.people import Role
from tests.handlers.whole_bot import CLERK, JUNE, TEACHER, Bot
from tests.source import ROOT
from tests.understand.plans import real_reader

CONTACT = "U-contact"


def words_of(role: MenuRole) -> list[str]:
    """What the cells of this role's menus say, each once."""
    menus = load_menus(ROOT / "knowledge").menus
    return sorted({c.words for menu in menus if menu.role is role for c in menu.page.cells})


@pytest.fixture(scope="module")
def whole() -> Bot:
    """The bot on the real plans, with one member of staff."""
    engine = open_engine("sqlite://")
    schema.migrate(engine)
    with engine.begin() as db:
        people.see(db, "default", CLERK, JUNE)
        people.give_role(db, "default", CLERK, Role.STAFF)
        schools.put_many(db, "default", SAMPLE_SCHOOLS, JUNE)
        people.see(db, "default", CONTACT, JUNE)
        held = Affiliation("S00001", SchoolRole.CONTACT, JUNE, confirmed=True)
        affiliations.tie(db, "default", CONTACT, held)
    links = Links("https://bell.example.tw", "a key of a test's own")
    return Bot(Office(engine, handle, real_reader(), links, mails=True))


@pytest.mark.parametrize("words", words_of(MenuRole.TEACHER))
def test_a_teacher_is_understood(whole: Bot, words: str) -> None:
    assert whole.ask(words, TEACHER + words).outcome is not Outcome.UNKNOWN


@pytest.mark.parametrize("words", words_of(MenuRole.STAFF))
def test_staff_are_understood(whole: Bot, words: str) -> None:
    assert whole.ask(words, CLERK).outcome is not Outcome.UNKNOWN


@pytest.mark.parametrize("words", words_of(MenuRole.CONTACT))
def test_a_contact_is_understood(whole: Bot, words: str) -> None:
    answer = whole.ask(words, CONTACT)
    assert answer.outcome is not Outcome.UNKNOWN
    assert BECOME not in str(answer)


def test_staff_who_ask_for_usage_hear_of_the_months_pushes(whole: Bot) -> None:
    assert "本月推播已用0則" in whole.say("用量", CLERK)


def test_nobody_is_answered_for_turning_a_menu(whole: Bot) -> None:
    assert not whole.send(TEACHER, Kind.OTHER).parts
