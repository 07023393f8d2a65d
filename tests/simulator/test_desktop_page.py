"""The page at a desk: a phone, and panels beside it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.simulator.screen import Screen, opened


@pytest.fixture
def desk(desktop_page: Page) -> Iterator[Screen]:
    yield from opened(desktop_page)


def test_another_person_has_a_chat_of_their_own(desk: Screen) -> None:
    desk.say("我是王")
    expect(desk.chat().get_by_text("您說：我是王")).to_be_visible()

    desk.page.get_by_role("button", name="林組長 國小承辦").click()
    expect(desk.chat().get_by_text("您說：我是王")).to_be_hidden()
    desk.say("我是林")

    expect(desk.chat().get_by_text("您說：我是林")).to_be_visible()
    first, second = (event["source"]["userId"] for event in desk.bot.events)
    assert first != second


def test_a_new_person_can_be_added_and_speaks(desk: Screen) -> None:
    desk.page.get_by_text("＋ 新增一位").click()
    desk.page.get_by_label("姓名").fill("李老師")
    desk.page.get_by_label("身分", exact=True).fill("國小教師")
    desk.press("新增")

    expect(desk.page.get_by_role("button", name="李老師 國小教師")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_in_a_group_the_bot_is_called_by_name(desk: Screen) -> None:
    desk.press("校內教師群組")
    desk.press("邀請師鐘加入群組")
    expect(desk.chat().get_by_text("收到 join")).to_be_visible()

    desk.say("截止")

    expect(desk.chat().get_by_text("7/31（日）截止")).to_be_visible()
    assert desk.bot.events[-1]["message"]["mention"]["mentionees"][0]["isSelf"]
    assert desk.bot.events[-1]["source"]["type"] == "group"


def test_following_and_blocking(desk: Screen) -> None:
    desk.press("加入好友")
    expect(desk.chat().get_by_text("收到 follow")).to_be_visible()

    desk.press("封鎖")

    expect(desk.page.get_by_label("輸入訊息")).to_be_disabled()
    desk.press("解除封鎖")
    expect(desk.page.get_by_label("輸入訊息")).to_be_enabled()


def test_an_event_can_be_delivered_again_from_the_record(desk: Screen) -> None:
    desk.say("您好")
    expect(desk.chat().get_by_text("您說：您好")).to_be_visible()

    desk.page.locator("details").filter(has_text="webhook message").locator("summary").click()
    desk.press("重送這個事件")

    record = desk.page.locator("details").filter(has_text="webhook message")
    expect(record.locator(".status", has_text="200")).to_have_count(2)
    assert desk.bot.events[1]["deliveryContext"] == {"isRedelivery": True}
