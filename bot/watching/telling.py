"""How staff are told what is wrong: by mail where there is one, else in LINE, pushed once a day.

What is told in LINE rides along with the next reply, which is free. Only the first alarm of a
day may be pushed to a person, and none while LINE refuses us or where they have it by mail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.answers import alarm_words as words
from bot.clock import taipei_day
from bot.messages import Answer
from bot.model.reminders import NoticeKind
from bot.model.staff_roles import StaffRole
from bot.store import account_links, accounts, outbox, people
from bot.store.alarms import AlarmNews
from bot.store.outbox import Notice, end_of_day

OF_USE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWays:
    """By which ways a channel's staff may be told."""

    channel_id: str
    may_push: bool  # LINE does not refuse us
    mails: bool  # those who see to the console get a mail


def answers_of(news: AlarmNews) -> list[Answer]:
    """What is said, the bad first."""
    bad = [words.wrong(news.wrong)] if news.wrong else []
    return bad + ([words.over(news.over)] if news.over else [])


def admins(db: Connection, channel_id: str) -> list[str]:
    """Addresses of those who see to the console."""
    found = accounts.every(db, channel_id)
    return [one.mail for one in found if one.role is StaffRole.ADMIN and one.disabled_at is None]


def tell(db: Connection, ways: TellingWays, news: AlarmNews, today: datetime) -> list[str]:
    """Queue it for each member of staff; gives to whom something may be pushed now."""
    channel_id = ways.channel_id
    reached = account_links.holders(db, channel_id, StaffRole.ADMIN) if ways.mails else set()
    pushed = []
    for user_id, _ in people.staff(db, channel_id):
        for answer in answers_of(news):
            at_once = ways.may_push and user_id not in reached
            if at_once and outbox.put(db, _notice(channel_id, user_id, answer, today)):
                pushed.append(user_id)
            else:
                outbox.put(db, _riding(channel_id, user_id, answer, news, today))
    return pushed


def _notice(channel_id: str, user_id: str, answer: Answer, today: datetime) -> Notice:
    """One that may be pushed: its key is the day's, so that there is no second one."""
    return Notice(
        channel_id=channel_id,
        user_id=user_id,
        key=f"alarm:{taipei_day(today)}:{user_id}",
        answer=answer,
        made_at=today,
        not_before=today,
        expires_at=today + OF_USE,
        kind=NoticeKind.NUDGE,
    )


def _riding(
    channel_id: str, user_id: str, answer: Answer, news: AlarmNews, today: datetime
) -> Notice:
    """One that is never due by itself: it comes with a reply or push of this day, or never."""
    ends = end_of_day(today) - timedelta(seconds=1)
    is_bad = bool(news.wrong) and answer == words.wrong(news.wrong)
    facts = ",".join(one.fact for one in (news.wrong if is_bad else news.over))
    return Notice(
        channel_id=channel_id,
        user_id=user_id,
        key=f"alarm:{taipei_day(today)}:{'wrong' if is_bad else 'over'}:{facts}:{user_id}",
        answer=answer,
        made_at=today,
        not_before=ends,
        expires_at=ends,
        kind=NoticeKind.NUDGE,
    )
