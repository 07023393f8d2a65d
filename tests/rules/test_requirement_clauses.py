"""Every requirement clause of the real plans, on both sides of its number: enough, one short."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.model.deeds import Deed
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.rules.progress import ItemStanding
from tests.rules.clauses import APRIL, CLAUSES, COMMUNITY, COOC, MARCH, MOBILE, Clause, done
from tests.rules.tracks import all_done, facets_of, standing
from tests.understand.plans import real_library

NAMED = pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: c.name)


def placed(edition: str, track: str) -> tuple[Edition, Track]:
    plan = next(e for e in real_library().editions if e.key == edition)
    return plan, next(t for t in plan.tracks if t.id == track)


def reached(clause: Clause, deeds: Sequence[Deed]) -> ItemStanding:
    edition, track, name = clause.place
    found = standing(*placed(edition, track), deeds, **clause.facets)
    return next(i for i in found.items if i.item.id == name)


@NAMED
def test_enough_for_the_clause_completes_it(clause: Clause) -> None:
    assert reached(clause, clause.enough).is_complete


@NAMED
def test_one_short_of_the_clause_does_not(clause: Clause) -> None:
    assert [deeds for deeds in clause.short if reached(clause, deeds).is_complete] == []


def test_no_requirement_that_is_counted_lacks_a_clause_here() -> None:
    counted = {
        (e.key, t.id, i.id)
        for e in real_library().editions
        for t in e.tracks
        for i in t.items
        if i.goals
    }

    assert counted - {c.place for c in CLAUSES} == set()


@pytest.mark.parametrize(("on", "is_late"), [(MARCH, False), (APRIL, True)])
def test_the_first_counselling_is_late_from_the_first_of_april(on: date, is_late: bool) -> None:
    plan, of = placed(MOBILE, "school-track")

    found = standing(plan, of, [done("counsel", on=on)])
    reach = next(i for i in found.items if i.item.id == "counsel").reaches[-1]

    assert (reach.is_met, reach.is_late) == (True, is_late)


@pytest.mark.parametrize(
    ("name", "last", "after"),
    [
        ("class-evaluation", date(2018, 11, 30), date(2018, 12, 1)),
        ("evaluation", date(2018, 11, 30), date(2018, 12, 1)),
    ],
)
def test_the_evaluation_is_late_after_november(name: str, last: date, after: date) -> None:
    track = "class-track" if name.startswith("class") else "school-track"
    plan, of = placed(MOBILE, track)

    lates = [
        r.is_late
        for day in (last, after)
        for i in standing(plan, of, [done(name, on=day)]).items
        for r in i.reaches
        if i.item.id == name
    ]

    assert lates == [False, True]


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2018-01-31", ""), ("2018-02-01", "spring"), ("2018-07-31", "spring"),
        ("2018-08-01", "autumn"), ("2018-12-31", "autumn"), ("2019-02-01", ""),
    ],
)  # fmt: skip
def test_the_terms_of_mobile_learning_change_on_the_first_of_august(day: str, term: str) -> None:
    plan, of = placed(MOBILE, "school-track")

    found = standing(plan, of, [done("counsel", 2, on=date.fromisoformat(day))])
    met = [
        r.term.id
        for i in found.items
        for r in i.reaches
        if i.item.id == "counsel" and r.term and not r.goal.mark and r.is_met
    ]

    assert met == ([term] if term else [])


def test_dialogues_and_open_lessons_are_meetings_too() -> None:
    clause = next(c for c in CLAUSES if c.place[2] == "meetings" and c.facets == {"group": "A"})
    held = [
        done("meetings", 4, term="first"),
        done("dialogue", term="second"),
        done("open-lesson", term="second"),
    ]

    assert reached(clause, held).is_complete
    assert not reached(clause, held[:-1]).is_complete


def test_two_of_the_four_tasks_are_enough_to_renew_and_one_is_not() -> None:
    plan, of = placed(COOC, "renewal")
    tasks = {i.id: [d for d in all_done(plan, of, {}) if d.requirement == i.id] for i in of.items}

    one = [standing(plan, of, d).is_complete for d in tasks.values()]
    two = [
        standing(plan, of, [*tasks[a], *tasks[b]]).is_complete
        for a in tasks
        for b in tasks
        if a < b
    ]

    assert (one, two) == ([False] * 4, [True] * 6)


def test_group_a_is_not_asked_for_what_only_group_b_must_do() -> None:
    plan, of = placed(COMMUNITY, "work")
    counted = {
        f["group"]: {i.item.id for i in standing(plan, of, **f).counted}
        for f in facets_of(plan, of)
    }

    assert counted["B"] - counted["A"] == {"training", "consult", "share", "course-plan"}
    assert counted["A"] - counted["B"] == {"device-guide"}


def test_what_the_plans_only_advise_is_no_goal() -> None:
    _, of = placed(MOBILE, "school-track")
    monthly: Requirement = next(i for i in of.items if i.id == "community-meeting")

    assert monthly.goals == ()
