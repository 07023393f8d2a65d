"""What people asked, masked, and what became of it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, select

from bot.messages import Incoming, Kind, Outcome, Why
from bot.model.talk import FORGET_AFTER
from bot.store.tables import Event, Question

A_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A question as it was kept, as far as passing it on needs it."""

    channel_id: str
    webhook_event_id: str
    user_id: str
    asked_at: datetime
    text: str  # masked
    plan: str
    entry: str


_COLUMNS = [Question.__table__.c[name] for name in Logged.__dataclass_fields__]


def put(db: Connection, incoming: Incoming, masked: str, outcome: Outcome, why: Why) -> None:
    """Keep one question.

    Args:
        masked: its text without ID numbers, telephones, passwords.
    """
    db.execute(
        insert(Question).values(
            channel_id=incoming.channel_id,
            webhook_event_id=incoming.event_id,
            chat_id=incoming.chat_id,
            user_id=incoming.user_id,
            message_id=incoming.message_id,
            asked_at=incoming.at,
            text=masked,
            outcome=outcome.value,
            plan=why.plan,
            edition=why.edition,
            entry=why.entry,
            score=why.score,
            why=asdict(why),
        )
    )


def find(db: Connection, channel_id: str, event_id: str, user_id: str) -> Logged | None:
    """This person's own question; None where there is none, or it is another's."""
    row = db.execute(
        select(*_COLUMNS).where(
            Question.channel_id == channel_id,
            Question.webhook_event_id == event_id,
            Question.user_id == user_id,
        )
    ).one_or_none()
    return Logged(**row._asdict()) if row else None


def written_before(
    db: Connection, channel_id: str, user_id: str, event_id: str, at: datetime
) -> list[Logged]:
    """What this person wrote in the same one-to-one talk before an event, the newest first.

    At most a few. Pressed buttons are no words of theirs and are left out.
    """
    of_event = and_(
        Event.channel_id == Question.channel_id,
        Event.webhook_event_id == Question.webhook_event_id,
    )
    rows = db.execute(
        select(*_COLUMNS)
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
    return [Logged(**row._asdict()) for row in rows]


def take_back(db: Connection, channel_id: str, message_id: str) -> list[Logged]:
    """Forget the question of a message that its writer took back; gives what was kept of it."""
    gone = (
        delete(Question)
        .where(Question.channel_id == channel_id, Question.message_id == message_id)
        .returning(*_COLUMNS)
    )
    return [Logged(**row._asdict()) for row in db.execute(gone)]
