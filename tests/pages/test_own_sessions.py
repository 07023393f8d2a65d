"""Sessions on one's own page: chosen, changed, dropped, missed."""

from collections.abc import Iterator

import pytest

from tests.pages.owner import SECOND_ROUND, Owner, owner_on
from tests.pages.stage import words
from tests.understand.plans import real_reader


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    yield from owner_on(database_url, real_reader())


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Owner]:
    yield from owner_on(sqlite_url, real_reader())


def test_a_session_is_chosen_changed_and_dropped(owner: Owner) -> None:
    assert "第2梯次：111年7月8日(五) 13:30–16:30；課程報名截止111年7月6日(三)" in words(owner.get())

    owner.pick()
    assert owner.picks() == [(SECOND_ROUND, False)]
    assert "接下來的場次 酷課OnO線上教室II、第2梯次：111年7月8日" in words(owner.get())

    owner.pick(session="", none="1")
    assert owner.picks() == []


def test_a_session_that_is_over_asks_and_a_missed_one_offers_the_next(owner: Owner) -> None:
    owner.stage.now = owner.stage.now.replace(day=1)
    owner.pick("course=ono2;round=1")
    owner.stage.now = owner.stage.now.replace(day=15)
    assert "這一場結束了，上完了嗎？" in words(owner.get())

    owner.pick("course=ono2;round=1", missed="1")

    said = words(owner.get())
    assert owner.picks() == [("course=ono2;round=1", True)]
    assert "沒上到 ：酷課OnO線上教室II、第1梯次" in said
    assert "改選場次 酷課OnO線上教室II、第2梯次" in said


def test_after_the_last_session_it_is_said_whom_to_ask(lite: Owner) -> None:
    lite.stage.now = lite.stage.now.replace(month=7, day=20)

    said = words(lite.get())

    assert "酷課OnO線上教室II沒有之後的場次了，請洽" in said


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"session": "course=ono2;round=1"}, "已經結束，不能再選"),
        ({"session": "course=ono2;round=3"}, "沒有這個場次了"),
        ({"session": ""}, "還沒有選場次"),
        ({"part": "made-up"}, "沒有這個場次了"),
    ],
)
def test_a_session_that_cannot_be_chosen_is_not(
    lite: Owner, form: dict[str, str], says: str
) -> None:
    answered = lite.pick(**form)

    assert answered.status_code == 400
    assert says in words(answered)
    assert lite.picks() == []
