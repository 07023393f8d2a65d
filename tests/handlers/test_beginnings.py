"""What many people begin with is thought about once a minute, and answers each of them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.handlers import write as room
from bot.understand.reader import Reader
from tests.handlers.chat import Chat

ASKED = "共讀的成果什麼時候要上傳"
CLOSES = datetime.fromisoformat("2022-11-30T17:00+08:00")


def test_a_second_person_is_told_the_same_and_has_a_talk_of_their_own(
    reader: Reader, db: Connection
) -> None:
    noon = datetime.fromisoformat("2022-06-15T12:00:01+08:00")
    one, other = Chat(reader, db, noon), Chat(reader, db, noon + timedelta(seconds=40))

    assert one.say(ASKED) == other.say(ASKED)
    assert other.talk.at == noon + timedelta(seconds=40)
    assert one.talk.at == noon


def test_within_a_minute_no_question_is_thought_about_twice(
    reader: Reader, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime.fromisoformat("2022-06-15T12:34:05+08:00")
    thought: list[str] = []
    answer = room._written
    monkeypatch.setattr(room, "_written", lambda *a: thought.append(a[0]) or answer(*a))

    for second in (0, 20, 40, 60):
        Chat(reader, db, noon + timedelta(seconds=second)).ask(ASKED)

    assert thought == [ASKED, ASKED]


@pytest.mark.parametrize("before", [timedelta(seconds=1), timedelta(seconds=59)])
def test_what_is_remembered_ends_with_the_minute_in_which_a_date_closes(
    reader: Reader, db: Connection, before: timedelta
) -> None:
    in_time, late = (
        Chat(reader, db, at).say(ASKED) for at in (CLOSES - before, CLOSES + timedelta(minutes=1))
    )

    assert "已於" not in in_time
    assert in_time != late


def test_an_identity_number_is_not_kept_among_what_is_remembered(
    reader: Reader, db: Connection
) -> None:
    Chat(reader, db).ask(f"A123456789 {ASKED}")
    beginnings = room._beginnings(reader)

    masked = f"A123456789 {ASKED}"
    before = beginnings.cache_info().hits  # type: ignore[attr-defined]
    beginnings(masked, datetime.fromisoformat("2022-06-15T09:00+08:00"))

    assert beginnings.cache_info().hits == before  # type: ignore[attr-defined]


def test_whoever_goes_on_is_not_taken_for_a_beginner(reader: Reader, db: Connection) -> None:
    chat, fresh = Chat(reader, db), Chat(reader, db)
    chat.ask("共讀的工作坊什麼時候")

    assert chat.say("那B組呢") != fresh.say("那B組呢")
