"""Questions that staff should look at: what was not answered, not surely, or did not help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from bot.messages import Kind, Outcome
from bot.store.own_questions import COLUMNS, OwnQuestion
from bot.store.questions import KEPT_HERE
from bot.store.tables import Event, Question, Referral

MOST = 400  # questions that are looked at together
UNSURE_BELOW = 0.6  # of a score


class Look(StrEnum):
    """Why a question should be looked at."""

    UNKNOWN = "unknown"  # nothing was found
    UNSURE = "unsure"  # answered with a low score, or asked back
    DISLIKED = "disliked"  # its writer said that the answer did not help


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to look at."""

    event_id: str
    asked_at: datetime
    text: str  # masked


def to_look_at(db: Connection, channel_id: str, look: Look, limit: int = MOST) -> list[Asked]:
    """What nobody of staff has seen to, the newest first.

    What was passed on is not among it: it waits among those.
    """
    rows = db.execute(
        select(Question.webhook_event_id, Question.asked_at, Question.text)
        .where(_open(channel_id, look))
        .order_by(Question.asked_at.desc(), Question.webhook_event_id)
        .limit(limit)
    )
    return [Asked(event_id=r[0], asked_at=r[1], text=r[2]) for r in rows]


def counts(db: Connection, channel_id: str) -> dict[Look, int]:
    """How many questions there are to look at, by why."""
    return {
        look: db.scalar(select(func.count()).where(_open(channel_id, look))) or 0 for look in Look
    }


def see_to(db: Connection, channel_id: str, event_ids: Sequence[str], at: datetime) -> list[str]:
    """Note that staff saw to these; gives the ids of those that nobody had seen to before."""
    changed = (
        update(Question)
        .where(
            Question.channel_id == channel_id,
            Question.webhook_event_id.in_(event_ids),
            Question.seen_to_at.is_(None),
        )
        .values(seen_to_at=at)
        .returning(Question.webhook_event_id)
    )
    return sorted(db.scalars(changed))


def dislike(db: Connection, question: OwnQuestion, at: datetime) -> bool:
    """Note that the answer did not help its writer; False where they had said so before.

    Staff look at it once more, also where they had seen to it.
    """
    changed = (
        update(Question)
        .where(
            Question.channel_id == question.channel_id,
            Question.webhook_event_id == question.webhook_event_id,
            Question.disliked_at.is_(None),
        )
        .values(disliked_at=at, seen_to_at=None)
        .returning(Question.webhook_event_id)
    )
    return db.scalar(changed) is not None


def find_many(db: Connection, channel_id: str, event_ids: Sequence[str]) -> list[OwnQuestion]:
    """These questions as their writers' own, in the order of their ids; of nobody's left out."""
    rows = db.execute(
        select(*COLUMNS)
        .where(
            Question.channel_id == channel_id,
            Question.webhook_event_id.in_(event_ids),
            Question.user_id.is_not(None),
            Question.chat_id == Question.user_id,
        )
        .order_by(Question.webhook_event_id)
    )
    return [OwnQuestion(**row._asdict()) for row in rows]


def _open(channel_id: str, look: Look) -> ColumnElement[bool]:
    pressed = exists().where(
        Event.channel_id == Question.channel_id,
        Event.webhook_event_id == Question.webhook_event_id,
        Event.kind == Kind.POSTBACK.value,
    )
    passed_on = exists().where(
        Referral.channel_id == Question.channel_id,
        Referral.webhook_event_id == Question.webhook_event_id,
    )
    return and_(
        Question.channel_id == channel_id,
        Question.seen_to_at.is_(None),
        Question.entry.not_in(KEPT_HERE),
        ~pressed,
        ~passed_on,
        _is(look),
    )


def _is(look: Look) -> ColumnElement[bool]:
    if look is Look.DISLIKED:
        return Question.disliked_at.is_not(None)
    if look is Look.UNKNOWN:
        return Question.outcome == Outcome.UNKNOWN.value
    low = and_(
        Question.outcome == Outcome.ANSWERED.value,
        Question.score > 0,
        Question.score < UNSURE_BELOW,
    )
    return or_(Question.outcome == Outcome.ASKED.value, low)
