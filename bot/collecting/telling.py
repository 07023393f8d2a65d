"""Messages to the contacts of schools: free with their next reply, pushed like reminders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.messages import Answer
from bot.model.reminders import NoticeKind
from bot.model.submission import Deed
from bot.store import affiliations, outbox
from bot.store.outbox import Notice

# Deeds of one afternoon become one message, and whoever writes meanwhile is told for nothing.
SETTLES = timedelta(hours=1)
OF_USE = timedelta(days=7)
TOLD = frozenset({Deed.CONFIRM, Deed.SEND_BACK, Deed.EXTEND, Deed.EXCUSE, Deed.OWE_AGAIN})
# What asks for something goes out before what only tells.
_KINDS = {Deed.CONFIRM: NoticeKind.NUDGE, Deed.EXCUSE: NoticeKind.NUDGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that a school's contacts are to be told."""

    school_code: str
    fact: str  # names it: each contact is told it once
    answer: Answer
    kind: NoticeKind
    not_before: datetime


def kind_of(deed: Deed) -> NoticeKind:
    """How urgent it is to tell of a deed."""
    return _KINDS.get(deed, NoticeKind.DEADLINE)


def reached(
    db: Connection, channel_id: str, codes: Sequence[str] | None = None
) -> dict[str, list[str]]:
    """The user ids of contacts to whom LINE brings what we send, by school."""
    found: dict[str, list[str]] = {}
    for one in affiliations.contacts(db, channel_id, codes):
        if one.blocked_at is None:
            found.setdefault(one.school_code, []).append(one.user_id)
    return found


def tell(
    db: Connection,
    channel_id: str,
    news: Iterable[News],
    people: dict[str, list[str]],
    at: datetime,
) -> int:
    """Queue it for the contacts; gives how many messages are new."""
    notices = [
        Notice(
            channel_id=channel_id,
            user_id=user_id,
            key=key_of(one.fact, user_id),
            answer=one.answer,
            made_at=at,
            not_before=one.not_before,
            expires_at=at + OF_USE,
            kind=one.kind,
            fact=one.fact,
        )
        for one in news
        for user_id in people.get(one.school_code, ())
    ]
    return outbox.put_many(db, notices)


def key_of(fact: str, user_id: str) -> str:
    """The outbox's key of a fact that is told to somebody."""
    return f"school:{fact}:{user_id}"
