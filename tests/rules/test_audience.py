"""Whom an audience takes in: by person, and by one school of theirs at a time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Not,
    Owing,
    Position,
    Short,
    Within,
    from_plain,
    to_plain,
)
from bot.rules.audience import Lack, PersonFacts, Tie, TrackFacts, chosen, needs_of, takes_in

TEACHER, CONTACT, STAFF = map(Being, Position)
A, B = Within(("A市",)), Within(("B市",))
ATTACHED = Owing(plan="p", deliverable="form", standings=("due", "overdue"))


def tie(position: Position, city: str, **more: object) -> Tie:
    usual = {"code": "1", "district": "東區", "level": "elementary"}
    return Tie(position=position, city=city, **{**usual, **more})  # type: ignore[arg-type]


def follows(left: int, *parts: str, plan: str = "p") -> TrackFacts:
    lacks = {"course": Lack(Decimal(left), frozenset(parts))} if left else {}
    return TrackFacts(plan=plan, edition="111", track="t", lacks=lacks)


STRANGER = PersonFacts(user_id="stranger")
CLERK = PersonFacts(user_id="clerk", is_staff=True)
# The contact of a junior school in A市, who teaches in B市.
TWO_SCHOOLS = PersonFacts(
    user_id="two",
    ties=(
        tie(Position.CONTACT, "A市", level="junior", owes={("p", "111", "form"): {"due"}}),
        tie(Position.TEACHER, "B市", code="2", owes={("p", "111", "form"): {"received"}}),
    ),
)
ONE_SHORT = PersonFacts(user_id="one", tracks=(follows(1, "x"),))
TWO_SHORT = PersonFacts(user_id="three", tracks=(follows(2, "x", "y"),))
DONE = PersonFacts(user_id="done", tracks=(follows(0),))
EVERYBODY = (STRANGER, CLERK, TWO_SCHOOLS, ONE_SHORT, TWO_SHORT, DONE)


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Everybody(), {"stranger", "clerk", "two", "one", "three", "done"}),
        (AnyOf(()), set()),  # of which nothing was said yet: nobody
        (STAFF, {"clerk"}),
        (CONTACT, {"two"}),
        (TEACHER, {"stranger", "two", "one", "three", "done"}),
        (AllOf((CONTACT, A)), {"two"}),
        (AllOf((CONTACT, B)), set()),  # is contact in A市 only
        (AllOf((TEACHER, B)), {"two"}),
        (AllOf((A, AtLevel(("elementary",)))), set()),  # the elementary school is in B市
        (AtSchools(("2", "9")), {"two"}),
        (Around(("東區",)), {"two"}),
        (Not(A), {"stranger", "clerk", "one", "three", "done"}),
        (AllOf((B, Not(A))), set()),  # not whoever has to do with A市 as well
        (Follows(plan="p"), {"one", "three", "done"}),
        (Follows(plan="q"), set()),
        (Follows(plan="p", edition="112"), set()),
        (Short(plan="p", requirement="course"), {"one", "three"}),
        (Short(plan="p", requirement="course", most=Decimal(1)), {"one"}),
        (Short(plan="p", requirement="course", least=Decimal(2)), {"three"}),
        (Short(plan="p", requirement="course", part="y"), {"three"}),
        (ATTACHED, {"two"}),
        (AllOf((ATTACHED, TEACHER)), set()),  # the school where they teach has handed it in
        (AnyOf((STAFF, ATTACHED)), {"clerk", "two"}),
    ],
)
def test_an_audience_takes_in_whom_it_means(audience: Audience, who: set[str]) -> None:
    assert set(chosen(audience, EVERYBODY).user_ids) == who


def test_whoever_blocked_the_bot_is_counted_and_left_out() -> None:
    blocked = PersonFacts(user_id="gone", has_blocked=True)

    found = chosen(Everybody(), [blocked, STRANGER])

    assert (found.user_ids, found.blocked) == (("stranger",), 1)


SIMPLE = st.sampled_from(
    [
        Everybody(), TEACHER, CONTACT, A, Around(("東區",)), AtLevel(("junior", "senior")),
        AtSchools(("1", "2")), Follows(plan="p", edition="111"), ATTACHED,
        Short(plan="p", requirement="course", least=Decimal("1.5"), most=Decimal(3)),
    ]
)  # fmt: skip
AUDIENCES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: AllOf(tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


@given(AUDIENCES)
def test_an_audience_is_kept_as_it_is_and_means_the_same(audience: Audience) -> None:
    kept = from_plain(to_plain(audience))

    assert kept == audience
    assert takes_in(Not(kept), TWO_SCHOOLS) is not takes_in(audience, TWO_SCHOOLS)


def test_only_what_decides_an_audience_is_gathered() -> None:
    assert not any(vars_of(Everybody()))
    assert vars_of(AllOf((A, Not(ATTACHED)))) == (False, False, True, True)
    assert vars_of(Short(plan="p", requirement="course")) == (True, True, False, False)


def vars_of(audience: Audience) -> tuple[bool, ...]:
    needs = needs_of(audience)
    return (needs.tracks, needs.progress, needs.ties, needs.standings)
