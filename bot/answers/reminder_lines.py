"""Reminders as they are sent and listed: what, when, where, by which clause, what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.answers.wish_lines import MINE, REMINDER, days_of, title_of
from bot.clock import day_words, minute_words
from bot.messages import Answer, Button, Card, Outcome
from bot.model.edition import Edition
from bot.model.entries import HELD, DateKind
from bot.model.reminders import HOUR, Digest, Preferences
from bot.rules.notices import Stretch

DONE, LATER, MUTE = "noted", "later", "mute"  # of buttons: …=<key of the stretch>
MOST_ITEMS = 3
_DIGESTS = {Digest.NONE: "到期就傳", Digest.DAILY: "每天一次", Digest.WEEKLY: "每週一次（星期一）"}
HOW_TO_CHANGE = (
    "要調整就直接寫：「提醒時間改成晚上7點」「截止前5天提醒我」「晚上九點後不要吵我」"
    "「每週一次就好」「暫停提醒到7月1日」「不要再提醒」「恢復提醒」。"
)
NO_HOUR = "目前沒有要提醒的時間。要提醒的話，請加上幾點，例如「…截止6月10日，每天17點提醒」。"
NOT_FOLLOWED = "這個日期已經不在計畫裡，或已經過了，沒有更動。"
TOO_NEAR = "到明天就過了，沒有改成晚點提醒。請今天處理，或按「完成了」。"
NOTHING_COMING = (
    "接下來沒有要提醒您的日期。寫「提醒我報名截止」，或加入進度，我就會在期限前傳訊息。"
)


def notice(stretch: Stretch) -> Answer:
    """What is sent. No 還有3天: it may come a little late, and is the same for everybody."""
    entry = stretch.entry
    card = Card(
        title=f"{REMINDER}｜{stretch.edition.about.short}",
        lead=f"{title_of(stretch)}：{days_of(stretch)}",
        facts=tuple(_facts(stretch)),
        sources=entry.source,
        document=stretch.edition.about.title,
        buttons=(
            Button("完成了", data=f"{DONE}={stretch.key}"),
            Button("晚點提醒", data=f"{LATER}={stretch.key}"),
            Button("不再提醒這項", data=f"{MUTE}={stretch.key}"),
        ),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def moved(stretch: Stretch, before: str) -> Answer:
    """What is sent when a date that had been told is another one now."""
    card = Card(
        title=f"日期異動｜{stretch.edition.about.short}",
        lead=f"「{title_of(stretch)}」改成{days_of(stretch)}。",
        facts=(f"先前是{before}，請以新的日期為準。",),
        sources=stretch.entry.source,
        document=stretch.edition.about.title,
        buttons=(Button(MINE, say=MINE),),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def cancelled(edition: Edition | None, title: str, before: str) -> Answer:
    """What is sent when a date that had been told is not in the plan any more."""
    named = f"「{title}」" if title else "這個日期"
    card = Card(
        title=f"日期異動｜{edition.about.short}" if edition else "日期異動",
        lead=f"計畫裡已經沒有{named}（原為{before}），不再提醒。",
        facts=("若您仍要參加或繳交，請先向承辦單位確認。",),
        document=edition.about.title if edition else "",
        buttons=(Button(MINE, say=MINE),),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def manner(wanted: Preferences) -> tuple[str, ...]:
    """How somebody is reminded, in lines."""
    if wanted.is_stopped:
        return ("目前不提醒。寫「恢復提醒」就會再開始。",)
    begin, end = wanted.quiet
    hour = f"{wanted.hour:%H:%M}" if wanted.hour else "依計畫（沒寫的是08:00）"
    leads = "、".join(map(_lead, sorted(wanted.leads, reverse=True))) if wanted.leads else "依計畫"
    paused = wanted.paused_until
    return (
        *((f"暫停中，{day_words(paused)}起恢復提醒。",) if paused else ()),
        f"提醒時間：{hour}",
        f"截止前：{leads}",
        f"不打擾：{begin:%H:%M}到{end:%H:%M}" if begin != end else "不打擾：沒有設定",
        f"多久一次：{_DIGESTS[wanted.digest]}",
    )


def refused(wanted: Preferences) -> str:
    """Why this cannot be set: its hour lies where nothing is sent; empty: it can."""
    hour, (begin, end) = wanted.hour or HOUR, wanted.quiet
    if not wanted.is_quiet(hour):
        return ""
    return (
        f"提醒時間{hour:%H:%M}在不打擾的時間（{begin:%H:%M}到{end:%H:%M}）裡，沒有更動。"
        "請先改另一個，例如「提醒時間改成早上8點」或「晚上11點後不要吵我」。"
    )


def set_answer(wanted: Preferences) -> Answer:
    """What is said once something was set."""
    card = Card(
        title=MINE, lead="好的，已經改了。", facts=manner(wanted), buttons=(Button(MINE, say=MINE),)
    )
    return Answer((card,), outcome=Outcome.CHAT)


def own_answer(stretch: Stretch, told: Sequence[datetime], setting: str) -> Answer:
    """What is said once somebody told a day of their school."""
    when = "、".join(map(minute_words, told[:MOST_ITEMS]))
    more = f"等{len(told)}次" if len(told) > MOST_ITEMS else ""
    card = Card(
        title=f"{REMINDER}｜{stretch.edition.about.short}",
        lead=f"已記下貴校的「{title_of(stretch)}」：{days_of(stretch)}",
        facts=(f"{when}{more}提醒" if told else NO_HOUR, f"依據：{setting}" if setting else ""),
        sources=stretch.entry.source,
        document=stretch.edition.about.title,
        buttons=(Button(MINE, say=MINE),),
    )
    return Answer((replace(card, facts=tuple(filter(None, card.facts))),), outcome=Outcome.CHAT)


def _lead(days: int) -> str:
    return f"{days}天前" if days else "當天"


def _facts(stretch: Stretch) -> Iterator[str]:
    entry = stretch.entry
    if entry.place:
        yield f"地點：{entry.place}"
    if entry.to and entry.kind is DateKind.DEADLINE:
        yield f"交到：{entry.to}"
    if entry.how:
        yield f"怎麼做：{entry.how}"
    if entry.items:
        more = "等" if len(entry.items) > MOST_ITEMS else ""
        yield f"內容：{'、'.join(entry.items[:MOST_ITEMS])}{more}"
    if stretch.case.note:
        yield stretch.case.note
    if not (entry.how or entry.items or entry.to):
        yield "請記得出席。" if entry.kind in HELD else "請在這之前完成。"
    if entry.missed:
        yield f"逾期：{entry.missed}"
