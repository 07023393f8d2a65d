"""Plans are found by their names, also where a name is misspelt."""

import pytest

from bot.understand.names import Named, Names
from bot.understand.symbols import split
from tests.understand.plans import real_library, real_reader

FOLD = real_reader().fold
NAMES = Names(real_library().editions, FOLD)
EVERY = sorted({(n, e.plan) for e in real_library().editions for n in e.about.names})


def find(text: str) -> list[Named]:
    return NAMES.find(split(FOLD(text)))


def plans(text: str) -> list[str]:
    return [plan for named in find(text) for plan in named.plans]


@pytest.mark.parametrize(("name", "plan"), EVERY)
def test_every_name_of_a_plan_is_found_in_a_question(name: str, plan: str) -> None:
    assert plan in plans(f"請問{name}什麼時候報名")


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("酷客師認證", "cooc-teacher"),  # another character of the same sound
        ("哭課師怎麼報名", "cooc-teacher"),
        ("酷課師任證", "cooc-teacher"),
        ("行動學席", "mobile-learning"),
        ("學習歷成檔案", "portfolio"),
        ("數為社群", "digital-community"),
        ("新動學習", "mobile-learning"),  # ㄒㄧㄥˊ and ㄒㄧㄣ are easily confused
        ("数位社群", "digital-community"),
        ("ＣＯＯＣ", "cooc-teacher"),
    ],
)
def test_a_name_is_found_by_its_sound(text: str, plan: str) -> None:
    assert plans(text) == [plan]


LONG = [(name, plan) for name, plan in EVERY if len(FOLD(name)) >= 6 and not name.isascii()]


@pytest.mark.parametrize(("name", "plan"), LONG)
def test_a_long_name_may_miss_a_character(name: str, plan: str) -> None:
    missing = [name[:i] + name[i + 1 :] for i in range(1, len(name) - 1)]

    assert [m for m in missing if plan not in plans(m)] == []


def test_a_long_name_may_have_a_character_wrong_or_too_many() -> None:
    assert plans("學習歷程檔按系統") == ["portfolio"]
    assert plans("國中小行動的學習計畫") == ["mobile-learning"]


@pytest.mark.parametrize("text", ["社區", "行", "酷", "酷炫", "學習", "動態", "coco", "", "？！"])
def test_what_only_resembles_a_short_name_is_no_plan(text: str) -> None:
    assert plans(text) == []


def test_two_plans_are_found_in_the_order_of_the_question() -> None:
    assert plans("數位社群和酷課師可以一起參加嗎") == ["digital-community", "cooc-teacher"]


def test_the_longest_name_is_taken_and_nothing_inside_it() -> None:
    (found,) = find("數位學習專業社群要幾個人")

    assert (found.first, found.length) == (0, 8)


def test_a_name_is_placed_where_it_stands() -> None:
    (found,) = find("請問酷課師認證")

    assert (found.first, found.last, found.length) == (2, 6, 5)


@pytest.mark.parametrize("text", ["那份數位學習課程方案要幾節", "線上學習課程的連結"])
def test_another_word_is_no_misspelt_name(text: str) -> None:
    names = Names(real_library().editions, FOLD, real_reader().index.weights)

    assert "portfolio" not in [p for n in names.find(split(FOLD(text))) for p in n.plans]
