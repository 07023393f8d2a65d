"""學習成果勾選截止5月20日: a day that somebody's school set, told to be reminded of it."""

import re
from dataclasses import dataclass
from datetime import date

from bot.answers import reminder_lines as lines
from bot.answers import wish_lines
from bot.clock import taipei_day
from bot.handlers.desk import Desk, Handled
from bot.handlers.reminded import refresh_own
from bot.messages import Answer, Incoming
from bot.model.edition import Edition
from bot.model.reminders import MOST_DAYS, OwnDate, OwnKind
from bot.reminders.followed import own_stretch, setting_of
from bot.store import follows, preferences
from bot.understand.days import find_days
from bot.understand.gathered import once_a_reader
from bot.understand.reader import Reader
from bot.understand.small_talk import bare

LONGEST = 60  # characters
MOST_REST = 4  # characters that are neither the day's name nor the day
_ASKS = re.compile("嗎|呢|什麼|幾點|幾天|如何|怎麼|哪|何時|多久")
_LEAD = re.compile(r"(?:截止)?(?:前|提前)(?P<days>\d{1,3})天(?:提醒|通知)?我?")
_HOUR = re.compile(r"(?:每天)?(?P<hour>\d{1,2})[點時](?:提醒|通知)?我?")
_AROUND = re.compile(
    r"我們|我|本校|貴校|學校|今年|這學期|日期|時間|截止|期限|的|是|到|在|為|請|記得|提醒|通知|[:,]"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a message tells: the kind of day, and the rest of the words."""

    edition: Edition
    kind: OwnKind
    rest: str


def own_day(incoming: Incoming, desk: Desk) -> Handled | None:
    """Keeps a day of somebody's school; None for all else."""
    if len(incoming.text) > LONGEST or _ASKS.search(incoming.text):
        return None
    said = bare(desk.reader.fold(incoming.text))
    told = _told(desk, said, incoming)
    today = taipei_day(incoming.at)
    days = find_days(told.rest, today) if told else []
    if told is None or len(days) != 1 or not days[0].is_day:
        return None
    without = told.rest[: days[0].start] + told.rest[days[0].end :]
    lead, hour = _LEAD.search(without), _HOUR.search(without)
    rest = _AROUND.sub("", _HOUR.sub("", _LEAD.sub("", without)))
    if len(rest) > MOST_REST:
        return None
    if incoming.in_group or incoming.user_id is None:
        return _said(desk, wish_lines.plain(wish_lines.ONE_TO_ONE))
    own = OwnDate(
        plan=told.edition.plan,
        edition=told.edition.edition,
        kind=told.kind.id,
        due=days[0].first,
        days=int(lead["days"]) if lead else None,
        hour=int(hour["hour"]) if hour else None,
    )
    fault = _fault(own, today)
    return _said(desk, wish_lines.plain(fault) if fault else _kept(incoming, desk, told, own))


@once_a_reader
def _names_of_kinds(reader: Reader) -> frozenset[str]:
    """All that a day of one's own is called in any edition."""
    kinds = (k for e in reader.library.editions if e.reminders for k in e.reminders.own)
    return frozenset(bare(reader.word(w)) for kind in kinds for w in (kind.title, *kind.words))


def _told(desk: Desk, said: str, incoming: Incoming) -> _Told | None:
    if not any(name in said for name in _names_of_kinds(desk.reader)):
        return None
    for plan in desk.reader.plans:
        edition = desk.reader.edition_at(plan, incoming.at)
        for kind in edition.reminders.own if edition.reminders else ():
            names = sorted((bare(desk.reader.word(w)) for w in (kind.title, *kind.words)), key=len)
            for name in reversed(names):
                if name in said:
                    return _Told(edition, kind, said.replace(name, "", 1))
    return None


def _fault(own: OwnDate, today: date) -> str:
    if own.due < today:
        return "這一天已經過了，沒有記下。請寫還沒到的日期。"
    if own.hour is not None and own.hour > 23:
        return "時間要是0到23點，沒有記下。請再寫一次，例如「每天17點提醒」。"
    if own.days is not None and own.days > MOST_DAYS:
        return f"提前的天數最多{MOST_DAYS}天，沒有記下。請再寫一次。"
    return ""


def _kept(incoming: Incoming, desk: Desk, told: _Told, own: OwnDate) -> Answer:
    who = (incoming.channel_id, incoming.user_id or "")
    preferences.put_own(desk.db, *who, own, incoming.at)
    stretch = own_stretch(told.edition, own)
    if stretch is None:
        return wish_lines.plain(lines.NOT_FOLLOWED)
    preferences.unmute(desk.db, *who, [stretch.key])
    refresh_own(incoming, desk)
    rows = follows.of_people(desk.db, who[0], [who[1]]).get(who[1], [])
    at = [row.at for row in rows if row.stretch == stretch.key]
    setting = setting_of(told.edition, told.kind)
    return lines.own_answer(stretch, at, setting.title if setting else "")


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
