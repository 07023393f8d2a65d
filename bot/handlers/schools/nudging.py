"""提醒老師: who would be told, then one tap that queues it; each teacher once a day at most."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answers import owed_lines as lines
from bot.answers.own_lines import ERASE_LIVES
from bot.answers.teacher_lines import called, nudge, nudge_card
from bot.clock import taipei_day
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.owed_order import NUDGE
from bot.messages import Answer, Incoming, Outcome
from bot.model.reminders import NoticeKind, Preferences
from bot.model.roster import Member
from bot.model.schools import School
from bot.reminders.decide import after_quiet
from bot.school_reading import Unfinished, unfinished
from bot.store import outbox, preferences
from bot.store.outbox import Notice

OF_USE = timedelta(days=3)
NOBODY = "名冊上沒有還沒完成的老師，不用提醒。名冊還沒上傳時，請先寫「上傳名冊」。"
OLD = "這個按鈕是較早的，沒有送出。請再寫一次「提醒老師」。"


def offer_nudge(contact: Contact, school: School) -> Handled:
    """Who would be told; nothing is sent yet."""
    found = _unfinished(contact, school)
    if not found:
        return contact.text(NOBODY)
    members = _once([one.member for one in found])
    told = [m for m in members if m.user_id]
    data = f"{NUDGE}={school.code}|{int(contact.incoming.at.timestamp())}"
    in_person = [m for m in members if not m.user_id]
    card = nudge_card(school, told, in_person, data, contact.page(school, "/roster"))
    return contact.said(Answer((card,), outcome=Outcome.CHAT))


def send_nudge(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Queues it for the teachers who are not done by now, where the button is of a moment ago."""
    contact = Contact(incoming, desk)
    code, _, asked = value.partition("|")
    school = contact.school(code)
    if school is None:
        return contact.text(lines.NOT_YOURS)
    asked_at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0
    if not -1 <= incoming.at.timestamp() - asked_at <= ERASE_LIVES.total_seconds():
        return contact.text(OLD)
    return contact.text(_queue(contact, school, _unfinished(contact, school)))


def _queue(contact: Contact, school: School, found: Sequence[Unfinished]) -> str:
    channel_id, now = contact.incoming.channel_id, contact.incoming.at
    users = sorted({one.member.user_id for one in found if one.member.user_id})
    wanted = preferences.of_people(contact.desk.db, channel_id, users) if users else {}
    queued: list[str] = []
    before: list[str] = []
    refused: list[str] = []
    seen: set[str] = set()
    for one in found:
        user_id = one.member.user_id
        if not user_id or user_id in seen:
            continue
        seen.add(user_id)
        person = wanted.get(user_id, Preferences())
        if person.is_stopped or (person.paused_until and person.paused_until > taipei_day(now)):
            refused.append(called(one.member))
            continue
        notice = _notice(contact, school, one, person)
        new = outbox.put(contact.desk.db, notice)
        (queued if new else before).append(called(one.member))
    return _told(queued, before, refused, now)


def _notice(contact: Contact, school: School, one: Unfinished, person: Preferences) -> Notice:
    now, user_id = contact.incoming.at, one.member.user_id or ""
    answer = nudge(school, one.standing.edition, one.standing)
    said = hashlib.sha256(repr(answer).encode()).hexdigest()[:16]
    at = after_quiet(now, person.quiet)
    return Notice(
        channel_id=contact.incoming.channel_id,
        user_id=user_id,
        key=f"nudge:{user_id}:{taipei_day(now):%Y%m%d}",  # one a day, whoever asks for it
        answer=answer,
        made_at=now,
        not_before=at,
        expires_at=at + OF_USE,
        kind=NoticeKind.NUDGE,
        fact=f"nudge:{school.code}:{said}",
    )


def _told(
    queued: Sequence[str], before: Sequence[str], refused: Sequence[str], now: datetime
) -> str:
    said = [f"已排定提醒{len(queued)}位：{'、'.join(queued)}。" if queued else "這次沒有新的提醒。"]
    if before:
        said.append(f"今天已經提醒過：{'、'.join(before)}。")
    if refused:
        said.append(f"設定了不提醒，請當面說：{'、'.join(refused)}。")
    return "".join(said)


def _unfinished(contact: Contact, school: School) -> list[Unfinished]:
    where = (contact.desk.db, contact.incoming.channel_id, school.code)
    return unfinished(*where, contact.stands(school), contact.incoming.at)


def _once(members: Sequence[Member]) -> list[Member]:
    return list({member.id: member for member in members}.values())
