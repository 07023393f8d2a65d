"""New events with their answers, what their chats are about, and what was asked: kept at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Connection, Executable, Table, select
from sqlalchemy.exc import IntegrityError

from bot.messages import Answer, Incoming
from bot.model.talk import Talk
from bot.store import events, interviews, people, questions, talks
from bot.store.interviews import Told
from bot.store.prepared import Prepared, insert_given
from bot.store.questions import Asked
from bot.store.tables import Event, Question

_EVENTS = cast(Table, Event.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found for some events of one channel, each of another person's own chat.

    Args:
        owed: the events with their answers, which this process holds; at least one.
        received_at: by event id.
        chats: those of another talk now, and the time of the event that changed it.
        asked: what staff may read of them.
        told: what their writers told of themselves, with who did.
    """

    owed: Sequence[tuple[Incoming, Answer]]
    received_at: Mapping[str, datetime]
    chats: Sequence[tuple[str, Talk, datetime]] = ()
    asked: Sequence[Asked] = ()
    told: Sequence[tuple[str, Told]] = ()

    @property
    def channel_id(self) -> str:
        """The channel that all of them are of."""
        return self.owed[0][0].channel_id


def put(db: Connection, found: Findings) -> bool:
    """Keep it all, of people who were seen.

    Whether all events were new: where one was noted before, the caller must roll back.
    """
    met = events.NEW.run_all(db, events.rows_of_owed(found.owed, found.received_at))
    talks.put_all(db, found.channel_id, found.chats)
    interviews.put_all(db, found.channel_id, found.told)
    try:
        questions.put(db, found.asked)
    except IntegrityError:  # an event's question is there
        return False
    return met == len(found.owed)


def put_unless_changed(
    db: Connection, found: Findings, versions: Mapping[str, str]
) -> frozenset[str]:
    """Keep all of each event, but of one that was noted before, or whose writer's row changed.

    Gives the ids of those that were kept; their writers were seen, as by `people.see`. For
    PostgreSQL alone: one statement, which is a transaction by itself. Each way there and back takes
    longer than the work.

    Args:
        versions: of the rows of those writers who were known when the answers were found
            (`at_hand.Around`).
    """
    owed = events.rows_of_owed(found.owed, found.received_at)
    asked = [questions.row_of(one) for one in found.asked]
    wrote = {one.user_id or "": one.at for one, _ in found.owed}
    given = {
        "people": [
            {
                "channel_id": found.channel_id,
                "user_id": user,
                "at": at,
                "version": versions.get(user),
            }
            for user, at in sorted(wrote.items())  # whoever locks several, in one order
        ],
        "events": owed,
        "talks": talks.rows_of(found.channel_id, found.chats),
        "questions": asked,
        "told": interviews.rows_of(found.channel_id, found.told),
    }
    kept = _unless_changed(tuple(owed[0]), tuple(asked[0]) if asked else (), bool(found.told))
    return frozenset(event_id for (event_id,) in kept.all(db, given))


@cache
def _unless_changed(of_event: Sequence[str], of_question: Sequence[str], told: bool) -> Prepared:
    """The statement, by what stands in the rows; each part keeps what the part before met."""

    def build(_dialect: str) -> Executable:
        met = people.see_unchanged("people")
        new = insert_given(Event, of_event, "events", lambda row: row.user_id.in_(met))
        new = new.on_conflict_do_nothing()
        new = new.returning(_EVENTS.c.webhook_event_id, _EVENTS.c.chat_id).cte("new")
        chats, ids = select(new.c.chat_id), select(new.c.webhook_event_id)
        parts = [talks.put_given("talks", lambda row: row.chat_id.in_(chats))]
        if of_question:
            asked = insert_given(
                Question, of_question, "questions", lambda row: row.webhook_event_id.in_(ids)
            )
            parts.append(asked)
        if told:
            parts.append(interviews.put_given("told", lambda row: row.user_id.in_(chats)))
        return ids.add_cte(*(part.cte(f"part_{n}") for n, part in enumerate(parts)))

    return Prepared(build)
