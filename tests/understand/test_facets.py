"""Which group, round, number of classes or sum a text speaks of."""

from pathlib import Path

import pytest

from bot.understand.facets import ROLE, Facets
from tests.catalog.editions import GOOD, read
from tests.understand.plans import reading_plan, real_reader

FOLD = real_reader().fold
FACETS = Facets(reading_plan(), FOLD)


def heard(text: str) -> dict[str, str]:
    return dict(FACETS.hear(FOLD(text)).known)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("B組幾點", {"group": "B"}),
        ("ｂ組幾點", {"group": "B"}),
        ("乙組幾點", {"group": "B"}),
        ("B呢", {"group": "B"}),
        ("我們可以報B嗎", {"group": "B"}),
        ("A、B都要嗎", {}),
        ("報1個A", {"group": "A"}),
        ("報1個A1個B", {}),
        ("plan b 是什麼, A1研習", {"group": "B"}),
        ("寫信到 b@a.tw", {}),
        ("第二梯次的A組", {"round": "2", "group": "A"}),
        ("第２梯次", {"round": "2"}),
        ("后一梯", {"round": "2"}),
        ("我們學校有30班", {"classes": "30"}),
        ("我們有三十個班級", {"classes": "30"}),
        ("總額20萬", {"sum": "200000"}),
        ("總額二十萬元", {"sum": "200000"}),
        ("3,500元夠嗎", {"sum": "3500"}),
        ("什麼時候截止", {}),
    ],
)
def test_facets_are_heard_as_people_say_them(text: str, known: dict[str, str]) -> None:
    assert heard(text) == known


def test_a_facet_said_in_two_values_is_not_decided() -> None:
    assert heard("A組和B組哪裡不同") == {}
    assert heard("5班和30班差多少") == {}
    assert heard("A組和B組的第1梯次") == {"round": "1"}


@pytest.mark.parametrize("text", ["5年級", "第3班", "111學年度", "7班級", "5個人"])
def test_other_numbers_are_not_taken_for_a_count_of_the_plan(text: str) -> None:
    assert heard(text) == {}


def test_what_was_heard_is_placed_in_the_text() -> None:
    spans = FACETS.hear("第2梯次的b組有30班").spans

    assert sorted(spans, key=lambda s: s[1]) == [
        ("round", 0, 4),
        ("group", 5, 7),
        ("classes", 8, 11),
    ]


def test_a_role_is_heard_beside_the_facets(tmp_path: Path) -> None:
    edition = read(tmp_path, reading_111=GOOD).library.editions[0]
    known = Facets(edition, FOLD).hear(FOLD("甲組的導師可以認證嗎")).known

    assert known == {"group": "A", ROLE: "tutor"}


def test_a_role_within_what_is_done_is_not_who_does_it(tmp_path: Path) -> None:
    said = GOOD.replace("title: 認證成果", "title: 看導師的成果")
    facets = Facets(read(tmp_path, reading_111=said).library.editions[0], FOLD)

    assert ROLE not in facets.hear(FOLD("可以看導師的成果嗎")).known
    assert facets.hear(FOLD("導師可以看導師的成果嗎")).known[ROLE] == "tutor"
