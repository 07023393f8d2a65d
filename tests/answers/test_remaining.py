"""What is left of a limit, or still missing, is worked out where the question tells how much is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.remaining import remaining
from bot.model.entries import Entry
from bot.model.quantity import Quantity, Value
from tests.rules.editions import amount, edition

LIMIT = amount("books", Quantity(most=Value.parse("10"), unit="本"))
LEAST = amount("meetings", Quantity(least=Value.parse("6"), unit="次"))
SPACE = amount("space", Quantity(exactly=Value.parse("200"), unit="MB"))
BOTH = amount("both", *LIMIT.amount, *LEAST.amount)


@pytest.mark.parametrize(
    ("entry", "question", "said"),
    [
        (LIMIT, "已經借了8本,還能借幾本", "已有8本的話，還有2本。"),
        (LIMIT, "借了10本 還可以再借幾本", "已有10本的話，已經到上限了。"),
        (LIMIT, "借了12本 還能借幾本", "已有12本的話，已經超過了。"),
        (LEAST, "我們已經聚了4次 還要聚幾次", "已有4次的話，還差2次。"),
        (LEAST, "聚了6次 還差幾次", "已有6次的話，已經夠了。"),
        (SPACE, "用了150mb 還剩多少", "已有150MB的話，還有50MB。"),
        (BOTH, "聚了4次 還要聚幾次", "已有4次的話，還差2次。"),
    ],
)
def test_what_is_left_or_missing_is_said(entry: Entry, question: str, said: str) -> None:
    assert remaining(edition(), entry, question, {}) == said


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (LIMIT, "還能借幾本"),  # nothing is told
        (LIMIT, "借了8本,可以借幾本"),  # not asked for what is left
        (LIMIT, "借了8次 還能借幾本"),  # counted in something else
        (LIMIT, "借了第8本 還能借幾本"),
        (LIMIT, "借了3本又借了4本 還能借幾本"),  # of which of the two
        (LIMIT, "借了8本 還差幾本"),  # a limit leaves nothing missing
        (LEAST, "聚了4次 還能聚幾次"),  # and a least number allows any
    ],
)
def test_nothing_is_worked_out_where_it_is_not_sure_what_of(entry: Entry, question: str) -> None:
    assert remaining(edition(), entry, question, {}) == ""


@given(st.integers(0, 30))
@settings(deadline=None)
def test_what_is_there_and_what_is_left_make_the_limit(has: int) -> None:
    said = remaining(edition(), LIMIT, f"已經借了{has}本 還能借幾本", {})

    assert (f"還有{10 - has}本" in said) is (has < 10)
