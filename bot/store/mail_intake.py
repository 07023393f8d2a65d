"""Notices that their person wants by mail, taken from the outbox when they are due.

For whoever wants mail alone the row in the outbox is dropped as told otherwise, in the same
transaction; `outbox.revive` brings it back where the mail cannot be sent. For whoever wants both it
stays, and is pushed as ever.
"""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from bot.clock import TAIPEI, taipei_day
from bot.model.reminders import NoticeKind
from bot.store import mail_out, outbox
from bot.store.channel_tables import MailAddress, MailRow, Via
from bot.store.gate import may_go
from bot.store.mail_out import GIVEN_BACK_AFTER, is_active
from bot.store.tables import OutboxRow, OutboxState

SOON = timedelta(minutes=2)  # notices are taken so long before they are due: no push overtakes them
MOST_TAKEN = 500


def take_due(db: Connection, channel_id: str, today: datetime) -> int:
    """Take what is due in the outbox for people who want mail, with all that is due to them today.

    Gives how many notices were taken.
    """
    due = _wanted(channel_id, today).where(OutboxRow.not_before <= today + SOON)
    people = set(db.scalars(due.with_only_columns(OutboxRow.user_id).limit(MOST_TAKEN)))
    if not people:
        return 0
    day_ends = datetime.combine(taipei_day(today) + timedelta(days=1), time(0), TAIPEI)
    with_them = or_(
        OutboxRow.not_before <= today + SOON,
        and_(OutboxRow.not_before < day_ends, OutboxRow.at_once.is_(False)),
    )
    found = db.execute(
        _wanted(channel_id, today)
        .where(OutboxRow.user_id.in_(people), with_them)
        .order_by(OutboxRow.not_before, OutboxRow.id)
        .with_for_update(of=OutboxRow, skip_locked=True)
    ).all()
    for row in found:
        values = {
            "key": row.key,
            "answer": row.answer,
            "instead": row.via is Via.MAIL,
            "made_at": today,
            "not_before": min(row.not_before, today),
            "expires_at": row.expires_at,
        }
        mail_out.put(db, (channel_id, row.user_id), values)
    outbox.void(db, channel_id, [r.key for r in found if r.via is Via.MAIL], today)
    return len(found)


def _wanted(channel_id: str, today: datetime) -> Any:
    """Notices of the outbox that are to go by mail and were not taken yet."""
    taken = select(MailRow.id).where(
        MailRow.channel_id == OutboxRow.channel_id, MailRow.key == OutboxRow.key
    )
    untried = and_(OutboxRow.state == OutboxState.WAITING, OutboxRow.batch_id.is_(None))
    # Whoever wants both may have had the push already: the worker beside was quicker.
    lately = OutboxRow.not_before > today - GIVEN_BACK_AFTER
    pushed = and_(OutboxRow.state.in_((OutboxState.SENDING, OutboxState.SENT)), lately)
    return (
        select(
            OutboxRow.user_id,
            OutboxRow.key,
            OutboxRow.answer,
            OutboxRow.not_before,
            OutboxRow.expires_at,
            MailAddress.via,
        )
        .join(
            MailAddress,
            and_(
                MailAddress.channel_id == OutboxRow.channel_id,
                MailAddress.user_id == OutboxRow.user_id,
            ),
        )
        .where(
            OutboxRow.channel_id == channel_id,
            is_active(),
            or_(untried, and_(MailAddress.via == Via.BOTH, pushed)),
            MailAddress.via != Via.LINE,
            OutboxRow.expires_at > today,
            may_go(channel_id),
            OutboxRow.kind != NoticeKind.ANSWER,  # asked for in LINE, told there
            ~taken.exists(),
        )
    )
