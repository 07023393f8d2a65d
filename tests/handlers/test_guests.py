"""Whoever is invited from another county asks nothing of that county's plans."""

from datetime import datetime

import pytest

from bot.clock import TAIPEI
from bot.handlers.ask import answer_question
from bot.messages import Outcome
from bot.model.talk import Talk
from tests.understand.plans import real_reader

NOW = datetime(2023, 9, 5, 10, 0, tzinfo=TAIPEI)


def entry_of(text: str, talk: Talk | None = None) -> str:
    answer = answer_question(text, talk or Talk(), real_reader(), NOW).answer
    assert answer.outcome is Outcome.ANSWERED
    return answer.why.entry


@pytest.mark.parametrize(
    "text",
    [
        "請台南的老師來演講 一節鐘點費編多少",
        "社群請臺南市的老師來演講 一節鐘點費編多少",
        "請台北的老師來社群演講多少錢",
        "嘉義的老師來社群演講給多少",
    ],
)
def test_a_guest_from_another_county_comes_from_outside(text: str) -> None:
    assert entry_of(text) == "fee-out"


def test_so_it_is_in_a_talk_about_a_county_s_plan() -> None:
    talk = answer_question("高雄社群內聘一節多少錢", Talk(), real_reader(), NOW).talk

    assert entry_of("那請台北的老師來呢", talk) == "fee-out"


def test_a_guest_from_the_plan_s_own_county_does_not() -> None:
    assert entry_of("社群請高雄的老師來演講 一節鐘點費編多少") == "fee-in"
    assert entry_of("請高雄市的老師來演講多少錢") == "fee-in"


@pytest.mark.parametrize(
    "text", ["台南的老師可以報名社群嗎", "請問台南市老師要怎麼報名社群", "台南人可以報名社群嗎"]
)
def test_who_asks_from_another_county_hears_that_its_plans_are_not_here(text: str) -> None:
    answer = answer_question(text, Talk(), real_reader(), NOW).answer

    assert (answer.outcome, answer.why.because) == (Outcome.UNKNOWN, "other place")
