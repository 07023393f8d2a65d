"""Which requirement a course counts for: by the plan's own words, else by the day, else not."""

from datetime import date

import pytest

from bot.imports.courses import Courses
from tests.understand.plans import real_library

COOC = next(e for e in real_library().editions if e.plan == "cooc-teacher")
COURSES = Courses(COOC)


@pytest.mark.parametrize("counts", COURSES.all, ids=lambda c: c.key)
def test_every_title_of_the_plan_finds_what_it_is_the_title_of(counts) -> None:
    found = COURSES.find(f"【111學年度】{counts.title}研習(第1梯次)", None)

    if counts.item.parts and not counts.part:
        assert {c.item.id for c in found.rivals} == {counts.item.id}
        assert not found.is_sure
    else:
        assert [c.key for c in found.rivals] == [counts.key]
        assert found.is_sure


def test_the_day_tells_sessions_of_one_name_apart() -> None:
    session = next(d for d in COOC.dates if d.id == "sync-session").when[0]
    on = session.at.spans[0].closes.date()

    without = COURSES.find("同步課程", None)
    by_day = COURSES.find("同步課程", on)

    assert len(without.rivals) == 2
    assert len(by_day.rivals) == 1
    assert by_day.is_sure


@pytest.mark.parametrize("course", ["校園急救訓練", "性別平等教育", "111年度防災研習", "", "課程"])
def test_what_no_word_of_the_plan_names_counts_for_nothing(course: str) -> None:
    assert COURSES.find(course, date(2022, 7, 8)).rivals == ()


def test_a_course_that_only_shares_a_word_with_the_plan_is_not_guessed() -> None:
    found = COURSES.find("Padlet與Kahoot互動工具在數學的應用", date(2022, 7, 8))

    assert [c.key for c in found.rivals] == ["item-async/design"]
    assert not found.is_sure
