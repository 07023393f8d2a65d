"""A browser showing the simulator, with a bot behind it that answers with fixed messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

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

    def chat(self) -> Locator:
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
