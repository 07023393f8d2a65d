"""The bureau's way in a real browser, on a desk and a phone: from all plans to one piece."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.matrix_sample import fill
from bot.model.staff_roles import StaffRole
from tests.console.office import ADMIN, CHANNEL, GOOD, OfficeOfTests
from tests.console.submissions.schools import sent, told, with_contact, with_schools
from tests.console.test_in_a_browser import enter, faults_of
from tests.pages.looking import complaints_of
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


@pytest.mark.parametrize("page_name", ["desktop_page", "phone_page"])
def test_from_all_plans_to_a_piece_that_is_confirmed_or_sent_back(
    office: OfficeOfTests, url: str, page_name: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(page_name)
    complaints = complaints_of(page)
    faults: list[str] = []

    def look(name: str) -> None:
        if kept := os.environ.get("CONSOLE_PICTURES"):  # a folder, to look at them
            page.screenshot(path=f"{kept}/{page_name}-{name}.png", full_page=True)
        faults.extend(faults_of(page))

    enter(page, url, ADMIN, GOOD)
    page.get_by_role("link", name="繳交", exact=True).click()
    look("every")
    page.get_by_role("link", name="行動學習").first.click()
    page.get_by_label("有這種狀態").select_option("sent")
    page.get_by_role("button", name="篩選").click()
    look("edition")
    with page.expect_download() as download:
        page.get_by_role("link", name="匯出 Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("link", name="大直高中").click()
    look("school")
    page.get_by_label("確認收件：第1班進度表（第1次）").check()
    page.get_by_role("button", name="勾選的都確認收件").click()
    expect(page.get_by_role("status")).to_contain_text("已確認收件")
    page.get_by_role("link", name="第1班進度表（第2次）").click()
    page.locator("summary", has_text="退件").click()
    page.locator("#why-send_back").fill("第2頁缺核章")
    look("slot")
    page.get_by_role("button", name="退件", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已退件")
    expect(page.get_by_text("第2頁缺核章")).to_be_visible()

    page.get_by_role("link", name="行動學習").first.click()
    page.get_by_role("link", name="提醒未繳的學校").click()
    look("reminding")
    page.get_by_role("button", name="送出提醒").click()
    expect(page.get_by_role("status")).to_contain_text("已排定 1 則")
    for name in (
        "submissions/digital-community/112/participations",
        "year-end?plan=cooc-teacher/111",
    ):
        page.goto(f"{url}/{name}")
        look(name.rpartition("/")[2].partition("?")[0])

    assert "退回補件" in str(told(office))
    assert faults == []
    assert complaints == []
