"""The page on a phone: the whole screen is the chat."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.simulator.screen import HTML, Screen, opened


@pytest.fixture
def phone(phone_page: Page) -> Iterator[Screen]:
    yield from opened(phone_page)


def test_what_is_said_and_its_card_are_shown(phone: Screen) -> None:
    phone.say("截止")

    expect(phone.chat().get_by_text("截止", exact=True)).to_be_visible()
    expect(phone.chat().get_by_text("7/31（日）截止")).to_be_visible()
    expect(phone.chat().get_by_text("已讀")).to_be_visible()
    assert phone.platform.problems() == []


def test_a_postback_button_shows_its_words_and_sends_its_data(phone: Screen) -> None:
    phone.say("截止")

    phone.press("提醒我")

    expect(phone.chat().get_by_text("收到 postback")).to_be_visible()
    expect(phone.chat().get_by_text("提醒我這件事")).to_be_visible()
    assert phone.bot.events[-1]["postback"] == {"data": "remind=1"}


def test_a_message_button_speaks_for_the_person(phone: Screen) -> None:
    phone.say("截止")

    phone.press("看場次")

    expect(phone.chat().get_by_text("您說：場次有哪些")).to_be_visible()


def test_quick_replies_are_offered_until_one_is_tapped(phone: Screen) -> None:
    phone.say("選項")
    expect(phone.page.get_by_label("快速回覆").get_by_role("button")).to_have_count(3)

    phone.press("我符合嗎")

    expect(phone.chat().get_by_text("您說：我符合資格嗎")).to_be_visible()
    expect(phone.page.get_by_label("快速回覆")).to_be_hidden()


def test_a_link_opens_a_page_of_its_own(phone: Screen) -> None:
    phone.say("選項")

    with phone.page.expect_popup() as popup:
        phone.press("計畫網站")

    assert popup.value != phone.page


def test_a_day_is_picked_and_sent_with_its_data(phone: Screen) -> None:
    phone.say("日期")
    phone.press("選日期")
    phone.page.get_by_label("選擇時間").fill("2022-07-31")

    phone.press("確定")

    expect(phone.chat().get_by_text("收到 postback")).to_be_visible()
    assert phone.bot.events[-1]["postback"] == {"data": "day", "params": {"date": "2022-07-31"}}


def test_a_carousel_lies_side_by_side_and_can_be_swiped(phone: Screen) -> None:
    phone.say("並列")
    carousel = phone.page.get_by_label("可左右滑動的卡片")

    expect(carousel.get_by_role("article")).to_have_count(4)
    wide = carousel.evaluate("row => row.scrollWidth > 2 * row.clientWidth")
    assert wide
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390


def test_html_in_messages_stays_text(phone: Screen) -> None:
    title = phone.page.title()

    phone.say("壞字")
    phone.say(HTML)

    expect(phone.chat().get_by_text("粗")).to_have_count(4)  # card, text, mine, and the echo of it
    expect(phone.chat().locator("b, img")).to_have_count(0)
    assert phone.page.title() == title


def test_the_looks_of_a_component_are_drawn(phone: Screen) -> None:
    phone.say("樣式")

    left, right = (
        phone.chat().get_by_text("左", exact=True),
        phone.chat().get_by_text("右", exact=True),
    )
    expect(left).to_have_css("font-size", "22px")
    expect(left).to_have_css("color", "rgb(198, 47, 47)")
    expect(right).to_have_css("text-align", "right")
    widths = [one.bounding_box() for one in (left, right)]
    assert all(widths)
    assert widths[0]["width"] == pytest.approx(2 * widths[1]["width"], rel=0.02)  # type: ignore[index]


def test_the_day_chosen_stamps_the_events(phone: Screen) -> None:
    phone.page.get_by_role("button", name="模擬設定").click()
    phone.page.get_by_role("button", name="2022/6/15（三） 甲計畫").click()
    expect(phone.page.get_by_role("button", name="王老師・2022/6/15（三）")).to_be_visible()

    phone.say("您好")

    expect(phone.chat().get_by_text("您說：您好")).to_be_visible()
    expect(phone.chat().get_by_text("2022/6/15（三）")).to_be_visible()
    assert phone.bot.events[0]["timestamp"] // 60_000 == 1655254800000 // 60_000


def test_a_picture_a_file_a_place_and_a_sticker_can_be_sent(phone: Screen) -> None:
    for kind in ("貼圖", "照片", "檔案", "位置"):
        phone.page.locator("#more").click()
        phone.press(kind)

    expect(phone.chat().get_by_text("您說：")).to_have_count(4)
    kinds = [event["message"]["type"] for event in phone.bot.events]
    assert sorted(kinds) == ["file", "image", "location", "sticker"]


def test_the_record_shows_the_raw_bodies_and_what_line_refused(phone: Screen) -> None:
    phone.say("空白")
    expect(phone.chat().get_by_text("LINE 拒收了師鐘的訊息（400）")).to_be_visible()

    phone.page.get_by_role("button", name="技術紀錄").click()
    record = phone.page.get_by_label("技術紀錄").locator("details")
    record.filter(has_text="message/reply").locator("summary").click()
    record.filter(has_text="webhook message").locator("summary").click()

    expect(record.get_by_text("messages[0].text：May not be empty")).to_be_visible()
    expect(record.get_by_text('"replyToken"')).to_have_count(2)


def test_a_phone_needs_no_sideways_scrolling_and_its_keys_are_large_enough(phone: Screen) -> None:
    phone.say("選項")
    expect(phone.page.get_by_label("快速回覆")).to_be_visible()

    small = phone.page.get_by_role("button").evaluate_all(
        "all => all.filter(b => b.checkVisibility({visibilityProperty: true}))"
        ".filter(b => !b.classList.contains('bar-who') && b.getBoundingClientRect().height < 40)"
        ".map(b => b.outerHTML)"
    )
    assert small == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
