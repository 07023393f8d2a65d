"""Wishes to be reminded in words: what is kept, when it is told, what cannot be."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers.amount_lines import given_words
from bot.answers.date_lines import case_words
from bot.answers.standing import standing
from bot.clock import minute_words
from bot.messages import Answer, Button, Card, Outcome, Text, Tone
from bot.model.reminders import Moment
from bot.rules.notices import Stretch, is_vague

MINE = "我的提醒"
REMINDER = "提醒"
ONE_TO_ONE = "提醒只能設在和我的一對一聊天室。請到那裡再寫一次。"
WHAT = "請告訴我要提醒的是哪一個日期，例如「提醒我報名截止」，或先問一個日期，再寫「提醒我」。"
NO_DATE = "這一題沒有可以提醒的日期。請告訴我日期的名稱，例如「提醒我報名截止」。"
GONE = "這個日期已經不在計畫裡了，沒有設定提醒。請直接問我計畫的日期。"
NOT_KEPT = f"沒有這一則提醒，可能先前已經取消了。寫「{MINE}」可以看目前有哪些。"
STOPPED = "您先前選了不再提醒，所以不會傳訊息。寫「恢復提醒」就會再開始。"


def title_of(stretch: Stretch) -> str:
    """What a stretch is called, with its case: 課程報名截止（第2梯次）."""
    case = stretch.case
    label = case.title or given_words(stretch.edition, case.given)
    return f"{stretch.entry.title}（{label}）" if label else stretch.entry.title


def days_of(stretch: Stretch) -> str:
    """Its days in words, with 暫訂 where the plan does not settle them."""
    unsettled = stretch.entry.tentative or is_vague(stretch.span)
    return stretch.span.words() + ("（暫訂）" if unsettled else "")


def when_words(told: Sequence[Moment]) -> str:
    """The instants in words; of none, that it is too near for any."""
    if not told:
        return "已經很近了，不再另外提醒"
    return "、".join(minute_words(m.at) for m in told) + "提醒"


def set_card(
    wished: Sequence[tuple[Stretch, Sequence[Moment]]], over: Sequence[Stretch], now: datetime
) -> Card:
    """What is said to somebody who asked to be reminded of a date."""
    if not wished:
        return past_card(over, now)
    lines = [
        f"{case_words(s.edition, s.entry, s.case, s.span)}：{when_words(told)}"
        for s, told in wished
    ]
    if over:
        lines.append(f"已經過了的{len(over)}個日期不再提醒。")
    return Card(
        title=f"{REMINDER}｜{wished[0][0].edition.about.short}",
        lead=f"好的，我會傳訊息提醒您：{wished[0][0].entry.title}。",
        facts=tuple(lines),
        buttons=(Button(MINE, say=MINE),),
    )


def offer_card(stretch: Stretch, data: str) -> Card:
    """Asks whether this date is meant."""
    return Card(
        title=f"{REMINDER}｜{stretch.edition.about.short}",
        lead=f"要提醒的是「{stretch.entry.title}：{days_of(stretch)}」嗎？",
        facts=("是的話請點下面的按鈕；不是的話，請寫「提醒我」加上日期的名稱。",),
        tone=Tone.ASK,
        buttons=(Button("提醒我這個日期", data=data),),
    )


def past_card(over: Sequence[Stretch], now: datetime) -> Card:
    """What is said where nothing of the date lies ahead."""
    last = max(over, key=lambda s: s.span.closes)
    return Card(
        title=f"{REMINDER}｜{last.edition.about.short}",
        lead=f"「{last.entry.title}」已經過了，沒有設定提醒。",
        facts=(case_words(last.edition, last.entry, last.case, last.span),),
        state=standing(last.span, last.entry.kind, now),
        tone=Tone.PAST,
    )


def wish_facts(stretches: Sequence[Stretch], now: datetime) -> tuple[str, ...]:
    """One line a day that somebody is reminded of, with where it stands."""
    return tuple(f"{days_of(s)}，{standing(s.span, s.entry.kind, now)}" for s in stretches)


def plain(said: str, quick: tuple[Button, ...] = ()) -> Answer:
    """A sentence that answers no question."""
    return Answer((Text(said),), quick=quick, outcome=Outcome.CHAT)
