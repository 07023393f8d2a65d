"""另一組 after one of two cases was talked about."""

import pytest

from bot.understand.other_case import other_case
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
