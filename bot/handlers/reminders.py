"""我的提醒: what is coming and why, how one is reminded, and the buttons of a reminder."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers import reminder_lines as lines
from bot.answers import wish_lines
from bot.answers.coming_lines import about, coming
from bot.clock import minute_words, taipei_day
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.own import Own, order_of, show_button
from bot.handlers.progress.reporting import record
from bot.handlers.reminded import refresh_own
from bot.messages import Answer, Button, Incoming
from bot.model.deeds import Pick
from bot.model.reminders import Choice, Preferences
from bot.reminders.decide import put_off, useful_until
from bot.reminders.follows import Where
from bot.reminders.stopping import settle_wish, stop_one
from bot.reminders.stretches import Stretches
from bot.rules.notices import Stretch
from bot.rules.own_dates import picked
from bot.rules.progress import TrackStanding
from bot.store import follows, preferences
from bot.store.deeds import Report
from bot.understand.gathered import bare_words
from bot.understand.reminder_words import set_by
from bot.understand.small_talk import bare

_LIST = frozenset(
    {"我的提醒", "取消提醒", "看我的提醒", "提醒清單", "有哪些提醒", "我設了哪些提醒"}
)
_POLITE = re.compile("^(?:我想?要?|請|麻煩|幫我|想)+(?!的)")
NEXT = 30
QUICK = ("每週一次就好", "暫停提醒一週", "不要再提醒")


def reminder_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to 我的提醒, and to words that set how one is reminded; None for all else."""
    said = bare(desk.reader.fold(incoming.text))
    if _POLITE.sub("", said) in bare_words(desk.reader, _LIST):
        return _said(desk, _guarded(incoming) or _listed(incoming, desk))
    today = taipei_day(incoming.at)
    if set_by(said, Preferences(), today) is None:
        return None
    return _said(desk, _guarded(incoming) or _set(incoming, desk, said))


def noted(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """What a reminder was about is done: reported where that can be, and reminded of no more.

    Raises:
        AskAgain: a session that is still to come cannot be reported.
    """
    guarded, stretch = _guarded(incoming), Stretches(desk.reader.edition).find(value)
    if guarded or stretch is None:
        return _said(desk, guarded or wish_lines.plain(lines.NOT_FOLLOWED))
    own = Own(incoming, desk)
    for standing in own.standings:
        pick = _picked_at(standing, stretch)
        if pick is not None:
            settle_wish(_where(incoming, desk), incoming.user_id or "", stretch)
            on = stretch.span.end.last
            report = Report(requirement=pick.requirement, part=pick.part, on=on)
            return record(own, standing, replace(order_of(standing), reports=(report,)))
    _stop_one(incoming, desk, stretch)
    told = f"好的，「{wish_lines.title_of(stretch)}」不再提醒。"
    if any(stretch.edition.key == s.edition.key and not s.is_complete for s in own.standings):
        told += "做了什麼請直接告訴我，例如「我上完第一門了」，才會記進進度。"
        return _said(desk, wish_lines.plain(told, (show_button(),)))
    return _said(desk, wish_lines.plain(told, (_mine(),)))


def later(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Once more tomorrow, at the person's hour."""
    guarded, stretch = _guarded(incoming), Stretches(desk.reader.edition).find(value)
    if guarded or stretch is None:
        return _said(desk, guarded or wish_lines.plain(lines.NOT_FOLLOWED))
    who = (incoming.channel_id, incoming.user_id or "")
    at = put_off(stretch, preferences.of_person(desk.db, *who), incoming.at)
    if at >= useful_until(stretch):
        return _said(desk, wish_lines.plain(lines.TOO_NEAR))
    preferences.choose(desk.db, who, stretch.key, Choice(later_at=at), incoming.at)
    refresh_own(incoming, desk)
    rows = follows.of_people(desk.db, who[0], [who[1]]).get(who[1], [])
    if not any(row.stretch == stretch.key and row.at == at for row in rows):
        return _said(desk, wish_lines.plain(lines.NOT_FOLLOWED))
    told = f"好的，「{wish_lines.title_of(stretch)}」{minute_words(at)}再提醒您。"
    return _said(desk, wish_lines.plain(told, (_mine(),)))


def mute(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """No more of this date."""
    guarded, stretch = _guarded(incoming), Stretches(desk.reader.edition).find(value)
    if guarded or stretch is None:
        return _said(desk, guarded or wish_lines.plain(lines.NOT_FOLLOWED))
    _stop_one(incoming, desk, stretch)
    told = f"好的，「{wish_lines.title_of(stretch)}」不再提醒。要再提醒，寫「提醒我」加上它的名稱。"
    return _said(desk, wish_lines.plain(told, (_mine(),)))


def of_list(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """One date of the list of what is coming, with what can be done about it."""
    guarded, stretch = _guarded(incoming), Stretches(desk.reader.edition).find(value)
    if guarded or stretch is None:
        return _said(desk, guarded or wish_lines.plain(lines.NOT_FOLLOWED))
    return _said(desk, about(stretch))


def _listed(incoming: Incoming, desk: Desk) -> Answer:
    who = (incoming.channel_id, incoming.user_id or "")
    stretches = Stretches(desk.reader.edition)
    rows = follows.coming(desk.db, *who, incoming.at, NEXT)
    told = [(s, row.at, row.why) for row in rows if (s := stretches.find(row.stretch))]
    wanted = preferences.of_person(desk.db, *who)
    quick = [Button(word, say=word) for word in _quick(wanted)]
    return coming(told, wanted, incoming.at, quick)


def _quick(wanted: Preferences) -> Sequence[str]:
    return ("恢復提醒",) if wanted.is_stopped or wanted.paused_until else QUICK


def _set(incoming: Incoming, desk: Desk, said: str) -> Answer:
    who = (incoming.channel_id, incoming.user_id or "")
    now = preferences.of_person(desk.db, *who)
    found = set_by(said, now, taipei_day(incoming.at))
    fault = found.fault or lines.refused(found.wanted) if found else ""
    if found is None or fault:
        return wish_lines.plain(fault, (_mine(),))
    preferences.put(desk.db, *who, found.wanted, incoming.at)
    refresh_own(incoming, desk)
    return lines.set_answer(found.wanted)


def _stop_one(incoming: Incoming, desk: Desk, stretch: Stretch) -> None:
    stop_one(_where(incoming, desk), incoming.user_id or "", stretch)
    refresh_own(incoming, desk)


def _where(incoming: Incoming, desk: Desk) -> Where:
    return Where(desk.db, incoming.channel_id, desk.reader.edition, incoming.at)


def _picked_at(standing: TrackStanding, stretch: Stretch) -> Pick | None:
    """The session that was chosen and that this reminder was about."""
    if standing.edition.key != stretch.edition.key:
        return None
    done = {(i.item.id, part) for i in standing.items for part in i.done_parts}
    for pick, session in picked(standing):
        same = session.date.id == stretch.entry.id and session.case == stretch.case
        if same and session.span == stretch.span and (pick.requirement, pick.part) not in done:
            return pick
    return None


def _mine() -> Button:
    return Button(wish_lines.MINE, say=wish_lines.MINE)


def _guarded(incoming: Incoming) -> Answer | None:
    """In a group nothing of a person is said or kept."""
    if incoming.in_group or incoming.user_id is None:
        return wish_lines.plain(wish_lines.ONE_TO_ONE)
    return None


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
