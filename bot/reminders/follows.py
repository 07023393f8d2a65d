"""Keeps what people are to be told of up to date, in the transaction of what changed it.

Called wherever somebody joins, leaves, reports, chooses, wishes or sets something, and by planning
for everybody when the plans themselves changed. Only rows that differ are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import ledger
from bot.answers.reminder_lines import cancelled, moved
from bot.ledger import EditionOf
from bot.messages import Answer
from bot.model.reminders import Because, NoticeKind, Preferences
from bot.reminders.decide import Followed, after_quiet, due_mark, fact_of, moments, useful_until
from bot.reminders.followed import Person, followed_by
from bot.reminders.stretches import Stretches
from bot.rules.notices import Stretch, stretches_of
from bot.store import follows, outbox, preferences, wishes
from bot.store.follows import Follow
from bot.store.outbox import Notice
from bot.store.wishes import Wish

OF_USE = timedelta(days=7)  # that a date was dropped


@dataclass(frozen=True, slots=True)
class Where:
    """The open transaction, the channel, the plans, and the time."""

    db: Connection
    channel_id: str
    edition_of: EditionOf
    now: datetime


@dataclass(frozen=True, slots=True)
class _Before:
    """What was kept of the people concerned."""

    rows: dict[str, list[Follow]]
    waiting: set[str]  # keys in the outbox


def refresh(where: Where, *user_ids: str) -> int:
    """Bring the rows of these people up to date; gives how many were told of a moved date."""
    db, channel_id = where.db, where.channel_id
    before = _Before(
        follows.of_people(db, channel_id, user_ids),
        follows.waiting_keys(db, channel_id, user_ids),
    )
    people, set_by = (
        _people(where, user_ids, before),
        preferences.of_people(db, channel_id, user_ids),
    )
    new: list[Follow] = []
    gone: list[Follow] = []
    told: list[Notice] = []
    for user_id in user_ids:
        wanted = set_by.get(user_id, Preferences())
        followed = followed_by(people[user_id], where.now)
        old = before.rows.get(user_id, [])
        news = _news(where, user_id, (old, followed), wanted)
        told += news
        rows = _rows(user_id, followed, wanted)
        changed = _changed(where, (old, rows), before.waiting, bool(news))
        new += changed
        kept = {(row.stretch, row.lead) for row in rows}
        gone += [row for row in old if (row.stretch, row.lead) not in kept]
    stale = {(r.user_id, r.stretch, r.lead) for r in new}
    altered = [
        r.key for rows in before.rows.values() for r in rows
        if (r.user_id, r.stretch, r.lead) in stale
    ]  # fmt: skip
    keys = [key for key in (*(r.key for r in gone), *altered) if key in before.waiting]
    follows.drop_waiting(db, channel_id, keys)
    follows.drop(db, channel_id, gone)
    follows.put(db, channel_id, new)
    return outbox.put_many(db, told)


def wished_stretches(edition_of: EditionOf, wish: Wish) -> list[Stretch]:
    """What of the plans a wish is about; nothing where they have it no more."""
    edition = edition_of(wish.edition_key)
    entry = next((d for d in edition.dates if d.id == wish.date), None) if edition else None
    if edition is None or entry is None:
        return []
    return [s for s in stretches_of(edition, entry) if s.case_key == wish.case_key]


def _people(where: Where, user_ids: Sequence[str], before: _Before) -> dict[str, Person]:
    db, channel_id, edition_of = where.db, where.channel_id, where.edition_of
    accounts = ledger.accounts_of_people(db, channel_id, user_ids)
    wished = wishes.of_people(db, channel_id, user_ids)
    own = preferences.own_dates(db, channel_id, user_ids)
    chosen = preferences.choices(db, channel_id, user_ids)
    return {
        user_id: Person(
            standings=ledger.standings_of(accounts.get(user_id, ()), edition_of),
            wished=[
                s for wish in wished.get(user_id, ()) for s in wished_stretches(edition_of, wish)
            ],
            own=[
                (edition, one)
                for one in own.get(user_id, ())
                if (edition := edition_of(one.edition_key))
            ],
            choices=chosen.get(user_id, {}),
            since={row.stretch: row.since for row in before.rows.get(user_id, ())},
        )
        for user_id in user_ids
    }


def _rows(user_id: str, followed: Sequence[Followed], wanted: Preferences) -> list[Follow]:
    return [
        Follow(
            user_id=user_id,
            stretch=one.stretch.key,
            lead=moment.lead,
            at=moment.at,
            until=moment.until,
            fact=fact_of(one.stretch, moment.lead),
            days=one.stretch.span.words(),
            why=one.why,
            since=one.since,
        )
        for one in followed
        for moment in moments(one, wanted)
    ]


def _changed(
    where: Where, rows: tuple[list[Follow], list[Follow]], waiting: set[str], has_news: bool
) -> list[Follow]:
    """The rows that are not as they were.

    One whose instant has passed counts as planned, unless what it says is still owed.
    """
    old = {(row.stretch, row.lead): row for row in rows[0]}
    moved_ones = {row.stretch for row in rows[0]} if has_news else set()
    found = []
    for row in rows[1]:
        was = old.get((row.stretch, row.lead))
        if was is not None and replace(was, is_planned=False) == row:
            continue
        owed = was is not None and (not was.is_planned or was.key in waiting)
        is_past = row.at <= where.now
        told_anew = row.stretch in moved_ones and was is not None and was.days != row.days
        found.append(replace(row, is_planned=is_past and (not owed or told_anew)))
    return found


def _news(
    where: Where,
    user_id: str,
    sides: tuple[list[Follow], list[Followed]],
    wanted: Preferences,
) -> list[Notice]:
    """What is told of dates that moved or were dropped, where the old day had been told."""
    if wanted.is_stopped:
        return []
    now_there = {one.stretch.key: one.stretch for one in sides[1]}
    stretches = Stretches(where.edition_of)
    altered: dict[str, list[Follow]] = {}
    for row in sides[0]:
        stretch = now_there.get(row.stretch) or stretches.find(row.stretch)
        if stretch is None or (row.stretch in now_there and stretch.span.words() != row.days):
            altered.setdefault(row.stretch, []).append(row)
    return [
        _told_anew(where, rows, stretches.find(key), wanted)
        for key, rows in altered.items()
        if any(row.until > where.now for row in rows) and _was_told(where, rows)
    ]


def _was_told(where: Where, rows: Sequence[Follow]) -> bool:
    """By a notice; or, who wished to be reminded, when they were told that they will be."""
    if any(row.why is Because.WISH for row in rows):
        return True
    return bool(follows.told_keys(where.db, where.channel_id, [row.key for row in rows]))


def _told_anew(
    where: Where, rows: Sequence[Follow], stretch: Stretch | None, wanted: Preferences
) -> Notice:
    row, now = rows[0], where.now
    if stretch is None:
        answer, fact, until = _cancelled(where, row), f"{row.stretch}@gone", now + OF_USE
    else:
        answer = moved(stretch, row.days)
        fact = f"{row.stretch}@{due_mark(stretch)}#moved"
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
    entries = edition.entries() if edition else ()
    title = next((entry.title for entry in entries if entry.id == date_id), "")
    return cancelled(edition, title, row.days)
