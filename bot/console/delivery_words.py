"""What staff read of a message on its way: its state, what it is about, and why it is stuck."""

from dataclasses import dataclass

from bot.model.reminders import NoticeKind
from bot.store.tables import OutboxState

STATES = {
    OutboxState.WAITING: "等候送出",
    OutboxState.HELD: "則數不足，先留著",
    OutboxState.SENDING: "送出中",
    OutboxState.RIDING: "跟著回覆送出中",
    OutboxState.DEAD: "送不出去",
    OutboxState.UNCERTAIN: "不確定是否送達",
    OutboxState.SENT: "已送出",
    OutboxState.VOID: "已作廢",
}
KINDS = {
    NoticeKind.ANSWER: "承辦答覆",
    NoticeKind.SESSION: "場次提醒",
    NoticeKind.DEADLINE: "期限提醒",
    NoticeKind.NUDGE: "待辦提醒",
    NoticeKind.BROADCAST: "公告",
}
# What the house itself writes down; what LINE says stands as it came.
_REASONS = {
    "": "沒有註記原因",
    "the quota has no room": "本月則數用完了",
    "room again": "又有則數可用",
    "retry key ran out": "超過可以確認的時間，可能已經送達",
    "too late": "過了有用的時間",
    "blocked": "收件人封鎖了師鐘",
    "cancelled": "公告取消了",
    "told otherwise": "已經用別的方式告知",
    "its reply was lost": "一起送的回覆沒有送出，改為另外送",
    "its reply perhaps went out": "一起送的回覆可能已經送達",
    "not called": "還沒輪到就停止了，再排一次",
    "sent again by staff": "承辦按了重送",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a message's history."""

    at: str  # as it was written, an instant in UTC
    state: str
    why: str


def reason_words(error: str | None) -> str:
    """Why, in words; what LINE said is shown as it is."""
    return _REASONS.get(error or "", error or "")


def steps_of(history: str) -> list[Step]:
    """The history of a message, the oldest step first."""
    found = []
    for line in history.splitlines():
        at, _, rest = line.partition(" ")
        state, _, why = rest.partition(" ")
        known = next((words for kind, words in STATES.items() if kind.value == state), state)
        found.append(Step(at=at, state=known, why=reason_words(why) if why else ""))
    return found
