"""Words about somebody's own page and data: the same in the chat and on the pages."""

from datetime import timedelta

from bot.answers.staffs_words import ONLY_YOURS
from bot.messages import Answer, Button, Card, Outcome, Text, Tone

PAGE = "我的頁面"
ERASE_WORDS = "刪除我的資料"
ERASE = "erase"  # a button's data: erase=<seconds since 1970 of asking>
ERASE_LIVES = timedelta(minutes=10)
IN_GROUP = f"「{PAGE}」只能在和我的一對一聊天室開啟。"
NO_PAGES = "這裡沒有網頁可以開；請在 LINE 裡輸入同樣的字。"
ERASED = (
    "已刪除您的資料：進度與紀錄、選的場次、提醒、信箱、行事曆網址、問過的問題都不在了。"
    "之後再傳訊息，就和第一次使用一樣。"
)
TOO_OLD = f"這個按鈕是較早的，沒有刪除任何資料。要刪除請再寫一次「{ERASE_WORDS}」。"
KEPT_ALL = "好的，沒有刪除任何資料。"
WHAT_GOES = (
    "會刪除：加入的進度和完成紀錄、選的場次、資格檢查、提醒、信箱、行事曆網址、"
    "問過的問題和轉給承辦人員的問題。",
    "刪除之後無法復原；想留一份，請先到「我的頁面」下載。",
    "如果您是承辦人員或學校承辦人，這個身分也會一併取消。",
)
AGAIN = f"請回到 LINE 輸入「{PAGE}」，用新的連結開啟。"


def page_card(url: str) -> Card:
    """The card that leads to somebody's own page."""
    return Card(
        title=PAGE,
        lead="您的進度、紀錄、場次、提醒、表件、行事曆和資料，都在這一頁。",
        facts=(ONLY_YOURS,),
        buttons=(Button("開啟我的頁面", url=url),),
    )


def erase_card(asked_at: int) -> Card:
    """Asks whether all is really to be erased."""
    return Card(
        title=ERASE_WORDS,
        lead="真的要刪除您在師鐘的所有資料嗎？",
        facts=WHAT_GOES,
        tone=Tone.ASK,
        buttons=(
            Button("確定刪除", data=f"{ERASE}={asked_at}"),
            Button("不要刪除", data=f"{ERASE}=no"),
        ),
    )


def plain(said: str) -> Answer:
    """A sentence that answers no question."""
    return Answer((Text(said),), outcome=Outcome.CHAT)
