"""What LINE takes, and what it refuses and where."""

import copy
from typing import Any

import pytest

from bot.simulator.strict import body_problems
from tests.simulator.bodies import BAD, GOOD, SAY
from tests.simulator.stand_in import bubble, button, flex, text

REPLY = "/v2/bot/message/reply"


def problems(*messages: Any, **more: Any) -> list[str]:
    """Where LINE would refuse a reply with these messages."""
    body = {"replyToken": "t", "messages": list(messages), **more}
    return [problem.property for problem in body_problems("POST", REPLY, body)]


@pytest.mark.parametrize("messages", GOOD.values(), ids=GOOD)
def test_what_line_takes_has_no_problems(messages: list[Any]) -> None:
    assert problems(*messages) == []


@pytest.mark.parametrize(("messages", "where"), BAD.values(), ids=BAD)
def test_what_line_refuses_is_named_at_its_property(messages: list[Any], where: str) -> None:
    assert problems(*messages) == [where]


def test_a_body_is_not_changed_by_being_looked_at() -> None:
    body = {"replyToken": "t", "messages": [flex(bubble("截止", button("問", SAY)))]}
    before = copy.deepcopy(body)

    body_problems("POST", REPLY, body)

    assert body == before


@pytest.mark.parametrize("body", [None, [], "text", 3, {"messages": "text"}, {"messages": [3]}])
def test_a_body_of_the_wrong_shape_is_a_problem_and_not_an_error(body: object) -> None:
    assert body_problems("POST", REPLY, body)


def test_a_multicast_takes_500_people_and_not_501() -> None:
    people = [f"U{n:032x}" for n in range(501)]
    path = "/v2/bot/message/multicast"

    full = body_problems("POST", path, {"to": people[:500], "messages": [text("a")]})
    over = body_problems("POST", path, {"to": people, "messages": [text("a")]})

    assert ([p.property for p in full], [p.property for p in over]) == ([], ["to"])


def test_validating_is_as_strict_as_sending() -> None:
    found = body_problems("POST", "/v2/bot/message/validate/push", {"messages": [text("")]})

    assert [problem.property for problem in found] == ["messages[0].text"]
