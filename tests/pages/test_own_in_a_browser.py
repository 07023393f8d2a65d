"""One's own page on a phone, with no script at all."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.messages import Kind
from tests.pages.looking import PHONE, scriptless
from tests.pages.owner import ASYNC, Owner, owner_on
from tests.papers.read_back import all_text
from tests.understand.plans import real_reader


@pytest.fixture
def owner(sqlite_url: str) -> Iterator[Owner]:
    yield from owner_on(sqlite_url, real_reader())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    with scriptless(browser) as found:
        yield found


@pytest.fixture
def address(owner: Owner) -> Iterator[str]:
    with owner.stage.served() as url:
        yield f"{url}/p/{owner.token()}"


def is_within_its_width(page: Page) -> bool:
    """Whether nothing stands out to the right: without script, by the boxes that there are."""
    shown = [one for one in page.locator("main *").all() if one.is_visible()]
    boxes = [b for one in shown if (b := one.bounding_box())]
    return len(boxes) > 5 and all(b["x"] + b["width"] <= PHONE["width"] + 1 for b in boxes)


def test_a_report_a_session_and_taking_it_back_without_script(
    address: str, page: Page, owner: Owner
) -> None:
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(f"{address}/me")
    item = page.locator("#item-async")
    item.get_by_text("回報完成").click()
    item.get_by_label("線上分組教學小技巧").check()
    item.get_by_label("師生互動教學示例").check()
    item.get_by_role("button", name="記下完成").click()
    expect(page.get_by_role("status")).to_contain_text("已記下")
    expect(page.locator("#item-async")).to_contain_text("✓ 已完成")
    expect(page.locator("#item-async progress")).to_have_attribute("value", "2.0")

    page.locator("#item-sync").get_by_role("button", name="選這一場").first.click()
    expect(page.get_by_text("接下來的場次")).to_be_visible()
    assert is_within_its_width(page)

    page.get_by_role("link", name="紀錄", exact=True).click()
    page.get_by_role("button", name="收回這一筆").first.click()
    expect(page.get_by_role("status")).to_contain_text("已收回")
    assert is_within_its_width(page)
    assert len(owner.deeds()) == 1
    assert complaints == []


def test_the_bars_are_drawn_and_no_rule_of_the_page_is_broken(
    owner: Owner, address: str, phone_page: Page
) -> None:
    complaints: list[str] = []
    phone_page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)

    for path in ("me", "me/history", "me/dates", "me/data", "me/erase"):
        phone_page.goto(f"{address}/{path}")
        assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    phone_page.goto(f"{address}/me")
    bar = phone_page.locator("#item-sync progress").bounding_box()
    assert bar
    assert bar["width"] > 250
    assert complaints == []


def test_data_is_taken_along_and_erased_in_two_steps(
    owner: Owner, address: str, page: Page, tmp_path: Path
) -> None:
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data="remind=cooc-teacher/111#report-deadline")
    page.goto(f"{address}/me/data")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下載全部資料").click()
    taken.value.save_as(tmp_path / "mine.json")
    kept = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
    assert kept["tables"]["wish"][0]["date"] == "report-deadline"

    page.get_by_role("link", name="刪除我的資料").click()
    page.get_by_label("我知道刪除之後無法復原").check()
    page.get_by_role("button", name="刪除我的所有資料").click()

    expect(page.get_by_text("目前沒有留下您的任何資料")).to_be_visible()


def test_reminders_of_many_days_leave_what_is_set_within_reach(
    owner: Owner, address: str, page: Page
) -> None:
    owner.pick()
    owner.stage.ask("提醒我酷課師課程報名截止", owner.user)
    owner.stage.ask("提醒我酷課師函報截止", owner.user)
    page.goto(f"{address}/me/dates")
    days = page.locator(".coming")
    near, far = days.nth(4), days.nth(5)

    expect(near).to_be_visible()
    expect(far).to_be_hidden()
    page.get_by_text("天有提醒").click()
    expect(far).to_be_visible()
    assert is_within_its_width(page)
    far.get_by_role("button", name="不再提醒").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="怎麼提醒我").click()
    expect(page.get_by_label("提醒時間")).to_be_in_viewport()


def test_a_calendar_is_made_and_its_address_stands_there(address: str, page: Page) -> None:
    page.goto(f"{address}/me/dates")
    page.get_by_role("button", name="建立行事曆網址").click()

    expect(page.get_by_label("行事曆網址")).to_have_value(re.compile(r"/calendar/[\w-]{32}\.ics$"))
    assert is_within_its_width(page)


def test_from_ones_own_page_to_a_form_that_comes_filled_in_without_script(
    address: str, page: Page, owner: Owner
) -> None:
    owner.report(ASYNC, part="interaction")
    page.goto(f"{address}/me")
    page.get_by_role("link", name="附件1 酷課師候選人薦派表").click()
    expect(page.get_by_label("完成的課程1")).to_have_value("師生互動教學示例")
    expect(page.get_by_label("姓名")).to_have_value("")
    assert is_within_its_width(page)

    page.get_by_label("酷課雲線上教材製作參與梯次").fill("2")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="下載 Word 檔").click()
    text = all_text(Path(downloading.value.path()).read_bytes())

    assert "師生互動教學示例（課名）" in text
    assert "酷課雲線上教材製作參與梯次，第2梯次" in text
    assert "線上教室II參與梯次，第______梯次" in text
    page.get_by_role("link", name="檢查").click()
    expect(page.get_by_role("heading", name="檢查與試算")).to_be_visible()
    page.get_by_role("link", name="進度").click()
    expect(page.get_by_role("heading", name="我的進度")).to_be_visible()
