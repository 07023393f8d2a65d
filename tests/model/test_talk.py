"""What a chat is about: kept as plain values, forgotten after a while."""

import json
from datetime import datetime, timedelta

import pytest

from bot.model.talk import FORGET_AFTER, Talk

NOON = datetime.fromisoformat("2022-06-01T12:00+08:00")
TALK = Talk(
    at=NOON,
    plan="reading",
    entry="reading/111#session",
    text="什麼時候上課",
    facets={"group": "B"},
    asks=("when",),
    pending="什麼時候",
    offered=("reading", "writing"),
)


@pytest.mark.parametrize("talk", [TALK, Talk()])
def test_a_talk_comes_back_from_its_plain_values(talk: Talk) -> None:
    kept = json.loads(json.dumps(talk.to_plain()))

    assert Talk.from_plain(kept) == talk


def test_keys_of_an_older_program_are_left_out() -> None:
    assert Talk.from_plain({"plan": "reading", "mood": "good"}) == Talk(plan="reading")


def test_a_talk_is_followed_up_only_for_a_while() -> None:
    last = NOON + FORGET_AFTER

    assert TALK.as_of(NOON) == TALK
    assert TALK.as_of(last) == TALK
    assert TALK.as_of(last + timedelta(seconds=1)) == Talk()


def test_a_question_from_before_the_last_one_stands_by_itself() -> None:
    assert TALK.as_of(NOON - timedelta(seconds=1)) == Talk()
