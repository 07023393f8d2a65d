"""幫我取消報名提醒: stops the reminders of a date that its name tells; never the sign-up itself."""

import re

from bot.answers import wish_lines
from bot.answers.coming_lines import about
from bot.handlers.desk import Desk, Handled
from bot.handlers.reminded import refresh_own
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row, Text
from bot.reminders.follows import Where
from bot.reminders.stopping import stop_one
from bot.reminders.stretches import Stretches
from bot.rules.notices import Stretch
from bot.store import follows
from bot.understand.small_talk import bare

_SAID = re.compile(
    r"^(?:請|麻煩)?(?:幫我)?(?:取消|停止|停掉|關掉|刪掉|刪除)(.{2,20}?)的?(?:這則|這個)?提醒$"
)
MOST_SHOWN = 10
WHICH = "您設的提醒裡有{}個符合，請按要停的那一個。"
NONE_SUCH = "您的提醒裡沒有「{}」，沒有更動。寫「我的提醒」可以看目前有哪些。"


def stopping_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to words that stop one reminder; None for all else."""
    said = _SAID.match(bare(incoming.text))
    if said is None:
        return None
    if incoming.in_group or incoming.user_id is None:
        return Handled(answer=wish_lines.plain(wish_lines.ONE_TO_ONE), talk=desk.talk)
    return Handled(answer=_stopped(incoming, desk, incoming.user_id, said[1]), talk=desk.talk)


def _stopped(incoming: Incoming, desk: Desk, user_id: str, name: str) -> Answer:
    found = _named(incoming, desk, user_id, name)
    dates = {(s.edition.key, s.entry.id) for s in found}
    mine = (Button(wish_lines.MINE, say=wish_lines.MINE),)
    if not found:
        return wish_lines.plain(NONE_SUCH.format(name), mine)
    if len(dates) > 1:
        shown = {(s.edition.key, s.entry.id): s for s in reversed(found)}
        cards = [c for s in shown.values() for c in about(s).cards][:MOST_SHOWN]
        return _asked(cards, len(dates))
    where = Where(desk.db, incoming.channel_id, desk.reader.edition, incoming.at)
    for stretch in found:
        stop_one(where, user_id, stretch)
    refresh_own(incoming, desk)
    told = f"好的，「{found[0].entry.title}」不再提醒。這只停提醒，不會取消您的報名。"
    return wish_lines.plain(told, mine)


def _asked(cards: list[Card], count: int) -> Answer:
    return Answer((Text(WHICH.format(count)), Row(tuple(cards))), outcome=Outcome.CHAT)


def _named(incoming: Incoming, desk: Desk, user_id: str, name: str) -> list[Stretch]:
    """What this person is still to be told whose name, or another word for it, has these words."""
    wanted, stretches = desk.reader.fold(name), Stretches(desk.reader.edition)
    rows = follows.of_people(desk.db, incoming.channel_id, [user_id]).get(user_id, [])
    keys = dict.fromkeys(row.stretch for row in rows if row.at > incoming.at)
    found = [s for key in keys if (s := stretches.find(key))]
    by_title = [s for s in found if wanted in desk.reader.fold(s.entry.title)]
    return by_title or [
        s for s in found if any(wanted in desk.reader.fold(w) for w in s.entry.says)
    ]
