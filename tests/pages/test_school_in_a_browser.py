"""A contact's pages on a phone, with no script at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.handlers.schools.contacts import listed
from tests.pages.contact_stage import ContactStage, contact_stage
from tests.pages.looking import follow

PHONE = {"width": 390, "height": 844}
WAIT_MS = 10_000


def is_within_its_width(page: Page) -> bool:
    """Whether nothing stands out to the right: without script, by the boxes that there are."""
    boxes = page.locator("main, main section, main form, main button, main input").all()
    shown = [b for one in boxes if one.is_visible() and (b := one.bounding_box())]
    return len(shown) > 5 and all(b["x"] + b["width"] <= PHONE["width"] + 1 for b in shown)


@pytest.fixture
def at_school(sqlite_url: str) -> Iterator[ContactStage]:
    yield from contact_stage(sqlite_url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    with browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False
    ) as context:
        context.set_default_timeout(WAIT_MS)
        yield context.new_page()


def test_reporting_and_uploading_without_script(
    at_school: ContactStage, page: Page, tmp_path: Path
) -> None:
    listed(at_school.stage.engine)
    with at_school.stage.served() as url:
        page.goto(url + at_school.path())
        assert is_within_its_width(page)
        later = page.locator("section.track", has_text="行動學習").get_by_text("還沒到期的")
        later.click()
        card = page.locator("section.item", has_text="成果簡報")
        card.get_by_text("回報已送出").click()
        card.get_by_role("button", name="記下已送出").click()
        expect(page.get_by_role("status")).to_have_text("已記下。")

        follow(page.get_by_role("link", name="名冊", exact=True))
        assert is_within_its_width(page)
        page.get_by_role("button", name="產生連結碼").first.click()
        expect(page.get_by_role("status")).to_contain_text("邀請碼")

        roster = tmp_path / "名冊.csv"
        roster.write_text("姓名,職稱\n趙新人,教師\n", encoding="utf-8")
        page.get_by_role("link", name="上傳名單").click()
        page.get_by_label("檔案").set_input_files(roster)
        follow(page.get_by_role("button", name="看結果"))
        assert is_within_its_width(page)
        page.get_by_role("button", name="存入").click()
        expect(page.locator("#result h2")).to_have_text("已存入")
