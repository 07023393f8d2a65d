"""A person's own questions, as far as passing them on needs them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from bot.messages import Kind
from bot.model.talk import FORGET_AFTER
from bot.store.tables import Event, Question

A_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as it was kept."""

    channel_id: str
    webhook_event_id: str
    user_id: str
    asked_at: datetime
    text: str  # masked
    plan: str
    entry: str


COLUMNS = [Question.__table__.c[name] for name in OwnQuestion.__dataclass_fields__]


def find(db: Connection, channel_id: str, event_id: str, user_id: str) -> OwnQuestion | None:
    """This person's own question; None where there is none, or it is another's."""
    row = db.execute(
        select(*COLUMNS).where(
            Question.channel_id == channel_id,
            Question.webhook_event_id == event_id,
            Question.user_id == user_id,
        )
    ).one_or_none()
    return OwnQuestion(**row._asdict()) if row else None


def written_before(
    db: Connection, channel_id: str, user_id: str, event_id: str, at: datetime
) -> list[OwnQuestion]:
    """What this person wrote in the same one-to-one talk before an event, the newest first.

    At most a few. Pressed buttons are no words of theirs and are left out.
    """
    of_event = and_(
        Event.channel_id == Question.channel_id,
        Event.webhook_event_id == Question.webhook_event_id,
    )
    rows = db.execute(
        select(*COLUMNS)
        .join(Event, of_event)
        .where(
            Question.channel_id == channel_id,
            Question.user_id == user_id,
            Question.chat_id == user_id,
            Question.webhook_event_id != event_id,
            Question.asked_at.between(at - FORGET_AFTER, at),
            Event.kind == Kind.TEXT.value,
        )
        .order_by(Question.asked_at.desc(), Event.received_at.desc())
        .limit(A_FEW)
    )
    return [OwnQuestion(**row._asdict()) for row in rows]
