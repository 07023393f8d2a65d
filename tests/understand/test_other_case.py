"""另一組 after one of two cases was talked about."""

import pytest

from bot.understand.other_case import missed_case, other_case
from tests.understand.plans import reading_plan


@pytest.mark.parametrize(
    ("key", "known", "other"),
    [
        ("另一組呢", {"group": "A"}, {"group": "B"}),
        ("另外那組呢", {"group": "B"}, {"group": "A"}),
        ("那下一梯呢", {"round": "1"}, {"round": "2"}),
        ("另1組呢", {"group": "A", "round": "1"}, {"group": "B"}),
        ("下一梯", {"group": "A", "round": "1"}, {"round": "2"}),
        ("另一組呢", {}, {}),
        ("另一組呢", {"round": "1"}, {}),
        ("另一件事", {"group": "A"}, {}),
        ("一組要幾人", {"group": "A"}, {}),
    ],
)
def test_the_other_of_two_is_meant_where_one_is_known(
    key: str, known: dict[str, str], other: dict[str, str]
) -> None:
    assert other_case(key, known, reading_plan()) == other


@pytest.mark.parametrize(
    ("key", "heard", "turned"),
    [
        ("第1梯那場沒上到,還有別場嗎", {"round": "1"}, {"round": "2"}),
        ("錯過第2梯了,另外的呢", {"round": "2"}, {"round": "1"}),
        ("a組第1梯沒去還有別的場嗎", {"round": "1", "group": "A"}, {"round": "2"}),
        ("第1梯還有別場嗎", {"round": "1"}, {}),
        ("第1梯沒上到會怎樣", {"round": "1"}, {}),
        ("沒上到還有別場嗎", {}, {}),
    ],
)
def test_who_missed_one_round_asks_for_the_other(
    key: str, heard: dict[str, str], turned: dict[str, str]
) -> None:
    assert missed_case(key, heard, reading_plan()) == turned
