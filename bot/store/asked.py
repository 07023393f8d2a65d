"""How often people asked for what a plan's entries say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, distinct, func, select

from bot.store.tables import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """So many questions led to an entry, by so many people."""

    questions: int
    people: int


def asked_by_entry(
    db: Connection, channel_id: str, edition: tuple[str, str], since: datetime
) -> Mapping[str, Asked]:
    """For each entry that was found by a question since then: how many, by how many people.

    Args:
        edition: its plan and its year's name.
        since: aware; a question at that instant counts.
    """
    entry = Question.entry
    rows = db.execute(
        select(entry, func.count(), func.count(distinct(Question.user_id)))
        .where(
            Question.channel_id == channel_id,
            Question.plan == edition[0],
            Question.edition == edition[1],
            Question.asked_at >= since,
            entry != "",
        )
        .group_by(entry)
        .order_by(entry)
    )
    return {name: Asked(questions, people) for name, questions, people in rows}
