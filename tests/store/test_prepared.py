"""Statements that are written once: what they keep and find is what SQLAlchemy would."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from bot.messages import Answer, Card, Incoming, Outcome, Text, Why
from bot.model.talk import Talk
from bot.store import answered, people, questions, talks
from bot.store.answered import Findings
from bot.store.prepared import Prepared
from bot.store.questions import Asked
from bot.store.tables import Base, Event, EventState, Person, Question, TalkRow
from tests.store.events_of import NOON, incoming

ANSWER = Answer(
    parts=(Text("「先」說\\一句"), Card(title="計畫", lead="可以", sources=("柒、一",))),
    why=Why(because="best", entry="mentor", score=0.5, words=("師傅",), rivals=(("a#b", 0.25),)),
)
WHO = ["U-a", "U-b", "U-c"]


Seen = dict[str, datetime]  # by person, when they wrote


def rows_of(engine: Engine, table: type[Base], channel_id: str) -> list[dict[str, Any]]:
    """What is kept of a channel, without its name."""
    kept = table.__table__
    these = select(kept).where(kept.c.channel_id == channel_id).order_by(*kept.primary_key)
    with engine.connect() as db:
        rows = [dict(row) for row in db.execute(these).mappings()]
    return [{name: value for name, value in row.items() if name != "channel_id"} for row in rows]


def events_in(channel_id: str, seen: Seen) -> list[Incoming]:
    return [
        incoming(f"E-{who}-{when:%d%H%M%S}", channel_id=channel_id, user_id=who, at=when)
        for who, when in seen.items()
    ]


def see(db: Connection, channel_id: str, seen: Seen) -> None:
    people.see_all(db, channel_id, seen)


def talk(db: Connection, channel_id: str, seen: Seen) -> None:
    said = [(who, Talk(at=when, plan=who, text="「幾」月\\"), when) for who, when in seen.items()]
    talks.put_all(db, channel_id, said)


def owe(db: Connection, channel_id: str, seen: Seen) -> None:
    told = [(one, ANSWER) for one in events_in(channel_id, seen)]
    received = {one.event_id: one.at for one, _ in told}
    assert answered.put(db, Findings(owed=told, received_at=received))


def ask(db: Connection, channel_id: str, seen: Seen) -> None:
    owe(db, channel_id, seen)
    of = {"text": "「幾」次\\？", "outcome": Outcome.ANSWERED, "why": ANSWER.why}
    questions.put(db, [Asked(incoming=one, **of) for one in events_in(channel_id, seen)])


def answer(db: Connection, channel_id: str, seen: Seen) -> None:
    """All that is kept of answered questions, as one."""
    come = events_in(channel_id, seen)
    told = [(one, ANSWER) for one in come]
    said = [(who, Talk(at=when, plan=who), when) for who, when in seen.items()]
    of = {"text": "「幾」次\\？", "outcome": Outcome.ANSWERED, "why": ANSWER.why}
    asked = [Asked(incoming=one, **of) for one in come]
    received = {one.event_id: one.at for one in come}
    found = Findings(owed=told, received_at=received, chats=said, asked=asked)
    assert answered.put(db, found)


# A burst, somebody overtaken by less than a minute, a pause, the clock set back by a day.
MINUTES = [0.0, *(0.1 + i / 50 for i in range(62)), 5.0, 4.7, 9.0, -1440.0]


@pytest.mark.parametrize(
    ("table", "put"),
    [
        (Person, see),
        (TalkRow, talk),
        (Question, ask),
        (Event, owe),
        (Event, answer),
        (TalkRow, answer),
        (Question, answer),
    ],
)
def test_many_at_once_are_kept_as_one_by_one(
    engine: Engine, table: type[Base], put: Callable[[Connection, str, Seen], None]
) -> None:
    for minute in MINUTES:
        at = NOON + timedelta(minutes=minute)
        seen = {who: at + timedelta(seconds=i) for i, who in enumerate(WHO)}
        with engine.begin() as db:
            put(db, "at once", seen)
            for who, when in seen.items():
                put(db, "one by one", {who: when})

    kept = rows_of(engine, table, "at once")
    assert kept == rows_of(engine, table, "one by one")
    assert len(kept) in (len(WHO), len(WHO) * len(MINUTES))


def test_an_event_that_was_noted_before_is_told_among_many(engine: Engine) -> None:
    first, second = incoming("E1", user_id="U-a"), incoming("E2", user_id="U-b")
    received = {"E1": NOON, "E2": NOON}
    with engine.begin() as db:
        assert answered.put(db, Findings(owed=[(first, ANSWER)], received_at=received))

    with engine.begin() as db:
        both = [(first, ANSWER), (second, ANSWER)]
        assert not answered.put(db, Findings(owed=both, received_at=received))


def test_what_is_found_is_read_as_its_columns_say(engine: Engine) -> None:
    kept: Any = Event.__table__
    found = Prepared(
        lambda _: select(kept.c.received_at, kept.c.answer, kept.c.state, kept.c.tries).where(
            kept.c.webhook_event_id == bindparam("event"),
        )
    )
    with engine.begin() as db:
        answered.put(db, Findings(owed=[(incoming("E1"), ANSWER)], received_at={"E1": NOON}))

        [(received_at, answer, state, tries)] = found.all(db, {"event": "E1"})
        nothing = found.all(db, {"event": "E2"})

    assert (received_at, received_at.tzinfo) == (NOON, UTC)
    assert answer["parts"][1]["sources"] == ["柒、一"]
    assert (state, tries, nothing) == (EventState.SENDING, 1, [])


def test_a_default_that_only_sqlalchemy_knows_is_refused(engine: Engine) -> None:
    table = Table("thing", MetaData(), Column("id", String, primary_key=True, default="one"))
    with engine.connect() as db, pytest.raises(ValueError, match="own default"):
        Prepared(lambda _: insert(table)).run(db, {})


def test_a_change_says_how_many_rows_it_met(engine: Engine) -> None:
    kept: Any = Event.__table__
    changed = Prepared(
        lambda _: update(kept).where(kept.c.webhook_event_id == bindparam("event")).values(tries=5)
    )
    with engine.begin() as db:
        told = [(incoming(name), ANSWER) for name in ("E1", "E2")]
        answered.put(db, Findings(owed=told, received_at={"E1": NOON, "E2": NOON}))

        met = changed.run_all(db, [{"event": name} for name in ("E1", "E2", "E3")])

    assert met == 2
