"""People, talks, questions: what is kept of them and in which order."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, select

from bot.clock import TAIPEI
from bot.messages import Outcome, Why
from bot.model.talk import Talk
from bot.store import at_hand, events, people, questions, talks
from bot.store.tables import Person, Question
from tests.store.events_of import NOON, after, incoming

ME = ("default", "U1")


def has_blocked(db: Connection, channel_id: str, user_id: str) -> bool:
    """Whether this person is noted to have blocked the bot; nothing is pushed to them then."""
    found = db.scalar(
        select(Person.blocked_at).where(Person.channel_id == channel_id, Person.user_id == user_id)
    )
    return found is not None


def test_a_person_is_first_and_last_seen(engine: Engine) -> None:
    with engine.begin() as db:
        for second in (0, 60, 30):  # the last one arrived late
            people.see(db, *ME, after(second))
        seen = db.execute(select(Person.first_seen_at, Person.last_seen_at)).one()

    assert tuple(seen) == (NOON, after(60))


def test_whoever_writes_after_blocking_is_back(engine: Engine) -> None:
    with engine.begin() as db:
        people.see(db, *ME, NOON)
        people.mark_blocked(db, *ME, NOON)
        blocked = has_blocked(db, *ME)
        people.see(db, *ME, after(1))

        assert blocked
        assert not has_blocked(db, *ME)


def test_a_block_that_arrives_late_does_not_count(engine: Engine) -> None:
    with engine.begin() as db:
        people.see(db, *ME, after(60))
        people.mark_blocked(db, *ME, NOON)

        assert not has_blocked(db, *ME)


def test_a_message_that_arrives_after_the_block_it_came_before_does_not_lift_it(
    engine: Engine,
) -> None:
    with engine.begin() as db:
        people.see(db, *ME, after(2))
        people.mark_blocked(db, *ME, after(2))
        people.see(db, *ME, NOON)

        assert has_blocked(db, *ME)


def test_a_person_of_one_channel_is_nobody_in_another(engine: Engine) -> None:
    with engine.begin() as db:
        people.see(db, *ME, NOON)
        people.see(db, "second", "U1", NOON)
        people.mark_blocked(db, *ME, NOON)

        assert not has_blocked(db, "second", "U1")


def test_a_talk_comes_back_as_it_was_kept(engine: Engine) -> None:
    talk = Talk(at=NOON, plan="p", facets={"組別": "A"}, offered=("a", "b"))
    with engine.begin() as db:
        before = at_hand.look(db, "default", "U1", "U1").talk
        talks.put(db, "default", "U1", talk, NOON)

        assert before is None
        assert at_hand.look(db, "default", "U1", "U1").talk == talk


def test_an_older_event_does_not_turn_a_talk_back(engine: Engine) -> None:
    newer, older = Talk(plan="newer"), Talk(plan="older")
    with engine.begin() as db:
        talks.put(db, "default", "U1", newer, after(10))
        talks.put(db, "default", "U1", older, NOON)

        assert at_hand.look(db, "default", "U1", "U1").talk == newer


def test_a_chat_goes_on_after_its_clock_was_set_back(engine: Engine) -> None:
    with engine.begin() as db:
        talks.put(db, "default", "U1", Talk(plan="of today"), NOON)
        talks.put(db, "default", "U1", Talk(plan="of an earlier year"), after(-10_000_000))

        assert at_hand.look(db, "default", "U1", "U1").talk == Talk(plan="of an earlier year")


def test_a_question_keeps_why_it_was_answered_so(engine: Engine) -> None:
    why = Why(plan="p", edition="111", entry="e", score=0.5, words=("報名",), rivals=(("f", 0.4),))
    with engine.begin() as db:
        events.put_first_seen(db, incoming(), NOON)
        questions.put(
            db,
            [
                questions.Asked(
                    incoming=incoming(), text="什麼時候報名", outcome=Outcome.ANSWERED, why=why
                )
            ],
        )
        row = db.execute(select(Question.text, Question.outcome, Question.why)).one()

    assert row.text == "什麼時候報名"
    assert row.outcome == "answered"
    assert row.why["rivals"] == [["f", 0.4]]


def test_instants_come_back_aware_and_in_utc(engine: Engine) -> None:
    taipei = NOON.astimezone(TAIPEI)
    with engine.begin() as db:
        people.see(db, *ME, taipei)
        found = db.scalar(select(Person.first_seen_at))

    assert found == NOON
    assert found.utcoffset().total_seconds() == 0


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    naive = replace(incoming(), at=datetime(2022, 6, 15))  # noqa: DTZ001

    with pytest.raises(ValueError, match="time zone"), engine.begin() as db:
        events.put_first_seen(db, naive, NOON)
