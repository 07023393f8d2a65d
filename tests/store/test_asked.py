"""How often people asked for an entry of an edition."""

from sqlalchemy import Connection, Engine

from bot.messages import Outcome, Why
from bot.store import events, questions
from bot.store.asked import Asked, asked_by_entry
from tests.store.events_of import NOON, after, incoming

EDITION = ("reading", "111")


def put(db: Connection, event_id: str, entry: str, **changes: object) -> None:
    edition = str(changes.pop("edition", "111"))
    event = incoming(event_id, **changes)
    events.put_first_seen(db, event, NOON)
    why = Why(plan="reading", edition=edition, entry=entry)
    questions.put(
        db,
        [questions.Asked(incoming=event, text="什麼時候報名", outcome=Outcome.ANSWERED, why=why)],
    )


def test_questions_and_people_are_counted_by_entry(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, "E1", "sign-up", user_id="U1")
        put(db, "E2", "sign-up", user_id="U1")
        put(db, "E3", "sign-up", user_id="U2")
        put(db, "E4", "total", user_id="U2")

        found = asked_by_entry(db, "default", EDITION, NOON)

    assert found == {"sign-up": Asked(3, 2), "total": Asked(1, 1)}


def test_other_editions_channels_and_older_questions_are_left_out(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, "E1", "sign-up", edition="110")
        put(db, "E2", "sign-up", channel_id="another")
        put(db, "E3", "sign-up", at=after(-1))
        put(db, "E4", "")

        found = asked_by_entry(db, "default", EDITION, NOON)

    assert found == {}
