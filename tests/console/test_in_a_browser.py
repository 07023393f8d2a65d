"""The console in a real browser, on a phone and a desk: by keyboard, held against axe-core."""

import os
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from bot.model.staff_roles import StaffRole
from tests.console.looking import enter, faults_of
from tests.console.office import ADMIN, GOOD, OfficeOfTests
from tests.pages.looking import complaints_of, follow


@pytest.fixture
def office(sqlite_url: str) -> Iterator[OfficeOfTests]:
    made = OfficeOfTests(sqlite_url, address="http://127.0.0.1")
    made.account(StaffRole.ADMIN, ADMIN, GOOD)
    yield made
    made.engine.dispose()


@pytest.fixture
def url(office: OfficeOfTests) -> Iterator[str]:
    with office.served() as address:
        yield f"{address}/console"


def confirm_factor(office: OfficeOfTests, page: Page) -> None:
    """Type what the app shows that was given the secret of this page."""
    secret = page.locator("code").inner_text()
    code = pyotp.TOTP(secret).at(int(office.now.timestamp()))
    page.get_by_label("再輸入驗證器").fill(str(code))
    page.get_by_role("button", name="完成設定").click()
    expect(page.locator(".codes li")).to_have_count(8)


def test_a_session_by_keyboard_alone(office: OfficeOfTests, url: str, desktop_page: Page) -> None:
    page = desktop_page
    complaints = complaints_of(page)
    page.goto(url)
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到內容")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(ADMIN)
    page.keyboard.press("Tab")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")
    page.get_by_role("link", name="操作紀錄").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("操作紀錄")
    page.get_by_role("button", name="登出").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已登出")
    assert complaints == []


@pytest.mark.parametrize("page_name", ["phone_page", "desktop_page"])
def test_every_page_is_readable_by_all_and_fits(
    office: OfficeOfTests, url: str, page_name: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(page_name)
    complaints = complaints_of(page)
    first = office.first("new@example.tw")
    faults: list[str] = []

    def look(name: str) -> None:
        if kept := os.environ.get("CONSOLE_PICTURES"):  # a folder, to look at them
            page.screenshot(path=f"{kept}/{page_name}-{name}.png", full_page=True)
        faults.extend(faults_of(page))

    enter(page, url, "new@example.tw", first)
    look("first-password")
    follow(page.get_by_role("button", name="取消登入"))
    look("signed-out")
    enter(page, url, ADMIN, GOOD)
    for name in ("", "/own", "/own/factor", "/accounts", "/audit", "/settings", "/channels"):
        page.goto(url + name)
        look(name.replace("/", "-") or "today")
    page.goto(f"{url}/accounts")
    page.get_by_text("更動 new@example.tw").click()
    page.get_by_label("電子郵件").fill("third@example.tw")
    look("accounts-open")
    page.get_by_role("button", name="建立帳號").click()
    expect(page.get_by_role("status")).to_contain_text("third@example.tw")
    look("accounts-invited")
    page.goto(f"{url}/own/factor")
    follow(page.get_by_role("button", name="產生 QR code"))
    look("factor-qr")
    confirm_factor(office, page)
    look("recovery")
    follow(page.get_by_role("button", name="登出"))
    enter(page, url, ADMIN, GOOD)
    expect(page.get_by_role("heading", level=1)).to_have_text("輸入驗證碼")
    look("factor")

    assert faults == []
    assert complaints == []


def test_the_audit_is_sifted_without_leaving_the_page(
    office: OfficeOfTests, url: str, phone_page: Page
) -> None:
    page = phone_page
    complaints = complaints_of(page)
    office.first("new@example.tw")
    page.goto(f"{url}/sign-in?next=/console/audit")
    page.get_by_label("電子郵件").fill(ADMIN)
    page.get_by_label("密碼").fill(GOOD)
    page.get_by_role("button", name="登入").click()
    expect(page.locator(".line")).to_have_count(2)
    page.evaluate("document.body.dataset.kept = 'yes'")

    page.get_by_label("哪一天").fill("2022-06-14")

    expect(page.locator(".line")).to_have_count(0)
    assert page.evaluate("document.body.dataset.kept") == "yes"
    assert "day=2022-06-14" in page.url
    assert complaints == []
