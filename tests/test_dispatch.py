"""One event, one transaction: what is kept, what is said, and what happens when it breaks."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.dispatch import SORRY, Office
from bot.handlers.desk import Desk, Handled
from bot.messages import Incoming, Kind
from bot.replied import take_left_behind
from bot.store import at_hand, interviews
from bot.store.engine import open_engine
from bot.store.interviews import Told
from bot.store.tables import Event, EventState, Person, Question, TalkRow
from tests.handlers_of_tests import EMPTY, echo, texts
from tests.migrated import migrated
from tests.store.events_of import NOON, after, incoming


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine, echo, EMPTY)


def ask(office: Office, event_id: str = "E1", **changes: Any) -> list[str] | None:
    owed = office.respond(incoming(event_id, **changes), NOON)
    return texts(owed.answer) if owed else None


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def state(engine: Engine, event_id: str = "E1") -> EventState | None:
    with engine.connect() as db:
        return db.scalar(select(Event.state).where(Event.webhook_event_id == event_id))


def test_an_answer_is_kept_with_its_event_before_it_is_given(office: Office) -> None:
    owed = office.respond(incoming(), NOON)

    with office.engine.connect() as db:
        row = db.execute(select(Event.state, Event.answer, Event.reply_token)).one()
    assert owed is not None
    assert owed.reply_token == row.reply_token == "token of E1"
    assert row.state is EventState.SENDING
    assert row.answer["parts"][0]["lead"] == "什麼時候報名"


def test_a_chat_goes_on_from_where_it_was(office: Office) -> None:
    office.respond(incoming("E1", text="先問這個"), NOON)

    owed = office.respond(incoming("E2", text="再問這個"), NOON)

    assert owed.answer.parts[0].facts == ("上次：先問這個",)


def test_what_one_chat_is_about_does_not_reach_another(office: Office) -> None:
    office.respond(incoming("E1", text="先問這個"), NOON)

    owed = office.respond(incoming("E2", chat_id="U2", user_id="U2"), NOON)

    assert owed.answer.parts[0].facts == ("上次：無",)


def test_a_repeated_event_changes_nothing(office: Office) -> None:
    first = ask(office)

    again = ask(office, redelivered=True)

    assert (first, again) == (["什麼時候報名"], None)
    assert count(office.engine, Question) == 1


def test_of_one_event_that_comes_many_times_at_once_one_is_answered(office: Office) -> None:
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda _: ask(office), range(8)))

    assert said.count(None) == 7
    assert count(office.engine, Question) == 1


def test_many_people_at_once_each_get_their_answer(office: Office) -> None:
    people = [f"U{number}" for number in range(40)]

    with ThreadPoolExecutor(8) as threads:
        said = threads.map(lambda u: ask(office, f"E{u}", chat_id=u, user_id=u, text=u), people)

    assert list(said) == [[person] for person in people]


def test_an_answer_that_never_went_out_is_given_when_the_event_comes_again(
    office: Office,
) -> None:
    office.respond(incoming(), NOON)
    take_left_behind(office.engine, after(16))  # whoever took it died as well

    owed = office.respond(incoming(redelivered=True, reply_token="again"), after(40))

    assert owed.reply_token == "again"
    assert texts(owed.answer) == ["什麼時候報名"]
    assert count(office.engine, Question) == 1


def test_a_question_is_logged_without_what_must_not_be_kept(office: Office) -> None:
    ask(office, text="我是 A123456789 ，手機 0912-345-678")

    with office.engine.connect() as db:
        kept = str(db.execute(select(Question.text, Question.why)).one())
    assert "A123456789" not in kept
    assert "345" not in kept
    assert "我是" in kept


@pytest.mark.parametrize("kind", [Kind.FOLLOW, Kind.STICKER])
def test_what_is_no_question_is_not_logged(office: Office, kind: Kind) -> None:
    said = ask(office, kind=kind, text="")

    assert said == [kind.value]
    assert count(office.engine, Question) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.OTHER},
        {"kind": Kind.UNFOLLOW, "reply_token": None},
        {"active": False, "reply_token": None},  # standby
        {"active": False},
        {"text": "安靜"},
    ],
)
def test_where_nothing_is_said_the_event_is_kept_as_silent(
    office: Office, changes: dict[str, Any]
) -> None:
    assert ask(office, **changes) is None
    assert state(office.engine) is EventState.SILENT


def test_a_group_that_does_not_call_is_not_even_noted(office: Office) -> None:
    said = ask(office, chat_id="G1", in_group=True)

    assert said is None
    assert [count(office.engine, t) for t in (Event, Person, TalkRow, Question)] == [0] * 4


def test_a_group_that_calls_is_answered_and_its_people_are_not_noted(office: Office) -> None:
    said = ask(office, chat_id="G1", in_group=True, mentioned=True)

    with office.engine.connect() as db:
        talk = at_hand.look(db, "default", "G1", "G1").talk
    assert said == ["什麼時候報名"]
    assert talk.text == "什麼時候報名"
    assert count(office.engine, Person) == 0


def test_following_and_blocking_are_noted(office: Office) -> None:
    ask(office, "E1", kind=Kind.FOLLOW)
    ask(office, "E2", kind=Kind.UNFOLLOW, at=after(60), reply_token=None)

    with office.engine.connect() as db:
        person = db.execute(select(Person.followed_at, Person.blocked_at)).one()
    assert tuple(person) == (NOON, after(60))


def test_a_handler_that_breaks_leaves_nothing_but_the_failure(office: Office) -> None:
    said = ask(office, text="壞掉")

    with office.engine.connect() as db:
        error = db.scalar(select(Event.error))
        seen = list(db.scalars(select(Person.user_id)))
        asked = db.execute(select(Question.text, Question.outcome)).one()
    assert said == [SORRY]
    assert (state(office.engine), error) == (EventState.FAILED, "KeyError")
    assert seen == ["U1"]  # what the handler wrote is gone
    assert tuple(asked) == ("壞掉", "failed")  # we say that we noted it: we did


def test_what_the_database_could_not_do_just_now_is_no_failure_of_the_event(
    postgres_url: str,
) -> None:
    migrated(engine := open_engine(postgres_url))
    breaks = ["once", "twice"]

    def broken_off(incoming: Incoming, desk: Desk) -> Handled:
        if breaks:
            breaks.pop()
            desk.db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return echo(incoming, desk)

    office = Office(engine, broken_off, EMPTY)
    with pytest.raises(SQLAlchemyError):
        ask(office)
    kept = count(engine, Event)
    again = ask(office, redelivered=True)
    engine.dispose()

    assert (kept, again) == (0, ["什麼時候報名"])


def test_a_failure_is_logged_with_its_place_and_without_anyones_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        ask(office, text="壞掉")

    assert "E1" in caplog.text
    assert "KeyError" in caplog.text
    assert "handlers_of_tests.py" in caplog.text
    assert "壞掉" not in caplog.text


def test_a_failed_event_that_comes_again_is_not_tried_again(office: Office) -> None:
    ask(office, text="壞掉")

    assert ask(office, text="壞掉", redelivered=True) is None


def test_a_chat_goes_on_after_a_failure(office: Office) -> None:
    ask(office, "E1", text="先問這個")
    ask(office, "E2", text="壞掉")

    owed = office.respond(incoming("E3"), NOON)

    assert owed.answer.parts[0].facts == ("上次：先問這個",)


def test_what_the_person_can_mend_is_asked_back(office: Office) -> None:
    said = ask(office, text="嗯")

    assert said == ["請問您要問哪一個計畫？"]
    assert state(office.engine) is EventState.SENDING


def test_what_cannot_be_kept_is_not_answered(office: Office) -> None:
    with office.engine.begin() as db:
        db.execute(text("DROP TABLE question"))
        db.execute(text("DROP TABLE event"))

    with pytest.raises(Exception, match="event"):
        ask(office)


def test_a_message_taken_back_leaves_neither_its_question_nor_its_talk(office: Office) -> None:
    ask(office, "E1", text="酷課師什麼時候截止", message_id="M1")
    ask(office, "E2", text="別的問題", message_id="M2")

    said = ask(office, "E3", kind=Kind.UNSEND, text="", message_id="M1")

    with office.engine.connect() as db:
        kept = db.scalars(select(Question.message_id)).all()
    assert said is None
    assert kept == ["M2"]
    assert count(office.engine, TalkRow) == 0


def test_what_a_message_told_of_its_writer_is_taken_back_with_it(office: Office) -> None:
    early = Told("plan/1#who-may", {"hours": "3"}, NOON - timedelta(days=2))
    with office.engine.begin() as db:
        interviews.put(db, "default", "U1", early)
    ask(office, "E1", text="酷課師什麼時候截止", message_id="M1")
    with office.engine.begin() as db:
        interviews.put(db, "default", "U1", replace(early, entry="plan/1#two", changed_at=NOON))

    ask(office, "E2", kind=Kind.UNSEND, text="", message_id="M1")

    with office.engine.connect() as db:
        assert interviews.all_of(db, "default", "U1") == [early]


def test_what_could_not_be_taken_back_comes_again(office: Office) -> None:
    ask(office, message_id="M1")
    with office.engine.begin() as db:
        db.execute(text("ALTER TABLE referral RENAME TO gone"))
    unsend = incoming("E2", kind=Kind.UNSEND, message_id="M1")
    with pytest.raises(SQLAlchemyError):
        office.respond(unsend, NOON)
    with office.engine.begin() as db:
        db.execute(text("ALTER TABLE gone RENAME TO referral"))

    office.respond(unsend, NOON)

    assert count(office.engine, Question) == 0
