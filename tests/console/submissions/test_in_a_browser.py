"""The bureau's way in a real browser, on a desk and a phone: from all plans to one piece."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.matrix_sample import fill
from bot.model.staff_roles import StaffRole
from tests.console.looking import AT_WIDTH, enter
from tests.console.office import ADMIN, CHANNEL, GOOD, OfficeOfTests
from tests.console.submissions.pieces import receive_one_and_word_the_other
from tests.console.submissions.schools import sent, told, with_contact, with_schools
from tests.pages.looking import complaints_of, follow
from tests.understand.plans import real_reader


@pytest.fixture
def office(sqlite_url: str) -> Iterator[OfficeOfTests]:
    made = OfficeOfTests(sqlite_url, address="http://127.0.0.1")
    made.account(StaffRole.ADMIN, ADMIN, GOOD)
    fill(made.engine, CHANNEL, real_reader(), 8, made.now)
    with_contact(with_schools(made))
    for turn in (1, 2):
        sent(made, f"progress-sheet||{turn}|1")
    yield made
    made.engine.dispose()


@pytest.fixture
def url(office: OfficeOfTests) -> Iterator[str]:
    with office.served() as address:
        yield f"{address}/console"


class Visit:
    """A visit in a browser that notes what is wrong with each page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.faults: list[str] = []

    def look(self, name: str) -> None:
        """Look at the page as it is."""
        if kept := os.environ.get("CONSOLE_PICTURES"):  # a folder, to look at them
            self.page.screenshot(path=f"{kept}/{self.name}-{name}.png", full_page=True)
        self.faults.extend(AT_WIDTH[self.name](self.page))

    def find_the_school(self) -> None:
        """From all plans to one school, with the file on the way."""
        page = self.page
        follow(page.get_by_role("link", name="繳交", exact=True))
        self.look("every")
        follow(page.get_by_role("link", name="行動學習").first)
        page.get_by_label("有這種狀態").select_option("sent")
        follow(page.get_by_role("button", name="篩選"))
        self.look("edition")
        with page.expect_download() as download:
            page.get_by_role("link", name="匯出 Excel").click()
        assert download.value.suggested_filename.endswith(".xlsx")
        follow(page.get_by_role("link", name="大直高中"))
        self.look("school")

    def confirm_and_send_back(self) -> None:
        """One piece is ticked as received, the other goes back."""
        page = self.page
        receive_one_and_word_the_other(page)
        self.look("slot")
        page.get_by_role("button", name="退件", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已退件")
        expect(page.get_by_text("第2頁缺核章")).to_be_visible()

    def remind(self) -> None:
        """Remind whoever lacks something."""
        page = self.page
        follow(page.get_by_role("link", name="行動學習").first)
        follow(page.get_by_role("link", name="提醒未繳的學校"))
        self.look("reminding")
        page.get_by_role("button", name="送出提醒").click()
        expect(page.get_by_role("status")).to_contain_text("已排定 1 則")


PLACES = ("submissions/digital-community/112/participations", "year-end?plan=cooc-teacher/111")


@pytest.mark.parametrize("page_name", ["desktop_page", "phone_page"])
def test_from_all_plans_to_a_piece_that_is_confirmed_or_sent_back(
    office: OfficeOfTests, url: str, page_name: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(page_name)
    complaints, visit = complaints_of(page), Visit(page, page_name)

    enter(page, url, ADMIN, GOOD)
    visit.find_the_school()
    visit.confirm_and_send_back()
    visit.remind()
    for place in PLACES:
        page.goto(f"{url}/{place}")
        visit.look(place.rpartition("/")[2])

    assert "退回補件" in str(told(office))
    assert visit.faults == []
    assert complaints == []
