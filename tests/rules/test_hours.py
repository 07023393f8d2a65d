"""Hours are granted as the plan grants them: once, whole, and together where it says so."""

from bot.model.goals import Part
from bot.model.quantity import Quantity, Value
from bot.rules.progress import hours_granted
from tests.rules.editions import edition
from tests.rules.tracks import deed, goal, item, standing, track

PLAN = edition()
PARTS = tuple(Part(id=p, title=p) for p in "abc")


def test_a_third_course_adds_no_hours() -> None:
    of = item(
        "course",
        goal(2, "門"),
        parts=PARTS,
        amount=(Quantity(least=Value.parse("4"), unit="小時"),),
    )
    hours = [
        hours_granted(standing(PLAN, track(of), [deed("course", part=p) for p in parts]))
        for parts in ("a", "ab", "abc")
    ]

    assert hours == [0, 4, 4]


def test_hours_that_are_granted_together_wait_for_the_other() -> None:
    hours = (Quantity(exactly=Value.parse("6"), unit="小時"),)
    more = (Quantity(exactly=Value.parse("4"), unit="小時"),)
    of = track(
        item("a", goal(1), amount=hours, hours_with=("b",)),
        item("b", goal(1), amount=more, hours_with=("a",)),
    )

    granted = [
        hours_granted(standing(PLAN, of, [deed(d) for d in done])) for done in ("", "a", "b", "ab")
    ]

    assert granted == [0, 0, 0, 10]
