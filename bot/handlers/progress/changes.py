"""Telling what changed of the editions that somebody follows: once, above the next reply.

Handlers do not know of it: dispatch puts it above whatever they say. A date that moved is left to
its notice, for whoever is owed one: that comes below the same reply, or came before.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot import ledger
from bot.messages import Answer, Button, Card, Incoming, Row
from bot.model.deeds import Enrolment
from bot.model.edition import Edition
from bot.reminders.follows import Where, refresh
from bot.reminders.moved_dates import told_gone, told_of
from bot.rules.changes import Alteration, changes, date_of, snapshot
from bot.rules.notices import stretches_of
from bot.store import enrolments, follows
from bot.understand.reader import Reader

MOST_TOLD = 8


def with_changes(db: Connection, incoming: Incoming, reader: Reader, answer: Answer) -> Answer:
    """The answer, below what changed of the tracks that its reader follows.

    One query, where nothing changed since it was told.
    """
    if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
        return answer
    version = reader.library.version
    if not answer.parts:
        return answer
    who = (incoming.channel_id, incoming.user_id)
    followed = enrolments.told_of_older(db, *who, version)
    if not followed:
        return answer
    # As the planner will, or did: whichever is first queues the notices of moved dates.
    refresh(Where(db, incoming.channel_id, reader.edition, incoming.at), incoming.user_id)
    notices = follows.news_of(db, *who)
    cards = []
    for enrolment in followed:
        cards += _told(db, incoming, reader, enrolment, notices)
    if not cards:
        return answer
    return replace(
        answer, parts=(cards[0] if len(cards) == 1 else Row(tuple(cards)), *answer.parts)
    )


def _told(
    db: Connection,
    incoming: Incoming,
    reader: Reader,
    enrolment: Enrolment,
    notices: Sequence[str],
) -> list[Card]:
    """What changed of one track, noted as told; none where nothing that matters did."""
    edition = reader.edition(enrolment.edition_key)
    track = ledger.track_of(edition, enrolment.track) if edition else None
    if edition is None or track is None:
        return []
    now = snapshot(edition, track)
    found = changes(enrolment.seen, now) if enrolment.seen else []
    found = [change for change in found if not _has_notice(edition, change, notices)]
    enrolments.mark_seen(db, incoming.channel_id, enrolment, now, reader.library.version)
    if not found:
        return []
    more = len(found) - MOST_TOLD
    rest = (f"另有{more}項變動，請輸入「我的進度」看目前的內容。",) if more > 0 else ()
    return [
        Card(
            title=edition.about.short,
            lead=f"您追蹤的「{track.title}」有變動：",
            facts=(*map(_words, found[:MOST_TOLD]), *rest),
            document=edition.about.title,
            buttons=(Button("我的進度", say="我的進度"),),
        )
    ]


def _has_notice(edition: Edition, change: Alteration, notices: Sequence[str]) -> bool:
    """Whether it is a date's, and all that is new of its days has a notice of its own."""
    about = date_of(change)
    if about is None:
        return False
    date_id, case_key = about
    entry = next((d for d in edition.dates if d.id == date_id), None)
    there = stretches_of(edition, entry) if entry and change.after else []
    moved = [
        s for s in there if s.case.given.key == case_key and s.span.words() not in change.before
    ]
    if moved:
        return all(told_of(notices, stretch) for stretch in moved)
    return told_gone(notices, f"{edition.key}#{date_id}#{case_key}#")


def _words(change: Alteration) -> str:
    if not change.before:
        return f"{change.what}：新增{change.after}"
    if not change.after:
        return f"{change.what}：取消（原為{change.before}）"
    return f"{change.what}：{change.before} → {change.after}"
