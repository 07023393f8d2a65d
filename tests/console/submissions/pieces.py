"""What a colleague does in a browser with the two pieces that a school handed in."""

from playwright.sync_api import Page, expect


def receive_one_and_word_the_other(page: Page) -> None:
    """The first is ticked as received; why the second goes back is written, and not sent yet."""
    page.get_by_label("確認收件：第1班進度表（第1次）").check()
    page.get_by_role("button", name="勾選的都確認收件").click()
    expect(page.get_by_role("status")).to_contain_text("已確認收件")
    page.get_by_role("link", name="第1班進度表（第2次）").click()
    page.locator("summary", has_text="退件").click()
    page.locator("#why-send_back").fill("第2頁缺核章")
