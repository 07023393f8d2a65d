"""The page in a real browser, with a bot behind it that answers with fixed messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.simulator.platform import Platform
from tests.simulator.stand_in import bubble, button, component, flex, running, text

HTML = "<img src=x onerror=\"document.title='broken'\"><b>粗</b>"
CARD = flex(
    bubble(
        "7/31（日）截止",
        button("提醒我", {"type": "postback", "data": "remind=1", "displayText": "提醒我這件事"}),
        button("看場次", {"type": "message", "text": "場次有哪些"}),
        button("危險", {"type": "postback", "data": HTML}),
    )
)
QUICK = (
    {"type": "message", "label": "我符合嗎", "text": "我符合資格嗎"},
    {"type": "postback", "label": "換計畫", "data": "plan=2"},
    {"type": "uri", "label": "計畫網站", "uri": "http://127.0.0.1:9/plan"},
)
PICK = {"type": "datetimepicker", "label": "選日期", "data": "day", "mode": "date"}


@dataclass
class Bot:
    """Answers by what is in the words; remembers every event."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        self.events.append(event)
        if event["type"] != "message":
            return [] if event["type"] == "unfollow" else [text(f"收到 {event['type']}")]
        words = event["message"].get("text", event["message"]["type"])
        return ANSWERS.get(words.removeprefix("@師鐘 "), [text(f"您說：{words}")])


ANSWERS: dict[str, list[dict[str, Any]]] = {
    "截止": [CARD],
    "選項": [text("請選一個", *QUICK)],
    "並列": [flex({"type": "carousel", "contents": [bubble(f"第{n}張") for n in range(1, 5)]})],
    "空白": [text("")],
    "日期": [text("哪一天？", PICK)],
    "樣式": [
        flex(
            bubble(
                "樣式",
                footer={
                    "type": "box",
                    "layout": "horizontal",
                    "contents": [
                        component("左", size="xl", color="#C62F2F", weight="bold", flex=2),
                        component("右", align="end", flex=1),
                    ],
                },
            )
        )
    ],
    "壞字": [flex(bubble(HTML)), text(HTML)],
}


@dataclass
class Screen:
    """One page at work, and what it complained about."""

    page: Page
    bot: Bot
    platform: Platform
    complaints: list[str]

    def say(self, words: str) -> None:
        """Types and sends."""
        self.page.get_by_label("輸入訊息").fill(words)
        self.page.get_by_label("輸入訊息").press("Enter")

    def press(self, name: str) -> None:
        """Presses the last button of this name."""
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def chat(self) -> Any:
        """The chat, to look into."""
        return self.page.get_by_role("log")


def opened(page: Page) -> Iterator[Screen]:
    """This page showing the simulator; fails at the end if the page complained of anything."""
    bot, platform, complaints = Bot(), Platform(), list[str]()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with running(platform, bot) as url:
        page.goto(f"{url}/simulator")
        expect(page.get_by_text("直接問師鐘就可以")).to_be_visible()
        yield Screen(page, bot, platform, complaints)
        page.goto("about:blank")  # ends the page's waiting before its server goes
    assert complaints == []


@pytest.fixture
def phone(phone_page: Page) -> Iterator[Screen]:
    yield from opened(phone_page)


@pytest.fixture
def desk(desktop_page: Page) -> Iterator[Screen]:
    yield from opened(desktop_page)


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


def test_an_event_can_be_delivered_again_from_the_record(desk: Screen) -> None:
    desk.say("您好")
    expect(desk.chat().get_by_text("您說：您好")).to_be_visible()

    desk.page.locator("details").filter(has_text="webhook message").locator("summary").click()
    desk.press("重送這個事件")

    record = desk.page.locator("details").filter(has_text="webhook message")
    expect(record.locator(".status", has_text="200")).to_have_count(2)
    assert desk.bot.events[1]["deliveryContext"] == {"isRedelivery": True}


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
