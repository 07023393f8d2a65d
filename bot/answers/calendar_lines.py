"""Words about one's calendar: how to subscribe to it, the same in the chat and on the page."""

from bot.messages import Answer, Button, Card, Outcome, Text

CALENDAR = "我的行事曆"
IN_GROUP = f"「{CALENDAR}」只能在和我的一對一聊天室開啟。"
NO_PAGES = "這裡沒有網址可以訂閱；要看日程請輸入「我的提醒」或「我的進度」。"
HOW_TO = (
    (
        "iPhone",
        (
            "開啟訂閱頁，點「加到 iPhone 或 Mac 行事曆」，再點「訂閱」。",
            "不要了：設定 → App → 行事曆 → 行事曆帳號 → 已訂閱的行事曆，刪除它。",
        ),
    ),
    (
        "Android",
        (
            "開啟訂閱頁，點「加到 Google 日曆」，再點「新增」。",
            "手機上看不到時：Google 日曆 App → 設定 → 師鐘：我的日程，打開「同步」。",
        ),
    ),
)
# LINE's own browser cannot hand an address to the calendar: the phone's browser can.
OUTSIDE = "?openExternalBrowser=1"


def calendar_answer(address: str) -> Answer:
    """The card that leads to subscribing, and the address itself to be copied."""
    facts = [f"{name}：{line}" for name, lines in HOW_TO for line in lines]
    card = Card(
        title=CALENDAR,
        lead="選好的場次、進度的期限和提醒，會出現在您手機的行事曆，有變動自動更新。",
        facts=(*facts, "知道這個網址的人都看得到這些日程，請不要轉傳。"),
        buttons=(Button("開啟訂閱頁", url=address.removesuffix(".ics") + OUTSIDE),),
    )
    copied = Text(f"其他行事曆（電腦、Outlook）請複製這個訂閱網址：\n{address}")
    return Answer((card, copied), outcome=Outcome.CHAT)
