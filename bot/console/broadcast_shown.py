"""Broadcasts as the console shows them: lines of the list, bars of the report, people's names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.audience_words import audience_words
from bot.answers.broadcast_lines import counted_keys, named
from bot.clock import minute_words
from bot.model.broadcast_counts import BroadcastReport
from bot.model.broadcasts import STATE_WORDS, Broadcast, BroadcastState
from bot.store.accounts import Account
from bot.store.people import alias
from bot.understand.reader import Reader

_S = BroadcastState
LOOKS = {
    _S.DRAFT: "",
    _S.APPROVAL: "warn",
    _S.SCHEDULED: "going",
    _S.RUNNING: "going",
    _S.PAUSED: "warn",
    _S.DONE: "over",
    _S.CANCELLED: "over",
}
_VOID = {"cancelled": "取消後沒有傳", "too late": "過期沒有傳"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list."""

    id: str
    name: str
    state: str
    look: str
    audience: str
    when: str
    people: int | None  # None: nobody has counted them yet


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what, how many, and how it is coloured."""

    name: str
    people: int
    look: str


def listed(found: Iterable[Broadcast], reader: Reader) -> list[Listed]:
    """The lines of the list, in the order given."""
    return [
        Listed(
            id=one.id,
            name=named(one.draft.pieces),
            state=STATE_WORDS[one.state],
            look=LOOKS[one.state],
            audience=audience_words(one.draft.audience, reader),
            when=_when(one),
            people=None if one.state is _S.DRAFT else one.recipients or one.reach,
        )
        for one in found
    ]


def _when(one: Broadcast) -> str:
    if one.ended_at:
        return f"{minute_words(one.ended_at)} 結束"
    if one.began_at:
        return f"{minute_words(one.began_at)} 開始"
    if one.draft.starts_at:
        return f"預定 {minute_words(one.draft.starts_at)}"
    return f"{minute_words(one.made_at)} 撰寫"


def counts(report: BroadcastReport) -> list[Bar]:
    """What became of the recipients: each is in one bar; what is nobody's is left out."""
    bars = [
        Bar("已送達 LINE", report.sent, "good"),
        Bar("改以電子郵件", report.mailed, "good"),
        Bar("等待傳送", report.waiting, "wait"),
        Bar("則數不足，先留著", report.held, "wait"),
        *(Bar(f"LINE 不收：{why or '原因不明'}", n, "bad") for why, n in report.failed.items()),
        Bar("結果不明，不再重送", report.uncertain, "unsure"),
        Bar("開始後封鎖帳號", report.blocked, "calm"),
        *(Bar(_VOID.get(why, "已作廢"), n, "calm") for why, n in report.void.items()),
        Bar("已刪除個人資料", report.erased, "calm"),
    ]
    return [bar for n, bar in enumerate(bars) if bar.people or not n]


def responses(report: BroadcastReport, one: Broadcast) -> list[Bar]:
    """Who wrote within a day, and who pressed which button."""
    keys = enumerate(counted_keys(one.draft.pieces))
    return [
        Bar("24 小時內來訊", report.replied, "good"),
        *(Bar(f"按了「{key.label}」", report.taps.get(n, 0), "good") for n, key in keys),
    ]


def who(clerk_id: str, accounts: Sequence[Account]) -> str:
    """A clerk as colleagues know them: by address, or by the end of their id in LINE."""
    if not clerk_id:
        return ""
    mail = next((account.mail for account in accounts if account.id == clerk_id), "")
    return mail or f"LINE 的承辦人員（{alias(clerk_id)}）"
