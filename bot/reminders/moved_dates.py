"""Telling of dates that moved or were dropped: those to whom the old day had been told, once.

The notice in the outbox is the one that tells it: a reply that shows what changed of a track leaves
out what a notice says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.answers.reminder_lines import cancelled
from bot.ledger import EditionOf
from bot.messages import Answer
from bot.model.reminders import Because, NoticeKind, Preferences
from bot.reminders.decide import after_quiet, due_mark, useful_until
from bot.reminders.sharing import Sharing
from bot.rules.notices import Stretch
from bot.store import follows
from bot.store.follows import Follow
from bot.store.outbox import Notice

OF_USE = timedelta(days=7)  # that a date was dropped
_GONE, _MOVED = "@gone", "#moved"


@dataclass(frozen=True, slots=True)
class Where:
    """The open transaction, the channel, the plans, and the time."""

    db: Connection
    channel_id: str
    edition_of: EditionOf
    now: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What one person's rows said of a date that is not there any more, or not as it was."""

    user_id: str
    stretch: str  # key
    rows: Sequence[Follow]


def altered(
    rows: Sequence[Follow], days: Mapping[str, str], sharing: Sharing, now: datetime
) -> Iterator[Known]:
    """The dates of one person's rows that are not as they were, where they still matter.

    Args:
        days: of what this person follows now, in words, by the key of the stretch.
    """
    found: dict[str, list[Follow]] = {}
    for row in rows:
        is_there = row.stretch in days
        if (
            days[row.stretch] != row.days
            if is_there
            else sharing.stretches.find(row.stretch) is None
        ):
            found.setdefault(row.stretch, []).append(row)
    for key, its in found.items():
        if any(row.until > now for row in its):
            yield Known(its[0].user_id, key, its)


def news(
    where: Where, known: Sequence[Known], wanted: Mapping[str, Preferences], sharing: Sharing
) -> list[Notice]:
    """What is told of these dates: to those who had been told the old day, by whatever means.

    Who wished to be reminded was told the day when they were told that they will be.
    """
    listening = [k for k in known if not wanted.get(k.user_id, Preferences()).is_stopped]
    told = follows.told_keys(where.db, where.channel_id, [r.key for k in listening for r in k.rows])
    return [
        _notice(where, one, wanted.get(one.user_id, Preferences()), sharing)
        for one in listening
        if any(row.why is Because.WISH or row.key in told for row in one.rows)
    ]


def told_of(facts: Iterable[str], stretch: Stretch) -> bool:
    """Whether one of these facts is that this date is now as it is."""
    start = f"{stretch.key}@{due_mark(stretch)}{_MOVED}<"
    return any(fact.startswith(start) for fact in facts)


def told_gone(facts: Iterable[str], start: str) -> bool:
    """Whether one of these facts is that a date was dropped whose key begins so."""
    return any(fact.startswith(start) and f"{_GONE}<" in fact for fact in facts)


def _notice(where: Where, known: Known, wanted: Preferences, sharing: Sharing) -> Notice:
    row, now = known.rows[0], where.now
    stretch = sharing.stretches.find(known.stretch)
    if stretch is None:
        answer, fact, until = _cancelled(where, row), f"{row.stretch}{_GONE}", now + OF_USE
    else:
        answer = sharing.moved(stretch, row.days)
        fact = f"{row.stretch}@{due_mark(stretch)}{_MOVED}"
        until = max(useful_until(stretch), now + OF_USE)
    # From which day it was moved: else two moves to and fro would be one.
    fact = f"{fact}<{row.fact.rpartition('@')[2].partition('#')[0]}"
    return Notice(
        channel_id=where.channel_id,
        user_id=row.user_id,
        key=follows.key_of(row.user_id, fact),
        answer=answer,
        made_at=now,
        not_before=after_quiet(now, wanted.quiet),
        expires_at=until,
        kind=NoticeKind.DEADLINE,
        fact=fact,
    )


def _cancelled(where: Where, row: Follow) -> Answer:
    edition_key, _, rest = row.stretch.partition("#")
    date_id = rest.partition("#")[0]
    edition = where.edition_of(edition_key)
    entry = edition.by_id.get(date_id) if edition else None
    return cancelled(edition, entry.title if entry else "", row.days)
