"""What a message sets about reminders: the hour, the days before, quiet hours, how often, a pause.

Only whole messages are taken: 截止前5天提醒我 sets, 報名截止前5天提醒我 asks for one date.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.model.reminders import MOST_DAYS, Digest, Preferences
from bot.understand.days import find_days

LONGEST = 40  # characters
_PART = "(?:早上|上午|清晨|凌晨|中午|下午|傍晚|晚上|半夜)"
_CLOCK = (
    rf"(?P<part{{n}}>{_PART})?(?P<hour{{n}}>\d{{{{1,2}}}})(?:[點時]|[:：])"
    r"(?P<min{n}>半|\d{{1,2}}分?)?整?"
)
_POLITE = "(?:請|麻煩|幫我|以後|之後|我想|我要|可以|把)*"
_TELL = "(?:再|才|就)?(?:提醒|通知|傳給|傳訊息給)我?"


def _clock(n: int) -> str:
    return _CLOCK.format(n=n)


_HOUR = re.compile(
    rf"{_POLITE}(?:(?:提醒|通知)的?時間|提醒|每天)?(?:改成|改到|改為|改在|設成|設為|設在|調成|調到|是|在)?(?:每天)?{_clock(1)}(?:{_TELL})?"
)
_SETS_HOUR = re.compile("提醒|通知")
_LEADS = re.compile(
    rf"{_POLITE}(?:每次|都)?截止日?期?(?:的)?前(?P<days>\d{{1,3}}天?(?:前?[、,和跟及]?前?\d{{1,3}}天?)*)(?:和|跟|、|及)?(?P<day>當天)?前?(?:都|要)?{_TELL}"
)
_QUIET = re.compile(
    rf"{_POLITE}{_clock(1)}(?:以後|之後|過後|後)?(?:[到至~\-]{_clock(2)}(?:以前|之前|前)?)?(?:之間|都)?(?:不要|別|請勿|勿|不[准準]|不可以)(?:再)?(?:吵|打擾|傳|提醒|通知|煩|叫)(?:我|訊息)*"
)
_QUIET_SET = re.compile(
    rf"{_POLITE}(?:勿擾|不打擾|安靜)的?(?:時間|時段)(?:改成|設成|設為|改為|是)?{_clock(1)}[到至~\-]{_clock(2)}"
)
_NO_QUIET = re.compile(f"{_POLITE}(?:取消|不用|不要|關掉|關閉)(?:設)?勿擾(?:時間|時段)?")
_WEEKLY = re.compile(
    "(?:請|改成|以後)*(?:每|1)(?:週|周|星期|個禮拜|禮拜)(?:提醒|通知)?(?:我)?1次(?:就好|就可以|就行|即可|提醒)?"
)
_DAILY = re.compile(
    "(?:請|改成|以後)*(?:每|1)天(?:最多)?(?:提醒|通知)?(?:我)?1次(?:就好|就可以|就行|即可|提醒)?"
)
_AS_IT_COMES = re.compile("(?:請|改成|以後)*(?:到期就|有就|隨時|每次都|逐一)(?:提醒|通知)(?:我)?")
_PAUSE = re.compile(
    "(?:請|先|幫我)*暫停(?:所有)?(?:提醒|通知)(?:我)?(?:到|至)?(?P<until>.*?)(?:再說|再提醒)?"
)
_UNTIL = re.compile(
    "(?P<until>.+?)(?:以前|之前|前)(?:都)?(?:先)?(?:不要|別)(?:再)?(?:提醒|通知)(?:我)?"
)
_FOR = re.compile(r"(?P<n>\d{1,2}|一|兩)(?:個)?(?P<unit>天|週|周|星期|禮拜|月)")
_STOP = re.compile(
    "(?:請|都)*(?:不要|別|停止|不用|不必|不想|關閉|關掉)(?:再|被)?(?:所有)?(?:提醒|通知)(?:我)?(?:功能)?了?"
)
_RESUME = re.compile(
    "(?:請)*(?:恢復|繼續|重新|重新開始|開啟|打開)(?:所有)?(?:提醒|通知)(?:我)?(?:功能)?"
)
_LATE = ("下午", "傍晚", "晚上")
_DAYS = {"天": 1, "週": 7, "周": 7, "星期": 7, "禮拜": 7, "月": 30}
_ASKS = re.compile("嗎|呢|什麼|幾點|幾天|如何|怎麼")


@dataclass(frozen=True, slots=True)
class Set:
    """What is set from now on, or what keeps it from being set."""

    wanted: Preferences
    fault: str = ""


def set_by(said: str, now: Preferences, today: date) -> Set | None:
    """What a folded message without blanks sets; None where it sets nothing."""
    if len(said) > LONGEST or _ASKS.search(said):
        return None
    return (
        _on_or_off(said, now, today)
        or _how_often(said, now)
        or _quiet(said, now)
        or _hour(said, now)
        or _leads(said, now)
    )


def read_hour(found: re.Match[str], n: int) -> time | None:
    """The hour that a match names; None where there is no such hour."""
    part, hour, minute = found[f"part{n}"] or "", int(found[f"hour{n}"]), found[f"min{n}"] or "0"
    if part in _LATE and hour < 12:
        hour += 12
    if part == "中午" and hour < 6:
        hour += 12
    if part in ("凌晨", "半夜", "晚上") and hour == 12:
        hour = 0
    minutes = 30 if minute == "半" else int(minute.rstrip("分"))
    return time(hour % 24, minutes) if hour <= 24 and minutes < 60 else None


def _on_or_off(said: str, now: Preferences, today: date) -> Set | None:
    if _STOP.fullmatch(said):
        return Set(replace(now, is_stopped=True))
    if _RESUME.fullmatch(said):
        return Set(now.resumed())
    found = _PAUSE.fullmatch(said) or _UNTIL.fullmatch(said)
    if not found:
        return None
    until = _day(found["until"], today)
    if until is None or until <= today:
        if not _PAUSE.fullmatch(said):
            return None
        return Set(now, "請告訴我暫停到哪一天，例如「暫停提醒到7月1日」。現在照常提醒。")
    return Set(replace(now, paused_until=until, is_stopped=False))


def _day(said: str, today: date) -> date | None:
    long = _FOR.fullmatch(said)
    if long:
        number = {"一": 1, "兩": 2}.get(long["n"]) or int(long["n"])
        return today + timedelta(days=number * _DAYS[long["unit"]])
    found = find_days(said, today)
    if len(found) != 1 or len(said) - (found[0].end - found[0].start) > 2:
        return None
    first = found[0].first
    if first <= today and not found[0].has_year:  # 暫停到1月5日, said in December
        first = first.replace(year=first.year + 1, day=min(first.day, 28))
    return first


def _how_often(said: str, now: Preferences) -> Set | None:
    for pattern, digest in (
        (_WEEKLY, Digest.WEEKLY), (_DAILY, Digest.DAILY), (_AS_IT_COMES, Digest.NONE),
    ):  # fmt: skip
        if pattern.fullmatch(said):
            return Set(replace(now, digest=digest))
    return None


def _quiet(said: str, now: Preferences) -> Set | None:
    if _NO_QUIET.fullmatch(said):
        return Set(replace(now, quiet_from=time(0), quiet_to=time(0)))
    found = _QUIET.fullmatch(said) or _QUIET_SET.fullmatch(said)
    if not found:
        return None
    begin = read_hour(found, 1)
    end = read_hour(found, 2) if found["hour2"] else now.quiet[1]
    if begin is None or end is None:
        return Set(now, "這個時間不對，沒有更動。請寫0點到23點之間，例如「晚上九點後不要吵我」。")
    return Set(replace(now, quiet_from=begin, quiet_to=end))


def _hour(said: str, now: Preferences) -> Set | None:
    found = _HOUR.fullmatch(said) if _SETS_HOUR.search(said) else None
    if not found:
        return None
    hour = read_hour(found, 1)
    if hour is None:
        return Set(now, "這個時間不對，沒有更動。請寫0點到23點之間，例如「提醒時間改成晚上7點」。")
    return Set(replace(now, hour=hour))


def _leads(said: str, now: Preferences) -> Set | None:
    found = _LEADS.fullmatch(said)
    if not found:
        return None
    leads = {int(n) for n in re.findall(r"\d+", found["days"])} | ({0} if found["day"] else set())
    if max(leads) > MOST_DAYS:
        return Set(
            now, f"提前的天數最多{MOST_DAYS}天，沒有更動。請再寫一次，例如「截止前5天提醒我」。"
        )
    return Set(replace(now, leads=tuple(sorted(leads, reverse=True))))
