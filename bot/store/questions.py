"""What people asked, masked, and what became of it."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert

from bot.messages import Incoming, Outcome, Why
from bot.store.own_questions import COLUMNS, OwnQuestion
from bot.store.tables import Question


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


def take_back(db: Connection, channel_id: str, message_id: str) -> list[OwnQuestion]:
    """Forget the question of a message that its writer took back; gives what was kept of it."""
    gone = (
        delete(Question)
        .where(Question.channel_id == channel_id, Question.message_id == message_id)
        .returning(*COLUMNS)
    )
    return [OwnQuestion(**row._asdict()) for row in db.execute(gone)]
