"""What schools owe by the four plans, checked by hand against the documents."""

import pytest

from bot.model.goals import Subject
from bot.model.participation import Unit
from tests.rules.schools import (
    COMMUNITY,
    COOC,
    MOBILE,
    PORTFOLIO,
    at,
    community,
    numbers,
    owing,
    taking,
    teachers,
)


@pytest.mark.parametrize(
    ("granted", "table"),
    [  # 對照表: reports, slides, reflections, stories, lessons of both kinds
        (1, (1, 1, 2, 2, 1, 1)),
        (2, (1, 1, 4, 4, 2, 2)),
        (3, (1, 1, 6, 6, 3, 3)),
        (4, (1, 1, 8, 8, 4, 4)),
        (5, (1, 1, 10, 10, 5, 5)),
    ],
)
def test_a_school_owes_what_the_table_says(granted: int, table: tuple[int, ...]) -> None:
    found = numbers(owing(taking(MOBILE, {"granted": str(granted)})))

    names = ("report-book", "report-slides", "reflection-text", "story-text")
    lessons = ("lesson-with-cloud", "lesson-without-cloud")
    assert tuple(found[name] for name in (*names, *lessons)) == table
    assert found["progress-sheet"] == 3 * granted


def test_three_classes_owe_each_thing_at_its_time() -> None:
    found = [s for s in owing(taking(MOBILE, {"granted": "3"})) if s.unit_label == "第2班"]

    said = [(s.owed.id, s.term.id if s.term else "", s.expected, s.due.words()) for s in found]
    assert said == [
        ("progress-sheet", "", 1, "107年3月"),
        ("progress-sheet", "", 1, "107年5月"),
        ("progress-sheet", "", 1, "107年10月"),
        ("reflection-text", "spring", 1, "107年4月"),
        ("reflection-text", "autumn", 1, "107年10月"),
        ("story-text", "spring", 1, "107年5月"),
        ("story-text", "autumn", 1, "107年10月"),
        ("lesson-with-cloud", "", 1, "107年6月、10月"),
        ("lesson-without-cloud", "", 1, "107年6月、10月"),
    ]
    assert all(s.is_tentative for s in found)


def test_experts_are_recorded_twice_a_term_each_at_its_month() -> None:
    found = [s for s in owing(taking(MOBILE)) if s.owed.id == "counsel-sheet"]

    said = [(s.term.title, s.turn, s.expected, s.due.words()) for s in found]
    assert said == [
        ("106學年度下學期", 1, 1, "107年3月"),
        ("106學年度下學期", 2, 1, "107年5月"),
        ("107學年度上學期", 1, 1, "107年9月"),
        ("107學年度上學期", 2, 1, "107年10月"),
    ]


def test_what_has_no_stated_date_has_none() -> None:
    found = {s.owed.id: s for s in owing(taking(MOBILE))}

    assert found["memorandum"].due is None
    assert found["memorandum"].clause == ("肆、七（二）5", "肆、七（三）4")


def test_only_national_schools_claim_for_themselves() -> None:
    national = numbers(owing(taking(MOBILE, {"applicant": "national"})))

    assert (national["claim-receipt"], national["claim-form"], national["claim-disc"]) == (1, 1, 1)
    for facets in ({}, {"applicant": "local"}):
        assert "claim-form" not in numbers(owing(taking(MOBILE, facets)))


def test_classes_that_are_listed_are_called_by_their_names() -> None:
    listed = [
        Unit(kind=Subject.CLASS, label="五年一班"),
        Unit(kind=Subject.CLASS, label="五年二班"),
    ]
    found = owing(taking(MOBILE, {"granted": "5"}, listed))

    assert numbers(found)["story-text"] == 4
    assert {s.unit_label for s in found} == {"", "五年一班", "五年二班"}


def test_nominated_teachers_owe_their_forms_and_the_school_its_own() -> None:
    found = owing(taking(COOC, units=teachers("甲師", "乙師", "丙師")))

    assert numbers(found) == {
        "nomination-sheet": 1,
        "registration-sheet": 3,
        "course-proof": 3,
        "practice-upload": 3,
    }
    closes = {s.owed.id: s.closes for s in found}
    assert closes["registration-sheet"] == at("2022-07-31T23:59:59")
    assert closes["practice-upload"] is None


def test_each_community_owes_by_its_group() -> None:
    found = owing(taking(COMMUNITY, units=[community("共備", "A"), community("創新", "B")]))

    of_a = numbers(s for s in found if s.unit_label == "共備")
    of_b = numbers(s for s in found if s.unit_label == "創新")
    before = {"application-form": 1, "budget-form": 1, "report-form": 1}
    assert numbers(s for s in found if not s.unit_label) == {"summary-form": 1}
    assert of_a == {**before, "device-guide-a": 1, "minutes-a": 1, "photos-a": 6}
    assert of_b == {**before, "minutes-b": 2, "course-plan-b": 1, "photos-b": 8}


def test_a_community_of_no_known_group_owes_what_both_owe() -> None:
    unknown = Unit(kind=Subject.COMMUNITY, label="社群")

    assert set(numbers(owing(taking(COMMUNITY, units=[unknown])))) == {
        "summary-form",
        "application-form",
        "budget-form",
        "report-form",
    }


def test_high_schools_submit_a_test_of_both_kinds_within_its_window() -> None:
    found = owing(taking(PORTFOLIO))

    assert [(s.title, s.expected, s.opens, s.closes) for s in found] == [
        ("測試提交學習成果", 1, at("2019-06-10T00:00"), at("2019-06-28T23:59:59")),
        ("測試提交多元表現", 1, at("2019-06-10T00:00"), at("2019-06-28T23:59:59")),
    ]


def test_keys_name_one_slot_each() -> None:
    found = owing(taking(MOBILE, {"granted": "5", "applicant": "national"}))

    assert len({s.key for s in found}) == len(found) == 61
