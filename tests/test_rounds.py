"""Plain questions answered together end as if each had gone its own way."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import TimeoutError

from bot.dispatch import TOO_FAST, Office
from bot.handlers.desk import Desk, Handled
from bot.messages import Incoming
from bot.model.talk import Talk
from bot.rounds import Case, NotPlain, Rounds
from bot.store import engine as engines
from bot.store import interviews, people, talks
from bot.store.bursts import TOO_MANY
from bot.store.engine import open_engine
from bot.store.interviews import Told
from bot.store.tables import Event, EventState, Interview, Person, Question, TalkRow
from tests.handlers_of_tests import EMPTY, TOLD_OF, echo, texts
from tests.migrated import migrated
from tests.store.events_of import NOON, after, incoming

MOST_CONNECTIONS = engines.POOL_SIZE + 10  # ten more than it keeps pass
KEPT = (Event, Person, Question, TalkRow, Interview)


def rows(engine: Engine) -> dict[str, list[Any]]:
    """All that was kept of events, by table."""
    with engine.connect() as db:
        return {
            table.__tablename__: sorted(map(str, db.execute(select(*table.__table__.c)).mappings()))
            for table in KEPT
        }


def emptied(engine: Engine) -> None:
    with engine.begin() as db:
        for table in (Question, Interview, TalkRow, Person, Event):
            db.execute(table.__table__.delete())


def of(person: str, number: int, text: str) -> Incoming:
    at = NOON + timedelta(seconds=number)
    return incoming(f"{person}{number}", chat_id=person, user_id=person, text=text, at=at)


def case_of(event: Incoming) -> Case:
    return Case(incoming=event, user_id=event.user_id or "", received_at=NOON)


# A first and a further question, something of oneself twice, a word that is no question, silence, a
# secret, a fault, a demand.
SAID = (
    "什麼時候報名",
    "在哪裡",
    "我有3小時",
    "我有5小時",
    "安靜",
    "我的密碼是 abc12345",
    "壞掉",
    "嗯",
    "有補助嗎",
)


def test_what_is_kept_and_said_is_what_the_long_way_keeps_and_says(engine: Engine) -> None:
    office = Office(engine, echo, EMPTY)
    events = [of(f"U{p}", n, text) for n, text in enumerate(SAID) for p in range(4)]

    def answered_by(respond: Any) -> list[Any]:
        owed = [respond(event, NOON) for event in events]
        return [one and (one.reply_token, one.answer) for one in owed]

    long_way, kept = answered_by(office.respond), rows(engine)
    emptied(engine)
    together = answered_by(Rounds(office).respond)

    assert together == long_way
    assert rows(engine) == kept


def test_many_people_at_once_each_get_their_own_answer(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))
    asked = [of(f"U{p}", n, f"{p}問第{n}次") for n in range(3) for p in range(30)]

    with ThreadPoolExecutor(8) as threads:
        owed = list(threads.map(lambda event: rounds.respond(event, NOON), asked))

    assert [texts(one.answer) for one in owed if one] == [[event.text] for event in asked]
    assert {len(kept) for name, kept in rows(engine).items() if name == "person"} == {30}


def test_several_are_kept_in_one_transaction(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))
    cases = [case_of(of(f"U{n}", n, "什麼時候報名")) for n in range(5)]

    rounds._answer(cases)

    assert [case.owed.event_id for case in cases if case.owed] == [f"U{n}{n}" for n in range(5)]
    with engine.connect() as db:
        states = db.scalars(select(Event.state)).all()
    assert states == [EventState.SENDING] * 5


def test_people_who_are_known_are_kept_together_too(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))
    for turn in range(3):
        cases = [case_of(of(f"U{n}", turn, "什麼時候報名")) for n in range(5)]
        rounds._answer(cases)
        assert [case.owed is not None for case in cases] == [True] * 5

    with engine.connect() as db:
        assert db.scalars(select(Person.burst)).all() == [3] * 5


def test_what_changes_between_the_thought_and_its_keeping_is_thought_about_again(
    engine: Engine,
) -> None:
    office = Office(engine, echo, EMPTY)

    def overtaken(incoming: Incoming, desk: Desk) -> Handled:
        handled = echo(incoming, desk)
        if incoming.user_id == "U1" and not desk.talk.text:
            answered_meanwhile(engine)
        return handled

    rounds = Rounds(Office(engine, overtaken, EMPTY))
    cases = [case_of(of(person, 1, "再問的")) for person in ("U0", "U1")]
    rounds._answer(cases)

    assert [case.owed is not None for case in cases] == [True, False]
    owed = office.respond(cases[1].incoming, NOON, cases[1].counted)
    assert owed is not None
    assert owed.answer.parts[0].facts == ("上次：先問的",)


def test_a_lone_question_takes_two_ways_to_postgresql(postgres_url: str) -> None:
    engine = migrated(open_engine(postgres_url))
    rounds = Rounds(Office(engine, echo, EMPTY))
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2].split()[0]))
    answered = [rounds.respond(of("U1", n, "什麼時候報名"), NOON) for n in range(3)]
    engine.dispose()

    assert all(answered)
    through_a_pooler = "BEGIN;"  # with the bounds of its own
    assert [word for word in sent if word != through_a_pooler] == ["SELECT", "WITH"] * 3


def test_where_nothing_is_locked_whoever_is_erased_meanwhile_leaves_nothing_behind(
    postgres_url: str,
) -> None:
    engine = migrated(open_engine(postgres_url))
    answered_meanwhile(engine)

    def overtaken(incoming: Incoming, desk: Desk) -> Handled:
        emptied(engine)
        return replace(echo(incoming, desk), talk=desk.talk)

    case = case_of(of("U1", 1, "再問的"))
    Rounds(Office(engine, overtaken, EMPTY))._answer([case])

    left = rows(engine)
    engine.dispose()

    assert case.owed is None
    assert not any(kept for name, kept in left.items() if name != "person")


def answered_meanwhile(engine: Engine) -> None:
    """Another process answers U1."""
    with engine.begin() as db:
        people.see(db, "default", "U1", NOON)
        talks.put(db, "default", "U1", Talk(at=NOON, text="先問的"), NOON)


def test_what_a_person_told_is_at_hand_and_what_they_tell_anew_is_kept(engine: Engine) -> None:
    told = Told(TOLD_OF, {"has": "3小時"}, NOON)
    seen: list[Sequence[Told] | None] = []

    def tell(incoming: Incoming, desk: Desk) -> Handled:
        seen.append(desk.at_hand.told)
        return echo(incoming, desk)

    with engine.begin() as db:
        people.see(db, "default", "U1", NOON)
        interviews.put(db, "default", "U1", told)
    rounds = Rounds(Office(engine, tell, EMPTY))
    rounds.respond(of("U1", 1, "什麼時候報名"), NOON)
    assert seen == [(told,)]

    rounds.respond(of("U1", 2, "我有5小時"), NOON)

    assert seen[1:] == [(told,)]  # once: not the long way as well
    with engine.connect() as db:
        assert interviews.all_of(db, "default", "U1")[0].facts == {"has": "5小時"}
        assert db.scalar(select(Person.burst)) == 3  # each of the two was counted once


def test_one_event_that_was_noted_before_takes_no_neighbour_down(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))
    first = of("U1", 1, "什麼時候報名")
    assert rounds.respond(first, NOON)

    cases = [case_of(first), case_of(of("U2", 2, "在哪裡"))]
    with suppress(NotPlain):  # SQLite gives the whole round up
        rounds._answer(cases)

    said = [case.owed or rounds.respond(case.incoming, NOON) for case in cases]
    assert [one and texts(one.answer) for one in said] == [None, ["在哪裡"]]


def test_what_comes_again_is_answered_with_the_others_unless_it_was_noted(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))
    first = of("U1", 1, "什麼時候報名")
    assert rounds.respond(first, NOON)

    sent_away = replace(of("U2", 2, "在哪裡"), redelivered=True)
    cases = [case_of(one) for one in (replace(first, redelivered=True), sent_away)]
    rounds._answer([*cases, case_of(of("U3", 3, "找誰"))])

    assert [case.owed and texts(case.owed.answer) for case in cases] == [None, ["在哪裡"]]
    assert rounds.respond(replace(first, redelivered=True), NOON) is None


def test_whoever_writes_without_a_pause_is_told_once(engine: Engine) -> None:
    rounds = Rounds(Office(engine, echo, EMPTY))

    event = partial(incoming, chat_id="U1", user_id="U1", text="問")
    said = [rounds.respond(event(f"E{n}"), NOON) for n in range(70)]

    found = [texts(one.answer)[0] if one else None for one in said]
    assert found[: TOO_MANY - 1] == ["問"] * (TOO_MANY - 1)
    assert found[TOO_MANY - 1 :] == [TOO_FAST] + [None] * (70 - TOO_MANY)


def test_a_group_goes_the_long_way(engine: Engine) -> None:
    seen: list[object] = []

    def noting(incoming: Incoming, desk: Desk) -> Handled:
        seen.append(desk.db)
        return echo(incoming, desk)

    rounds = Rounds(Office(engine, noting, EMPTY))
    group = {"chat_id": "C1", "user_id": "U1", "in_group": True, "mentioned": True}
    rounds.respond(incoming("E1", **group), NOON)
    rounds.respond(incoming("E2"), NOON)
    rounds.respond(incoming("E3", redelivered=True, at=after(1)), after(1))

    assert hasattr(seen[0], "execute")
    for desk in seen[1:]:
        with pytest.raises(Exception, match="execute"):
            _ = desk.execute  # type: ignore[attr-defined]
    with engine.connect() as db:
        assert db.scalar(select(func.count()).select_from(Event)) == 3


def test_whoever_finds_no_connection_free_waits_for_one_once_and_comes_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "POOL_WAIT_S", 0.2)
    narrow = engines.open_engine(engine.url.render_as_string(hide_password=False))
    rounds, asked = Rounds(Office(narrow, echo, EMPTY)), of("U1", 0, "什麼時候報名")
    with ExitStack() as taken:
        for _ in range(MOST_CONNECTIONS):
            taken.enter_context(narrow.connect())
        with pytest.raises(TimeoutError) as raised:
            rounds.respond(asked, NOON)
    answered = rounds.respond(asked, NOON)
    narrow.dispose()

    assert "_in_a_transaction" not in [step.name for step in raised.traceback]  # the long way
    assert answered is not None
