"""What staff are told of the bot itself: what is wrong, what to do about it, when it is over."""

from collections.abc import Sequence
from datetime import datetime

from bot.clock import day_words, minute_words
from bot.messages import Answer, Card, Outcome, Tone
from bot.model.alarms import Alarm
from bot.model.edition import Edition

TITLE, OVER = "師鐘系統警示", "師鐘系統警示解除"
OF_TOKEN = "請資訊人員在 LINE Developers 重新發行權杖，填入 LINE_CHANNEL_ACCESS_TOKEN 後重新啟動。"
OF_RIGHT = "請資訊人員確認這個官方帳號的方案與權限，以及 LINE_CHANNEL_ACCESS_TOKEN 屬於這個頻道。"


def clock_stopped(since: datetime | None) -> str:
    """The worker does not come round."""
    last = f"，最後一次是{minute_words(since)}" if since else ""
    return (
        f"提醒與通知已停擺：背景程式（worker）沒有在執行{last}。"
        "請資訊人員啟動 python -m bot worker，並查看它的紀錄。"
    )


def refused(why: str) -> str:
    """LINE does not let us speak."""
    cure = OF_TOKEN if why == "401" else OF_RIGHT
    return f"LINE 拒絕我們送訊息（{why}），訊息都留著沒有遺失。{cure}"


def stuck(since: datetime) -> str:
    """Something is due and nothing goes out."""
    return (
        f"通知送不出去：有{minute_words(since)}就該送的訊息，一小時來一則也沒有送出。"
        "請資訊人員查看背景程式（worker）的紀錄與 LINE 的服務狀態；在主控台「訊息」可看等著的訊息。"
    )


def outlived(edition: Edition) -> str:
    """The edition's year is over, and there is no next one."""
    about = edition.about
    return (
        f"「{about.short}」的{about.year}{about.year_kind}已結束，還沒有下一年度的計畫檔。"
        f"請取得新計畫後執行 python -m bot knowledge new {edition.plan}，或確認計畫不再辦理。"
    )


def unchecked(edition: Edition) -> str:
    """Nobody compared the edition with its document for a year."""
    return (
        f"「{edition.about.short}」自{day_words(edition.checked_on)}之後沒有再和文件核對過，已滿一年。"
        "請核對後更新計畫檔的 checked_on。"
    )


def wrong(alarms: Sequence[Alarm]) -> Answer:
    """What is wrong, on one card."""
    return _answer(TITLE, [alarm.words for alarm in alarms], Tone.CONFLICT)


def over(alarms: Sequence[Alarm]) -> Answer:
    """What was wrong and is no more."""
    return _answer(OVER, [f"已恢復正常：{alarm.words.split('。')[0]}。" for alarm in alarms])


def _answer(title: str, lines: Sequence[str], tone: Tone = Tone.ANSWER) -> Answer:
    card = Card(title=title, lead=lines[0], facts=tuple(lines[1:]), tone=tone)
    return Answer((card,), outcome=Outcome.CHAT)
