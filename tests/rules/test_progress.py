"""What counts towards a track: laws of reporting, on a made-up track and on the real ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.model.deeds import Deed, Vouched
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Every, Mark, Part, SchoolTerm
from bot.model.when import When
from bot.rules.progress import open_items, term_on
from tests.rules.editions import edition, given, planned
from tests.rules.tracks import (
    account,
    all_done,
    deed,
    facets_of,
    goal,
    item,
    one_short,
    standing,
    track,
)
from tests.understand.plans import real_library

DUE = date(2022, 3, 31)
TERMS = (
    SchoolTerm(id="spring", title="下學期", at=When.parse("2022-02-01/2022-07-31")),
    SchoolTerm(id="autumn", title="上學期", at=When.parse("2022-08-01/2022-12-31")),
)
PLAN = edition(dates=(planned("first", "2022-03-31"),), school_terms=TERMS)
PARTS = tuple(Part(id=p, title=p) for p in "abc")
COURSE = item("course", goal(2, "門", by="first"), parts=PARTS)
COUNSEL = item(
    "counsel",
    goal(2, every=Every.TERM),
    goal(1, every=Every.TERM, mark="professor"),
    goal(1, by="first"),
    marks=(Mark(id="professor", title="教授"),),
)
WORKSHOP = item("workshop", goal(2, "場"), goal(1, "場", mark="professor"), each_day_once=True)
MEETING = item("meeting", goal(6), goal(1, every=Every.TERM))
DIALOGUE = item("dialogue", goal(2), also=("meeting",))
DUTY = item("duty")
TRACK = track(COURSE, COUNSEL, WORKSHOP, MEETING, DIALOGUE, DUTY)

DEEDS = st.lists(
    st.builds(
        lambda which, day, n, marks, part, term: deed(
            which, DUE + timedelta(days=day), n, *marks, part=part, term=term
        ),
        st.sampled_from(["course", "counsel", "workshop", "meeting", "dialogue", "duty", "gone"]),
        st.integers(-3, 200),
        st.integers(1, 4),
        st.sampled_from([(), ("professor",), ("on-site",)]),
        st.sampled_from(["", "a", "b", "c", "d"]),
        st.sampled_from(["", "spring", "autumn"]),
    ),
    max_size=12,
)


def reaches(deeds: Sequence[Deed], of: Track = TRACK) -> list[tuple[Decimal, bool]]:
    """What is done and met of every goal, in the order of the track."""
    return [(r.done, r.is_met) for i in standing(PLAN, of, deeds).items for r in i.reaches]


@drawn(DEEDS)
def test_reporting_more_never_lowers_anything(deeds: list[Deed]) -> None:
    before = standing(PLAN, TRACK, deeds[:-1])
    after = standing(PLAN, TRACK, deeds)

    assert all(b[0] <= a[0] for b, a in zip(reaches(deeds[:-1]), reaches(deeds), strict=True))
    assert before.complete <= after.complete
    assert after.is_complete or not before.is_complete


@drawn(DEEDS.flatmap(lambda ds: st.tuples(st.just(ds), st.permutations(ds))))
def test_the_order_of_reports_changes_nothing(orders: tuple[list[Deed], list[Deed]]) -> None:
    one, other = (standing(PLAN, TRACK, deeds) for deeds in orders)

    assert [i.reaches for i in one.items] == [i.reaches for i in other.items]
    assert (one.complete, one.is_complete) == (other.complete, other.is_complete)


@drawn(DEEDS)
def test_nothing_counts_beyond_its_goal(deeds: list[Deed]) -> None:
    found = standing(PLAN, TRACK, deeds)

    assert all(0 <= r.done <= r.goal.least for i in found.items for r in i.reaches)
    assert all(r.left == r.goal.least - r.done for i in found.items for r in i.reaches)
    assert found.complete <= found.needed


@drawn(DEEDS)
def test_a_part_reported_again_adds_nothing(deeds: list[Deed]) -> None:
    again = [d for d in deeds if d.requirement == "course"]

    assert reaches([*deeds, *again]) == reaches(deeds)


@drawn(DEEDS)
def test_taking_back_the_last_brings_what_was_before(deeds: list[Deed]) -> None:
    before = standing(PLAN, TRACK, deeds)
    more = account(PLAN, TRACK, [*deeds, deed("meeting", n=3)], {}).deeds

    assert standing(PLAN, TRACK, more[:-1]).items == before.items


@drawn(DEEDS)
def test_a_goal_with_a_mark_is_never_met_by_what_does_not_bear_it(deeds: list[Deed]) -> None:
    plain = [d for d in deeds if "professor" not in d.marks]

    marked = [r for i in standing(PLAN, TRACK, plain).items for r in i.reaches if r.goal.mark]
    assert [r.done for r in marked] == [0] * len(marked)


def test_a_part_that_is_said_to_be_two_is_still_one() -> None:
    found = standing(PLAN, TRACK, [deed("course", n=2, part="a")])

    assert found.items[0].reaches[0].done == 1


def test_two_of_one_day_are_one_where_days_must_differ() -> None:
    same = [deed("workshop", DUE), deed("workshop", DUE, 3)]
    other = [*same, deed("workshop", DUE + timedelta(days=1))]

    assert [standing(PLAN, TRACK, ds).items[2].reaches[0].done for ds in (same, other)] == [1, 2]


def test_the_marked_one_of_a_day_counts_though_another_was_reported_before_it() -> None:
    found = standing(PLAN, TRACK, [deed("workshop", DUE), deed("workshop", DUE, 1, "professor")])

    assert [r.done for r in found.items[2].reaches] == [1, 1]


def test_what_counts_for_another_item_as_well_counts_for_both() -> None:
    found = standing(PLAN, TRACK, [deed("dialogue", n=2), deed("meeting", n=4)])

    assert [r.done for i in found.items[3:5] for r in i.reaches] == [6, 1, 0, 2]


def test_a_duty_without_a_goal_is_not_counted() -> None:
    found = standing(PLAN, TRACK, [deed("duty")])

    assert "duty" not in [i.item.id for i in found.counted]
    assert not found.items[-1].is_complete


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_a_goal_reached_after_its_day_is_late(days: int, is_late: bool) -> None:
    reach = (
        standing(PLAN, TRACK, [deed("counsel", DUE + timedelta(days=days))]).items[1].reaches[-1]
    )

    assert (reach.is_met, reach.is_late) == (True, is_late)


def test_a_goal_that_is_not_reached_is_not_said_to_be_late() -> None:
    assert not standing(PLAN, TRACK).items[1].reaches[-1].is_late


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2022-01-31", ""), ("2022-02-01", "spring"), ("2022-07-31", "spring"),
        ("2022-08-01", "autumn"), ("2022-12-31", "autumn"), ("2023-01-01", ""),
    ],
)  # fmt: skip
def test_a_day_falls_in_the_term_that_has_it(day: str, term: str) -> None:
    assert term_on(PLAN, date.fromisoformat(day)) == term


@pytest.mark.parametrize("day", ["2022-07-31", "2022-08-01"])
def test_what_was_reported_without_a_term_counts_in_that_of_its_day(day: str) -> None:
    found = standing(PLAN, TRACK, [deed("counsel", date.fromisoformat(day), 2)]).items[1]

    assert {r.term.id: r.is_met for r in found.reaches[:2] if r.term} == {
        "spring": day == "2022-07-31",
        "autumn": day == "2022-08-01",
    }


def test_two_in_one_term_do_not_make_up_for_the_other() -> None:
    found = standing(PLAN, TRACK, [deed("counsel", n=4, term="spring")]).items[1]

    assert [(r.done, r.over) for r in found.reaches[:2]] == [(2, 2), (0, 0)]


def test_some_of_the_items_are_enough_where_the_plan_says_so() -> None:
    of = track(*(item(name, goal(1)) for name in "abc"), at_least=2)

    complete = [
        standing(PLAN, of, [deed(name) for name in done]).is_complete
        for done in ("", "a", "ab", "ca", "abc")
    ]

    assert complete == [False, False, True, True, True]


def test_what_the_track_must_know_first_is_named_and_nothing_counts_before() -> None:
    of = track(item("a", goal(1, given=given(group="B")), goal(2)), asks=("group",))
    done = [deed("a", n=2)]

    assert standing(PLAN, of, done).lacks == ("group",)
    assert not standing(PLAN, of, done).is_complete
    assert [len(standing(PLAN, of, done, group=g).items[0].reaches) for g in "AB"] == [1, 2]


def test_what_comes_after_others_is_open_once_they_are_complete() -> None:
    of = track(item("a", goal(1)), item("b", goal(1), after=("a",)))

    opened = [
        [i.item.id for i in open_items(standing(PLAN, of, [deed(d) for d in done]))]
        for done in ("", "a", "b", "ab")
    ]

    assert opened == [["a"], ["b"], ["a"], []]


def test_an_item_is_confirmed_when_others_vouch_for_all_of_it() -> None:
    own, staffs = deed("meeting"), deed("meeting", vouched=Vouched.STAFF)

    confirmed = [
        standing(PLAN, TRACK, deeds).items[3].is_confirmed
        for deeds in ([], [own], [own, staffs], [staffs])
    ]

    assert confirmed == [False, False, False, True]


FOLLOWED = pytest.mark.parametrize(
    ("plan", "of", "facets"),
    [
        pytest.param(e, t, f, id=f"{e.key}#{t.id}{''.join(f.values())}")
        for e in real_library().editions
        for t in e.tracks
        if t.subject
        for f in facets_of(e, t)
    ],
)


@FOLLOWED
def test_no_real_track_is_impossible_to_complete(
    plan: Edition, of: Track, facets: dict[str, str]
) -> None:
    found = standing(plan, of, all_done(plan, of, facets), **facets)

    assert [i.item.id for i in found.counted if not i.is_complete] == []
    assert [i.item.id for i in found.counted if any(r.is_late for r in i.reaches)] == []
    assert found.is_complete
    assert found.needed <= len(found.counted)


@FOLLOWED
def test_no_real_track_is_complete_with_any_goal_one_short(
    plan: Edition, of: Track, facets: dict[str, str]
) -> None:
    done = all_done(plan, of, facets)
    full = standing(plan, of, done, **facets)
    enough = full.needed

    for at, each in enumerate(full.counted):
        others = [full.counted[(at + step) % len(full.counted)].item.id for step in range(enough)]
        theirs = [d for d in done if d.requirement in others]
        assert standing(plan, of, theirs, **facets).is_complete
        for number in range(len(each.reaches)):
            short = one_short(plan, of, facets, (each.item.id, number), theirs)
            found = next(i for i in short.items if i.item.id == each.item.id)
            assert found.reaches[number].left == 1
            assert not found.is_complete
            assert not short.is_complete
