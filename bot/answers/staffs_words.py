"""Words that staff read in the chat and on their pages: the same in both."""

from datetime import datetime, timedelta

from bot.links import LIVES
from bot.understand.reader import Reader

WAITING, LOG, KEPT, USAGE = "待答問題", "問題紀錄", "常用答案", "用量"
NO_PLAN = "未指定計畫"
_HOURS = LIVES // timedelta(hours=1)
ONLY_YOURS = f"連結{_HOURS}小時內有效，只給您本人使用，請不要轉傳。"
OVER = f"連結只給本人使用，{_HOURS}小時後失效；也可能您目前不是這個帳號的承辦人員。"
OVER_FOR_ALL = f"連結只給本人使用，{_HOURS}小時後失效。"
WRITE_WAITING = f"請回到 LINE 輸入「{WAITING}」"


def plan_called(reader: Reader, plan: str, asked_at: datetime) -> str:
    """The short name of the plan that a question of this instant was about."""
    if not reader.editions(plan):
        return NO_PLAN
    return reader.edition_at(plan, asked_at).about.short
