"""Broadcasts in a real browser: composed, approved by a colleague, sent, watched."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.model.broadcasts import BroadcastState
from tests.console.announcing import SENDER, LineOfTests, all_of, announcing, work
from tests.console.looking import AT_WIDTH, enter
from tests.console.office import ADMIN, GOOD, OfficeOfTests
from tests.pages.looking import complaints_of, follow

WORDS = "<b>停機</b>公告：6月20日系統停機一天。\n請提早上傳。"


@pytest.fixture
def office(sqlite_url: str) -> Iterator[OfficeOfTests]:
    made = announcing(sqlite_url, "http://127.0.0.1")
    yield made
    made.engine.dispose()


@pytest.fixture
def url(office: OfficeOfTests) -> Iterator[str]:
    with office.served() as address:
        yield f"{address}/console"


class Looker:
    """Holds every page against axe and its width, and keeps a picture where one is wanted."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.faults = page, name, list[str]()

    def look(self, what: str) -> None:
        if kept := os.environ.get("CONSOLE_PICTURES"):
            self.page.screenshot(path=f"{kept}/{self.name}-{what}.png", full_page=True)
        self.faults += AT_WIDTH[self.name](self.page)


@pytest.mark.parametrize("page_name", ["phone_page", "desktop_page"])
def test_a_broadcast_is_written_approved_by_a_colleague_sent_and_watched(
    office: OfficeOfTests,
    url: str,
    page_name: str,
    browser: Browser,
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(page_name)
    page.clock.install()
    complaints, seen = complaints_of(page), Looker(page, page_name)
    enter(page, url, SENDER, GOOD)
    _write(page, url, seen)
    _choose(page, seen)
    _needs_a_colleague(office)
    page.get_by_role("button", name="確認送出給 2 人").click()
    expect(page.get_by_text("請另一位同事核可")).to_be_visible()
    with browser.new_context() as other:
        _approves(other.new_page(), url)
    told = _watch(office, page, seen)
    page.goto(f"{url}/broadcasts")
    seen.look("list")
    page.goto(f"{url}/own/line")
    page.get_by_role("button", name="產生連結碼").click()
    expect(page.locator(".code")).to_contain_text("連結主控台 ")
    seen.look("link")

    assert [one.state for one in all_of(office)] == [BroadcastState.RUNNING]
    assert told == ["U-contact-1", "U-contact-2"]
    assert (seen.faults, complaints) == ([], [])


def _write(page: Page, url: str, seen: Looker) -> None:
    """Words and a card, seen as LINE shows them while they are typed."""
    page.goto(f"{url}/broadcasts")
    seen.look("none")
    page.get_by_role("link", name="寫新的公告").click()
    page.get_by_label("要說的話").fill("長" * 2_105)
    expect(page.locator("#text-said")).to_contain_text("2,105／2,000 字，太長了")
    page.get_by_label("要說的話").fill(WORDS)
    expect(page.locator(".bubble")).to_have_text(WORDS)
    page.get_by_role("heading", name="卡片").click()
    page.get_by_label("主旨").fill("期末資料開始收件")
    page.get_by_label("醒目的日期").fill("6月30日(四)前")
    page.get_by_label("說明（一行").fill("計畫網站上傳\n紙本寄到承辦單位")
    page.get_by_label("上面的字").first.fill("要交什麼")
    expect(page.locator(".flex-button")).to_have_text("要交什麼")
    seen.look("compose")
    page.get_by_role("button", name="儲存，接著選對象").click()


def _choose(page: Page, seen: Looker) -> None:
    """Contacts of schools; a condition is added and taken away again."""
    page.get_by_label("例如").fill("學校承辦人")
    page.get_by_role("button", name="加入").first.click()
    expect(page.locator(".said-of")).to_have_text("學校承辦人")
    expect(page.locator(".figure")).to_contain_text("2人會收到")
    page.locator("summary", has_text="縣市").first.click()
    cities = page.locator("details[open]", has_text="縣市")
    cities.get_by_label("高雄市", exact=True).check()
    cities.get_by_role("combobox").select_option("not")
    seen.look("audience-open")
    cities.get_by_role("button", name="加入").click()
    expect(page.locator(".said-of")).to_have_text("學校承辦人、不含「高雄市」")
    follow(page.get_by_role("button", name="拿掉最後一個條件"))
    seen.look("audience")
    follow(page.get_by_role("button", name="用這個對象"))
    seen.look("draft")


def _watch(office: OfficeOfTests, page: Page, seen: Looker) -> list[str]:
    """Paused nothing goes out; resumed all does, and the report says so by itself."""
    line = LineOfTests()
    work(office)
    page.goto(page.url)
    seen.look("running")
    follow(page.get_by_role("button", name="暫停"))
    work(office, line)
    assert line.told == []
    follow(page.get_by_role("button", name="繼續傳送"))
    office.later(minutes=1)
    work(office, line)
    page.clock.fast_forward(11_000)  # nobody reloads the page
    expect(page.locator("#report .bars").first).to_contain_text("已送達 LINE 2")
    seen.look("sent")
    return sorted(line.told)


def _needs_a_colleague(office: OfficeOfTests) -> None:
    admin = office.signed_in()
    admin.post("/settings", people="1")


def _approves(page: Page, url: str) -> None:
    """The admin, by keyboard alone."""
    enter(page, url, ADMIN, GOOD)
    page.get_by_role("link", name="公告", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="<b>停機").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="核可，照時間送出").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已核可")


def test_a_broadcast_is_written_and_handed_in_by_keyboard_alone(
    office: OfficeOfTests, url: str, desktop_page: Page
) -> None:
    page = desktop_page
    enter(page, url, SENDER, GOOD)
    _tab_to(page, page.get_by_role("link", name="公告", exact=True), "Enter")
    _tab_to(page, page.get_by_role("link", name="寫新的公告"), "Enter")
    _tab_to(page, page.get_by_label("要說的話"))
    page.keyboard.type("明天停機。")
    _tab_to(page, page.locator("summary", has_text="卡片"), "Enter")
    _tab_to(page, page.get_by_label("主旨"))
    page.keyboard.type("停機一天")
    expect(page.locator(".bubble")).to_have_text("明天停機。")
    _tab_to(page, page.get_by_role("button", name="儲存，接著選對象"), "Enter")
    _tab_to(page, page.get_by_label("例如"))
    page.keyboard.type("學校承辦人")
    page.keyboard.press("Enter")
    expect(page.locator(".said-of")).to_have_text("學校承辦人")
    _tab_to(page, page.get_by_role("button", name="用這個對象"), "Enter")
    _tab_to(page, page.get_by_role("button", name="確認送出給 2 人"), "Enter")
    expect(page.get_by_role("status")).to_contain_text("已排定")

    (made,) = all_of(office)
    assert made.state is BroadcastState.SCHEDULED
    assert len(made.draft.pieces) == 2


def _tab_to(page: Page, wanted: Locator, press: str = "") -> None:
    """Go on with the Tab key until this has the focus, as somebody without a mouse does."""
    expect(wanted).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    if press:
        page.keyboard.press(press)
