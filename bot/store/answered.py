"""New events with their answers, what their chats are about, and what was asked: kept at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.messages import Answer, Incoming
from bot.model.talk import Talk
from bot.store import events, questions, talks
from bot.store.prepared import Joined
from bot.store.questions import Asked

_ALL = Joined(events.NEW, talks.PUT, questions.NEW)


def put(
    db: Connection,
    answered: Sequence[tuple[Incoming, Answer]],
    received_at: Mapping[str, datetime],
    chats: Sequence[tuple[str, Talk, datetime]] = (),
    asked: Sequence[Asked] = (),
) -> bool:
    """Keep them all, which are of one channel; the answers are held by this process.

    Whether all events were new: where one was noted before, the caller must roll back.

    Args:
        received_at: by event id.
        chats: each once, with its new talk and the time of the event that changed it.
    """
    owed = events.rows_of_owed(answered, received_at)
    changed = talks.rows_of(answered[0][0].channel_id, chats)
    new = [questions.row_of(one) for one in asked]
    try:
        met, *_ = _ALL.run_all(db, (owed, changed, new))
    except IntegrityError:  # an event's question is there
        return False
    return met == len(owed)
