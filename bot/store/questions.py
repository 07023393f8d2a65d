"""What people asked, masked, and what became of it."""

from dataclasses import asdict

from sqlalchemy import Connection, insert

from bot.messages import Incoming, Outcome, Why
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
