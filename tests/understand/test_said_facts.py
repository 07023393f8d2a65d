"""What people say about themselves: yes, no, how many, in which year, or not at all."""

from decimal import Decimal

import pytest

from bot.model.rule import Fact
from bot.understand.fold import Folder
from bot.understand.said_facts import SaidFacts, hear_facts

FOLD = Folder({"教師": ["老師"]})
TRAINED = Fact(id="trained", title="研習", ask="參加過嗎？", yes=(("參加過", "研習"), ("上過課",)))
WON = Fact(
    id="won",
    title="得獎",
    ask="得過獎嗎？",
    yes=(("得過獎",),),
    no=(("只入圍",),),
    partly=(("參賽",),),
)
RECENT = Fact(id="recent", title="近年承辦", ask="哪年？", yes=(("承辦",),), since=109, until=111)
HOURS = Fact(id="hours", title="時數", ask="幾小時？", unit="小時", yes=(("研習",),))
PEOPLE = Fact(id="people", title="人數", ask="幾人？", unit="人")
FACTS = (TRAINED, WON, RECENT, HOURS, PEOPLE)


def hear(text: str) -> SaidFacts:
    return hear_facts(FACTS, FOLD(text), FOLD)


def known(text: str) -> dict[str, bool | Decimal]:
    return hear(text).known


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("我參加過校內研習", "trained", True),
        ("我上過課了", "trained", True),
        ("我上过课了", "trained", True),
        ("我沒有參加過研習", "trained", False),
        ("我沒上過課", "trained", False),
        ("未曾上過課", "trained", False),
        ("我得過獎", "won", True),
        ("我沒得過獎", "won", False),
        ("那年只入圍", "won", False),  # denied in its own words
        ("研習3小時", "hours", Decimal(3)),
        ("研習時數有三小時", "hours", Decimal(3)),
        ("研習1.5個小時", "hours", Decimal("1.5")),
        ("我們有5個人", "people", Decimal(5)),
        ("我們有五位老師", "people", Decimal(5)),
    ],
)
def test_a_fact_is_heard(text: str, fact: str, value: bool | Decimal) -> None:
    assert known(text)[fact] == value


@pytest.mark.parametrize("text", ["", "我可以報名嗎", "我是老師", "？！", "參加過", "研習"])
def test_what_is_not_said_stays_out(text: str) -> None:
    assert known(text) == {}


def test_a_no_in_one_clause_denies_nothing_in_another() -> None:
    assert known("我沒得過獎，但上過課") == {"won": False, "trained": True}
    assert known("我上過課但是沒得過獎") == {"won": False, "trained": True}
    assert known("我沒得過獎也上過課") == {"won": False, "trained": True}


def test_words_that_only_hold_a_no_deny_nothing() -> None:
    assert known("不錯，我上過課")["trained"] is True
    assert known("我上過課不同梯次")["trained"] is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("110年承辦過", True),
        ("109學年承辦過", True),
        ("111年承辦過", True),
        ("108年承辦過", False),
        ("112年承辦過", False),
        ("承辦過", True),
        ("沒有承辦過", False),
        ("107年和110年都承辦過", True),
    ],
)
def test_a_year_counts_only_within_its_bounds(text: str, value: bool) -> None:
    assert known(text)["recent"] is value


def test_what_is_touched_on_is_kept_apart_from_what_is_known() -> None:
    assert hear("我去參賽了") == SaidFacts({}, ("won",))
    assert hear("我參賽得過獎") == SaidFacts({"won": True}, ())


def test_none_at_all_of_a_number_is_zero() -> None:
    assert known("我沒有研習時數")["hours"] == 0


def test_a_number_of_something_else_is_not_taken() -> None:
    assert "people" not in known("研習3小時")
    assert "hours" not in known("我們有5個人")


def test_the_order_of_clauses_does_not_matter() -> None:
    assert known("我上過課，5個人，110年承辦") == known("110年承辦，5個人，我上過課")
