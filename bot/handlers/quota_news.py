"""Staff hear how the month's pushes stand: once at 80%, and once on the day they run out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.answers import quota_words as words
from bot.clock import taipei_day
from bot.messages import Answer, Card, Outcome, Tone
from bot.model.reminders import NoticeKind
from bot.store import outbox, people, quotas
from bot.store.outbox import Notice
from bot.store.quotas import Outlook

WARN_AT = 80  # percent
OF_USE = timedelta(days=3)


def warn_staff(db: Connection, channel_id: str, outlook: Outlook, today: datetime) -> None:
    """Queue for each member of staff what they are to know; twice is once.

    Of the least weight: it never takes the place of what a teacher is to be told.
    """
    stage = _stage(outlook, today)
    if not stage:
        return
    month = quotas.month_of(today)
    notices = [
        Notice(
            channel_id=channel_id,
            user_id=user_id,
            key=f"quota:{month}:{stage}:{user_id}",
            answer=Answer((card(outlook),), outcome=Outcome.CHAT),
            made_at=today,
            not_before=today,
            expires_at=today + OF_USE,
            kind=NoticeKind.NUDGE,
        )
        for user_id, _ in people.staff(db, channel_id)
    ]
    outbox.put_many(db, notices)


def card(outlook: Outlook) -> Card:
    """How the month's pushes stand."""
    return Card(
        title=words.PUSHES,
        lead=words.used_words(outlook.used, outlook.most or 0),
        facts=(*words.outlook_words(outlook.held, outlook.runs_out_on), words.REMEDY),
        tone=Tone.ASK,
    )


def usage(outlook: Outlook) -> Answer:
    """How the month's pushes stand, for staff who ask."""
    if outlook.most is not None:
        return Answer((card(outlook),), outcome=Outcome.CHAT)
    said = words.unlimited_words(outlook.used)
    more = words.outlook_words(outlook.held, outlook.runs_out_on)
    return Answer((Card(title=words.PUSHES, lead=said, facts=more),), outcome=Outcome.CHAT)


def is_short(outlook: Outlook) -> bool:
    """Whether staff should know at all."""
    if outlook.most is None:
        return False
    nearly = 100 * outlook.used >= WARN_AT * outlook.most
    return nearly or outlook.held > 0 or outlook.runs_out_on is not None


def _stage(outlook: Outlook, today: datetime) -> str:
    if outlook.most is None:
        return ""
    if outlook.used >= outlook.most or outlook.runs_out_on == taipei_day(today):
        return "out"
    return str(WARN_AT) if 100 * outlook.used >= WARN_AT * outlook.most else ""
