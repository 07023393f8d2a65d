"""Conversations are held with the real bot: through its signed webhook, and LINE's strict side."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.clock import TAIPEI
from bot.messages import Outcome
from bot.simulator.wire import Request
from bot.store.tables import StaffEntry
from evaluation.cases import Conversation, Seed, Turn
from evaluation.conversations import Held, Transcript, hold
from evaluation.grades import Grade
from evaluation.stage import opened
from tests.understand.plans import real_reader

NOW = datetime(2022, 6, 15, 9, tzinfo=TAIPEI)
AT = "2022-06-15T09:00"
SESSION = "酷課師第二梯次的同步課是哪幾天"
PARKING = Seed(
    plan="cooc-teacher",
    title="停車",
    text="可停地下室",
    source="電話",
    expires_on=date(2022, 12, 31),
)


def case(*turns: Turn, name: str = "a-1", at: str = AT) -> Conversation:
    return Conversation(id=name, kind="session", at=at, turns=turns)


def held(*cases: Conversation) -> Held:
    return hold(cases, real_reader(), NOW)


@pytest.fixture(scope="module")
def talk() -> Transcript:
    """One conversation of three turns."""
    turns = (
        Turn(say=SESSION, all=("@date:7/8", "@date:7/15"), cite=("柒",)),
        Turn(say="那第一梯呢", all=("@date:6/8",), none=("@date:7/8",)),
        Turn(tap="報名", all=("截止",)),
    )
    return held(case(*turns)).transcripts[0]


def test_every_turn_is_said_answered_and_judged(talk: Transcript) -> None:
    assert [said.judged.grade for said in talk.said] == [Grade.RIGHT] * 3
    assert talk.grade is Grade.RIGHT
    assert [said.cited for said in talk.said] == [True, None, None]


def test_the_bots_own_record_of_each_answer_is_at_hand(talk: Transcript) -> None:
    recorded = [said.recorded for said in talk.said]

    assert [a.outcome for a in recorded if a] == [Outcome.ANSWERED] * 3
    assert [a.why.entry for a in recorded if a][:2] == ["sync-session", "sync-session"]


def test_a_pressed_button_is_named_by_its_label(talk: Transcript) -> None:
    assert talk.said[2].words.startswith("〔")
    assert "報名" in talk.said[2].words


def test_several_people_do_not_hear_of_each_other() -> None:
    first = case(Turn(say=SESSION, all=("@date:7/8",)), name="a-1")
    others = [case(Turn(say="那B組呢", none=("@date:7/8",)), name=f"b-{n}") for n in range(5)]

    found = held(first, *others)

    assert [t.case.id for t in found.transcripts] == ["a-1", *(c.id for c in others)]
    assert all(t.grade is Grade.RIGHT for t in found.transcripts)
    assert found.refusals == ()


def test_the_time_of_the_case_is_the_time_of_the_event() -> None:
    turn = Turn(say="酷課師函報7/31還來得及嗎", all=("已經截止",))

    early, late = held(
        case(turn, name="a"), case(turn, name="b", at="2022-08-02T09:00")
    ).transcripts

    assert early.grade is Grade.WRONG
    assert late.grade is Grade.RIGHT


def test_a_missing_button_ends_the_conversation_unanswered() -> None:
    turns = (Turn(say=SESSION, all=("7",)), Turn(tap="沒有這顆"), Turn(say="好", all=("好",)))

    transcript = held(case(*turns)).transcripts[0]

    assert [said.judged.grade for said in transcript.said] == [Grade.RIGHT, Grade.SILENT]
    assert transcript.said[1].judged.wrong == ("沒有按鈕可以按：沒有這顆",)


def test_what_line_would_not_take_is_told() -> None:
    with opened(real_reader()) as stage:
        bearer = {"Authorization": f"Bearer {stage.platform.account.token}"}
        headers = {**bearer, "Content-Type": "application/json"}
        empty = b'{"replyToken": "x", "messages": []}'
        before = stage.refusals()

        stage.platform.answer(Request.of("POST", "/v2/bot/message/reply", headers, empty))

        assert before == []
        assert [line.split()[:2] for line in stage.refusals()] == [
            ["/v2/bot/message/reply:", "400"]
        ]


def test_answers_of_staff_are_live_for_their_own_case_only() -> None:
    with opened(real_reader()) as stage:
        stage.seed((PARKING,), NOW)
        with stage.engine.connect() as db:
            rows = db.execute(
                select(StaffEntry.title, StaffEntry.plan, StaffEntry.channel_id)
            ).all()
    with opened(real_reader()) as other, other.engine.connect() as db:
        elsewhere = db.execute(select(StaffEntry.id)).all()

    assert [tuple(row) for row in rows] == [("停車", "cooc-teacher", "default")]
    assert elsewhere == []
