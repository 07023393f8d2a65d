"""我的頁面 and 刪除我的資料: what somebody may see, take and erase of their own."""

from bot.answers import own_lines as lines
from bot.handlers.desk import Desk, Handled
from bot.links import Purpose
from bot.messages import Answer, Incoming, Outcome
from bot.store import traces
from bot.understand.gathered import bare_words
from bot.understand.small_talk import bare

_PAGE = frozenset(
    {"我的頁面", "開啟我的頁面", "打開我的頁面", "我的網頁", "我的資料", "下載我的資料",
     "匯出我的資料", "我的紀錄"}
)  # fmt: skip
_ERASE = frozenset(
    {"刪除我的資料", "清除我的資料", "刪掉我的資料", "我要刪除資料", "我要刪除我的資料"}
)
LONGEST = 12  # characters: a longer message asks something


def own_page(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to these words; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    said = bare(desk.reader.fold(incoming.text))
    if said in bare_words(desk.reader, _PAGE):
        return _said(desk, _card(incoming, desk))
    if said in bare_words(desk.reader, _ERASE):
        card = lines.erase_card(int(incoming.at.timestamp()))
        answer = Answer((card,), outcome=Outcome.CHAT)
        return _said(desk, lines.plain(lines.IN_GROUP) if _is_group(incoming) else answer)
    return None


def erase(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Erases all, where the button is the answer to a question of a moment ago."""
    if _is_group(incoming):
        return _said(desk, lines.plain(lines.IN_GROUP))
    if value == "no":
        return _said(desk, lines.plain(lines.KEPT_ALL))
    asked_at = int(value) if value.isdecimal() and len(value) < LONGEST else 0
    age = incoming.at.timestamp() - asked_at
    if not -1 <= age <= lines.ERASE_LIVES.total_seconds():
        return _said(desk, lines.plain(lines.TOO_OLD))
    traces.erase(desk.db, incoming.channel_id, incoming.user_id or "", incoming.at)
    return _said(desk, lines.plain(lines.ERASED))  # the talk unchanged: it is not kept again


def _card(incoming: Incoming, desk: Desk) -> Answer:
    if _is_group(incoming):
        return lines.plain(lines.IN_GROUP)
    if desk.links is None:
        return lines.plain(lines.NO_PAGES)
    whose = (incoming.channel_id, incoming.user_id or "")
    token = desk.links.token(*whose, Purpose.OWN, incoming.at)
    return Answer((lines.page_card(desk.links.page(token, "me")),), outcome=Outcome.CHAT)


def _is_group(incoming: Incoming) -> bool:
    return incoming.in_group or incoming.user_id is None


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
