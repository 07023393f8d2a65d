"""A day's work in the console in a browser: a list imported, a question answered, all pages."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from bot.model.staff_roles import StaffRole
from bot.store.tables import OutboxRow, OutboxState
from tests.console.asked import people_of
from tests.console.looking import AT_WIDTH, enter
from tests.console.office import ADMIN, GOOD, OfficeOfTests
from tests.handlers.plans import small_reader
from tests.handlers.whole_bot import NOTIFY, PASS_ON, button
from tests.pages.looking import complaints_of, follow

LIST = "學校代碼,學校名稱,縣市,行政區\n353301,市立大直高中,臺北市,中山區\n1,壞的,臺北市,\n"
ODD = "共讀工作坊會供餐嗎"
PAGES = (
    "",
    "/questions",
    "/questions?look=unknown",
    "/delivery",
    "/delivery?state=waiting",
    "/knowledge",
    "/knowledge/plans/reading/111",
    "/knowledge/entries",
    "/schools",
    "/schools/353301",
    "/invitations",
    "/staff",
    "/imports",
    "/imports?kind=completions",
    "/audit",
)


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[OfficeOfTests]:
    reader = small_reader(tmp_path / "knowledge")
    made = OfficeOfTests(sqlite_url, address="http://127.0.0.1", reader=reader)
    made.account(StaffRole.ADMIN, ADMIN, GOOD)
    bot = people_of(made)
    passed = bot.press(button(bot.ask(ODD), PASS_ON))
    bot.press(button(passed, NOTIFY))
    for text in ("火星怎麼去", "火星要怎麼去", "共讀可以抵研習時數嗎"):
        bot.ask(text)
    made.later(hours=1)
    yield made
    made.engine.dispose()


@pytest.fixture
def url(office: OfficeOfTests) -> Iterator[str]:
    with office.served() as address:
        yield f"{address}/console"


@pytest.mark.parametrize("page_name", ["phone_page", "desktop_page"])
def test_a_list_is_imported_a_question_answered_and_every_page_is_readable(
    office: OfficeOfTests,
    url: str,
    page_name: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    page: Page = request.getfixturevalue(page_name)
    complaints = complaints_of(page)
    faults: list[str] = []

    def look(name: str) -> None:
        if kept := os.environ.get("CONSOLE_PICTURES"):  # a folder, to look at them
            page.screenshot(path=f"{kept}/{page_name}-{name}.png", full_page=True)
        faults.extend(AT_WIDTH[page_name](page))

    enter(page, url, ADMIN, GOOD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")
    _import(page, url, tmp_path, look)
    _answer_by_keyboard(page, url, look)
    with office.engine.begin() as db:
        db.execute(update(OutboxRow).values(state=OutboxState.DEAD, error="LINE said 400"))
    page.goto(f"{url}/delivery")
    follow(page.get_by_role("link", name="承辦答覆"))
    look("message")
    page.get_by_role("button", name="重送").click()
    expect(page.get_by_role("status")).to_contain_text("已排入重送")
    page.goto(f"{url}/invitations")
    follow(page.get_by_role("button", name="產生並列印"))
    look("codes")
    for path in PAGES:
        page.goto(url + path)
        look(path.replace("/", "-").replace("?", "-") or "today")

    assert faults == []
    assert [one for one in complaints if "400" not in one] == []  # of the form sent empty


def _import(page: Page, url: str, tmp_path: Path, look: Callable[[str], None]) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto(f"{url}/imports")
    page.get_by_label("檔案").set_input_files(file)
    page.get_by_role("button", name="上傳並試跑").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("schools.csv")
    expect(page.locator("tbody tr")).to_have_count(1)
    look("import-tried")
    page.get_by_label("有問題的 1 列不匯入").check()
    page.get_by_role("button", name="匯入", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("已匯入。")


def _answer_by_keyboard(page: Page, url: str, look: Callable[[str], None]) -> None:
    page.goto(f"{url}/questions")
    page.get_by_role("link", name=ODD).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("問題")
    page.get_by_role("button", name="送出答覆").click()
    expect(page.get_by_role("alert")).to_contain_text("還沒有送出")
    look("question-fault")
    page.get_by_label("答覆（必填").focus()
    page.keyboard.type("午餐請自理。")
    page.get_by_role("button", name="送出答覆").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已答覆")
    look("question-answered")
