"""What the bot knows, to be read in the console; what staff add there is said in the chat."""

import pytest

from bot.model.staff_roles import StaffRole
from bot.understand.reader import Reader
from tests.console.asked import people_of
from tests.console.office import OfficeOfTests, words
from tests.handlers.plans import small_reader

FILLED = {
    "answer": "工作坊有停車位。",
    "edition": "reading/111",
    "title": "工作坊停車",
    "says": "工作坊可以停車嗎",
    "source": "111年6月1日局內會議",
    "until": "2022-12-31",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def stocked(lite: OfficeOfTests, reader: Reader) -> OfficeOfTests:
    lite.reader = reader
    lite.rebuild()
    return lite


def test_an_edition_is_read_by_sections_with_its_clauses(stocked: OfficeOfTests) -> None:
    browser = stocked.signed_in(StaffRole.VIEWER)

    every = words(browser.get("/knowledge"))
    one = words(browser.get("/knowledge/plans/reading/111"))

    assert "說書工作坊" in every  # it is coming
    assert "臺中111晨間共讀" in every
    assert "依據：柒、一" in one
    assert "大墩文化中心" in one


def test_what_was_not_checked_for_a_year_is_said(stocked: OfficeOfTests) -> None:
    browser = stocked.signed_in(StaffRole.VIEWER)
    before = words(browser.get("/knowledge"))

    stocked.later(days=366 * 5)

    assert "沒有核對" not in before
    assert "超過一年沒有核對" in words(stocked.signed_in().get("/knowledge"))


def test_two_editions_are_compared(stocked: OfficeOfTests) -> None:
    first, second, *_ = [edition.key for edition in stocked.reader.library.editions]
    browser = stocked.signed_in(StaffRole.VIEWER)

    page = browser.get(f"/knowledge/differences?old={first}&new={second}")
    nowhere = browser.get("/knowledge/differences?old=x&new=../..")

    assert "→" in words(page)
    assert nowhere.status_code == 303


def test_an_entry_is_added_said_and_withdrawn(stocked: OfficeOfTests) -> None:
    browser, bot = stocked.signed_in(StaffRole.EDITOR), people_of(stocked)

    wrong = browser.post("/knowledge/entries", **{**FILLED, "until": "2022-06-15"})
    browser.post("/knowledge/entries", **FILLED)
    said = bot.say("共讀工作坊可以停車嗎")
    page = browser.get("/knowledge/entries").get_data(as_text=True)
    entry_id = page.partition("/knowledge/entries/")[2].partition("/")[0]
    browser.post(f"/knowledge/entries/{entry_id}/end")

    assert wrong.status_code == 400
    assert "工作坊有停車位" in said
    assert "工作坊有停車位" not in bot.say("共讀工作坊可以停車嗎")
    assert {note.what for note in stocked.audit()} == {"entry.add", "entry.withdraw"}
