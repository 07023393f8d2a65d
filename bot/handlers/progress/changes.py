"""Telling what changed of the editions that somebody follows: once, above the next reply.

Handlers do not know of it: dispatch puts it above whatever they say.
"""

from dataclasses import replace

from sqlalchemy import Connection

from bot import ledger
from bot.messages import Answer, Button, Card, Incoming, Row
from bot.model.deeds import Enrolment
from bot.rules.changes import Alteration, changes, snapshot
from bot.store import enrolments
from bot.understand.reader import Reader

MOST_TOLD = 8


def with_changes(db: Connection, incoming: Incoming, reader: Reader, answer: Answer) -> Answer:
    """The answer, below what changed of the tracks that its reader follows; one query at most."""
    if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
        return answer
    version = reader.library.version
    if not answer.parts:
        return answer
    cards = []
    for enrolment in enrolments.told_of_older(db, incoming.channel_id, incoming.user_id, version):
        cards += _told(db, incoming, reader, enrolment)
    if not cards:
        return answer
    return replace(
        answer, parts=(cards[0] if len(cards) == 1 else Row(tuple(cards)), *answer.parts)
    )


def _told(db: Connection, incoming: Incoming, reader: Reader, enrolment: Enrolment) -> list[Card]:
    """What changed of one track, noted as told; none where nothing that matters did."""
    edition = reader.edition(enrolment.edition_key)
    track = ledger.track_of(edition, enrolment.track) if edition else None
    if edition is None or track is None:
        return []
    now = snapshot(edition, track)
    found = changes(enrolment.seen, now) if enrolment.seen else []
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


def _words(change: Alteration) -> str:
    if not change.before:
        return f"{change.what}：新增{change.after}"
    if not change.after:
        return f"{change.what}：取消（原為{change.before}）"
    return f"{change.what}：{change.before} → {change.after}"
