"""What somebody reported and what a list says of them is one account: the same counts once."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.model.deeds import Deed, Vouched
from bot.model.roster import Completion, fact_of
from bot.rules.imported import with_completions

DAYS = [date(2022, 7, d) for d in (7, 8, 9)]
THINGS = st.tuples(
    st.sampled_from(("course", "training")), st.sampled_from(("", "a")), st.sampled_from(DAYS)
)


def deed(number: int, requirement: str, part: str, on: date, count: int = 1) -> Deed:
    return Deed(id=str(number), requirement=requirement, part=part, on=on, count=Decimal(count))


def listed(requirement: str, part: str, on: date, course: str = "") -> Completion:
    return Completion(
        member_id="m", plan="p", edition="1", track="t", requirement=requirement, part=part,
        on=on, course=course, fact=fact_of(requirement, part, on, course),
    )  # fmt: skip


@given(st.lists(THINGS, max_size=4), st.lists(THINGS, max_size=4, unique=True))
def test_nothing_is_lost_and_nothing_counts_twice(own: list, of_list: list) -> None:
    deeds = [deed(n, *thing) for n, thing in enumerate(own)]
    completions = [listed(*thing) for thing in of_list]

    merged = with_completions(deeds, completions)

    same = {(t[0], t[1], None if t[1] else t[2]) for t in (*own, *of_list)}
    assert {(d.requirement, d.part, None if d.part else d.on) for d in merged} == same
    assert [d.id for d in merged[: len(deeds)]] == [d.id for d in deeds]
    assert max(len(own), len(of_list)) <= len(merged) <= len(own) + len(of_list)
    assert sum(d.is_imported for d in merged) == len(of_list)
    assert all(d.vouched is Vouched.STAFF for d in merged if d.is_imported)


def test_a_part_that_was_reported_takes_the_day_of_the_list() -> None:
    merged = with_completions([deed(1, "course", "a", DAYS[0])], [listed("course", "a", DAYS[1])])

    assert [(d.id, d.on, d.vouched) for d in merged] == [("1", DAYS[1], Vouched.STAFF)]


def test_two_courses_of_one_day_are_one_for_one_with_two_reports() -> None:
    reports = [deed(1, "training", "", DAYS[0]), deed(2, "training", "", DAYS[0])]
    courses = [listed("training", "", DAYS[0], c) for c in ("甲", "乙", "丙")]

    assert len(with_completions(reports, courses[:2])) == 2
    assert len(with_completions(reports, courses)) == 3


def test_a_report_of_more_than_the_list_says_stands_by_its_own_word() -> None:
    merged = with_completions(
        [deed(1, "activity", "", DAYS[0], count=30)], [listed("activity", "", DAYS[0])]
    )

    assert [(d.count, d.vouched) for d in merged] == [(Decimal(30), Vouched.SELF)]
