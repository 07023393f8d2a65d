"""What people asked, masked, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select

from bot.messages import Answer, Incoming, Kind, Outcome, Why, from_plain, why_from_plain
from bot.store.own_questions import COLUMNS, OwnQuestion
from bot.store.prepared import Prepared
from bot.store.tables import Event, Question
from bot.store.upsert import new_row

PAGE = 20
# What `Why.entry` calls messages that no member of staff should get to read.
KEPT_HERE = ("secret", "pasted")

_OF_EVENT = and_(
    Event.channel_id == Question.channel_id,
    Event.webhook_event_id == Question.webhook_event_id,
)

NEW = Prepared(lambda dialect: new_row(dialect, Question))


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One question as it was kept: what was asked, what was said to it, and why."""

    event_id: str
    asked_at: datetime
    text: str  # masked; of a pressed button: its data
    is_pressed: bool  # a button, not somebody's words
    outcome: Outcome
    why: Why
    answer: Answer | None  # None: nothing was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some questions, the newest first, and where the older ones begin."""

    questions: tuple[Logged, ...]
    older: "Mark | None"


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a question among all others."""

    asked_at: datetime
    event_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is to be kept.

    Args:
        text: masked: without ID numbers, telephones, passwords.
    """

    incoming: Incoming
    text: str
    outcome: Outcome
    why: Why


def put(db: Connection, asked: Sequence[Asked]) -> None:
    """Keep these questions, each of another event."""
    if asked:
        NEW.run_all(db, [row_of(one) for one in asked])


def row_of(asked: Asked) -> dict[str, Any]:
    """What `NEW` keeps of this question."""
    incoming, why = asked.incoming, asked.why
    return {
        "channel_id": incoming.channel_id,
        "webhook_event_id": incoming.event_id,
        "chat_id": incoming.chat_id,
        "user_id": incoming.user_id,
        "message_id": incoming.message_id,
        "asked_at": incoming.at,
        "text": asked.text,
        "outcome": asked.outcome.value,
        "plan": why.plan,
        "edition": why.edition,
        "entry": why.entry,
        "score": why.score,
        "why": why,
    }


def take_back(db: Connection, channel_id: str, message_id: str) -> list[OwnQuestion]:
    """Forget the question of a message that its writer took back; gives what was kept of it."""
    gone = (
        delete(Question)
        .where(Question.channel_id == channel_id, Question.message_id == message_id)
        .returning(*COLUMNS)
    )
    return [OwnQuestion(**row._asdict()) for row in db.execute(gone)]


def recent(
    db: Connection,
    channel_id: str,
    outcome: Outcome | None = None,
    before: Mark | None = None,
    limit: int = PAGE,
) -> Page:
    """Logged questions, the newest first; those before a mark where one is given.

    Pressed buttons are among them; what no member of staff should get to read is not.
    """
    readable = Question.entry.not_in(KEPT_HERE)
    wanted = _with_answers().where(Question.channel_id == channel_id, readable)
    if outcome is not None:
        wanted = wanted.where(Question.outcome == outcome.value)
    if before is not None:
        same_instant = and_(
            Question.asked_at == before.asked_at, Question.webhook_event_id < before.event_id
        )
        wanted = wanted.where(or_(Question.asked_at < before.asked_at, same_instant))
    newest_first = (Question.asked_at.desc(), Question.webhook_event_id.desc())
    rows = db.execute(wanted.order_by(*newest_first).limit(limit + 1)).all()
    shown = tuple(_logged(row) for row in rows[:limit])
    last = shown[-1] if len(rows) > limit else None
    return Page(questions=shown, older=Mark(last.asked_at, last.event_id) if last else None)


def count_by_outcome(db: Connection, channel_id: str) -> dict[Outcome, int]:
    """How many questions ended in which way; ways in which none did are left out.

    Neither pressed buttons count nor what no member of staff should get to read.
    """
    rows = db.execute(
        select(Question.outcome, func.count())
        .join(Event, _OF_EVENT)
        .where(
            Question.channel_id == channel_id,
            Question.entry.not_in(KEPT_HERE),
            Event.kind != Kind.POSTBACK.value,
        )
        .group_by(Question.outcome)
    )
    return {Outcome(row[0]): row[1] for row in rows}


def find(db: Connection, channel_id: str, event_id: str) -> Logged | None:
    """The question of this event; None where none was kept."""
    row = db.execute(
        _with_answers().where(
            Question.channel_id == channel_id, Question.webhook_event_id == event_id
        )
    ).one_or_none()
    return _logged(row) if row else None


def _with_answers() -> Any:
    """Questions with what was said to them, in one query."""
    return select(
        Question.webhook_event_id,
        Question.asked_at,
        Question.text,
        Question.outcome,
        Question.why,
        Event.answer,
        Event.kind,
    ).join(Event, _OF_EVENT)


def _logged(row: Any) -> Logged:
    return Logged(
        event_id=row.webhook_event_id,
        asked_at=row.asked_at,
        text=row.text,
        is_pressed=row.kind == Kind.POSTBACK.value,
        outcome=Outcome(row.outcome),
        why=why_from_plain(row.why),
        answer=from_plain(row.answer) if row.answer else None,
    )
