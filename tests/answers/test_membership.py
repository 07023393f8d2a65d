"""Whether a school that is asked about stands on the list that answers."""

import pytest

from bot.answers.membership import on_the_list

LIST = "入選：大安高工、松山家商、中山女中、內湖高中"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("大安高工有入選嗎", "大安高工在名單上。"),
        ("建國高中有入選嗎", "名單上沒有建國高中。"),
        ("中山女中和麗山高中有嗎", "中山女中在名單上。名單上沒有麗山高中。"),
        ("我們學校有入選嗎", ""),
    ],
)
def test_each_school_that_is_named_is_looked_for(question: str, said: str) -> None:
    assert on_the_list(question, LIST) == said


def test_what_is_no_list_of_schools_says_nothing_of_a_school() -> None:
    assert on_the_list("建國高中可以參加嗎", "大安高工是前導學校") == ""
