"""The log of questions, as staff page through it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.messages import Answer, Outcome, Text, Why
from bot.store import events, questions
from tests.store.counted import counted
from tests.store.events_of import NOON, incoming

WHY = Why(because="best", plan="p", edition="111", entry="e", score=0.9, words=("報名",))


def keep(engine: Engine, event_id: str, outcome: Outcome, minute: int = 0) -> None:
    asked = incoming(event_id, at=NOON + timedelta(minutes=minute))
    with engine.begin() as db:
        events.put_first_seen(db, asked, NOON)
        events.owe(db, asked, Answer((Text(f"答{event_id}"),), why=WHY), NOON)
        questions.put(
            db, [questions.Asked(incoming=asked, text=f"問{event_id}", outcome=outcome, why=WHY)]
        )


@pytest.fixture
def asked(engine: Engine) -> Engine:
    """Five questions, two of them in the same minute."""
    for event_id, outcome, minute in (
        ("E1", Outcome.ANSWERED, 1),
        ("E2", Outcome.UNKNOWN, 2),
        ("E3", Outcome.ANSWERED, 3),
        ("E4", Outcome.UNKNOWN, 3),
        ("E5", Outcome.ASKED, 5),
    ):
        keep(engine, event_id, outcome, minute)
    return engine


def ids(engine: Engine, outcome: Outcome | None = None, limit: int = 20) -> list[list[str]]:
    """The ids on each page, to the last."""
    pages, mark = [], None
    with engine.connect() as db:
        while True:
            page = questions.recent(db, "default", outcome, mark, limit)
            pages.append([q.event_id for q in page.questions])
            mark = page.older
            if mark is None:
                return pages


def test_the_newest_come_first_and_every_page_goes_on_where_the_last_ended(asked: Engine) -> None:
    assert ids(asked) == [["E5", "E4", "E3", "E2", "E1"]]
    assert ids(asked, limit=2) == [["E5", "E4"], ["E3", "E2"], ["E1"]]
    assert ids(asked, limit=5) == [["E5", "E4", "E3", "E2", "E1"]]


def test_those_of_one_outcome_are_found_alone(asked: Engine) -> None:
    assert ids(asked, Outcome.UNKNOWN) == [["E4", "E2"]]
    assert ids(asked, Outcome.ANSWERED, limit=1) == [["E3"], ["E1"]]
    assert ids(asked, Outcome.FAILED) == [[]]
    with asked.connect() as db:
        counts = questions.count_by_outcome(db, "default")
    assert counts == {Outcome.ANSWERED: 2, Outcome.UNKNOWN: 2, Outcome.ASKED: 1}


def test_a_question_is_found_with_its_reason_and_answer(asked: Engine) -> None:
    with asked.connect() as db:
        found = questions.find(db, "default", "E2")
        absent = questions.find(db, "default", "E9")

    assert found is not None
    assert (found.text, found.outcome, found.why) == ("問E2", Outcome.UNKNOWN, WHY)
    assert found.answer is not None
    assert found.answer.parts == (Text("答E2"),)
    assert absent is None


def test_another_channel_sees_none_of_it(asked: Engine) -> None:
    with asked.connect() as db:
        assert questions.recent(db, "other").questions == ()
        assert questions.find(db, "other", "E2") is None
        assert questions.count_by_outcome(db, "other") == {}


def test_a_page_is_one_query_however_many_it_holds(asked: Engine) -> None:
    with asked.connect() as db, counted(asked) as statements:
        page = questions.recent(db, "default")

    assert len(page.questions) == 5
    assert len(statements) == 1
