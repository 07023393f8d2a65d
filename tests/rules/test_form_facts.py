"""What a form is filled in with: what was done and told, on the real plans; no more than that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.model.deeds import Deed, Pick
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.form_layout import FILLINGS, FormLayout
from bot.rules.form_facts import FormFacts, form_facts
from bot.rules.progress import TrackStanding, stand
from tests.rules.tracks import account, deed
from tests.understand.plans import real_library

PLANS = {edition.plan: edition for edition in real_library().editions}
COOC, COMMUNITY = PLANS["cooc-teacher"], PLANS["digital-community"]
SYNC, ASYNC = "item-sync", "item-async"
FIRST_OF_ONO, SECOND_OF_MATERIAL = date(2022, 6, 8), date(2022, 7, 15)
NO_SESSION = date(2022, 6, 30)


def track_of(edition: Edition, track_id: str) -> Track:
    return next(t for t in edition.tracks if t.id == track_id)


def layout_of(edition: Edition, form_id: str) -> FormLayout:
    layout = next(f.layout for f in edition.forms if f.id == form_id)
    assert layout
    return layout


def certificate(deeds: Sequence[Deed] = (), picks: Sequence[Pick] = ()) -> TrackStanding:
    track = track_of(COOC, "certificate-track")
    made = replace(account(COOC, track, deeds, {}), picks=tuple(picks))
    return stand(COOC, track, made)


def community(label: str, group: str) -> TrackStanding:
    track = track_of(COMMUNITY, "work")
    made = account(COMMUNITY, track, (), {"group": group})
    enrolment = replace(made.enrolment, label=label)
    return stand(COMMUNITY, track, replace(made, enrolment=enrolment))


def nomination(*standings: TrackStanding) -> FormFacts:
    return form_facts(COOC, layout_of(COOC, "form-nomination"), standings, {})


def registration(**told: str) -> FormFacts:
    return form_facts(COOC, layout_of(COOC, "form-registration"), (), {"eligible": told})


def sync(part: str, on: date) -> Deed:
    return deed(SYNC, on, part=part)


def chosen(part: str, number: int, *, missed: bool = False) -> Pick:
    return Pick(requirement=SYNC, part=part, session=f"course={part};round={number}", missed=missed)


def test_finished_courses_come_with_their_rounds_and_titles() -> None:
    facts = nomination(
        certificate(
            [
                sync("ono2", FIRST_OF_ONO),
                sync("material", SECOND_OF_MATERIAL),
                deed(ASYNC, date(2022, 6, 20), part="groups"),
                deed(ASYNC, date(2022, 6, 10), part="interaction"),
            ]
        )
    )

    assert facts.known == {
        "sessions": ("1", "2"),
        "courses": ("師生互動教學示例", "線上分組教學小技巧"),
    }
    assert facts.unreported == ()


def test_who_follows_nothing_has_nothing_filled_in() -> None:
    assert nomination() == FormFacts({})
    assert nomination(certificate()) == FormFacts({})


@pytest.mark.parametrize(
    ("deeds", "picks", "rounds"),
    [
        # The second course keeps its place where only it was finished.
        ([sync("material", SECOND_OF_MATERIAL)], [], ("", "2")),
        # Reported on another day: the session that was chosen tells the round.
        ([sync("ono2", NO_SESSION)], [chosen("ono2", 2)], ("2",)),
        # The day of a session says more than what was once chosen.
        ([sync("ono2", FIRST_OF_ONO)], [chosen("ono2", 2)], ("1",)),
        # Nobody knows.
        ([sync("ono2", NO_SESSION)], [], None),
        ([sync("ono2", NO_SESSION)], [chosen("ono2", 1, missed=True)], None),
        # Chosen is not done.
        ([], [chosen("ono2", 1)], None),
    ],
)
def test_the_round_is_that_of_the_day_else_the_one_that_was_chosen(
    deeds: list[Deed], picks: list[Pick], rounds: tuple[str, ...] | None
) -> None:
    assert nomination(certificate(deeds, picks)).known.get("sessions") == rounds


def test_what_was_chosen_and_not_reported_is_named() -> None:
    picks = [chosen("material", 2), chosen("ono2", 2, missed=True)]

    facts = nomination(certificate([], picks))

    assert facts.unreported == ("酷課雲線上教材製作",)
    assert facts.known == {}


@pytest.mark.parametrize(
    ("told", "ticked"),
    [
        ({"basic-hours": "3"}, ("basic-hours",)),  # the boundary itself
        ({"basic-hours": "2.5"}, None),
        ({"basic-hours": "?", "weekly-use": "true"}, ("weekly-use",)),
        ({"special-lecturer": "false"}, None),
        ({"basic-hours": "many"}, None),
        ({}, None),
        (
            {"special-lecturer": "true", "basic-hours": "4"},
            ("basic-hours", "special-lecturer"),
        ),
    ],
)
def test_what_was_told_to_hold_is_ticked(
    told: dict[str, str], ticked: tuple[str, ...] | None
) -> None:
    assert registration(**told).known.get("qualified") == ticked


def test_the_community_first_named_is_the_one_and_the_summary_lists_all() -> None:
    ours = (community("數位夥伴", "B"), community("", "A"))

    budget = form_facts(COMMUNITY, layout_of(COMMUNITY, "form-4"), ours, {})
    summary = form_facts(COMMUNITY, layout_of(COMMUNITY, "form-1"), ours, {})

    assert budget.known == {"community": "數位夥伴", "group": "B"}
    assert budget.communities == ()
    assert summary.communities == (
        {"community": "數位夥伴", "group": "B"},
        {"community": "", "group": "A"},  # its name is not taken from the other
    )


def test_no_form_is_filled_in_with_what_it_does_not_ask_for() -> None:
    everything = [certificate([sync("ono2", FIRST_OF_ONO)]), community("數位夥伴", "B")]
    told = {"eligible": {"weekly-use": "true"}}

    for edition in PLANS.values():
        for form in edition.forms:
            if form.layout:
                known = form_facts(edition, form.layout, everything, told).known
                assert set(known) <= set(form.layout.fillings) & set(FILLINGS)
                assert not {"name", "phone", "mobile", "email"} & set(known)


def test_what_is_known_does_not_depend_on_when_one_joined() -> None:
    earlier = certificate([sync("ono2", FIRST_OF_ONO)])
    renewal = track_of(COOC, "renewal")
    other = stand(COOC, renewal, account(COOC, renewal, (), {}))
    later = replace(
        other,
        account=replace(
            other.account,
            enrolment=replace(
                other.account.enrolment, id="e2", joined_at=datetime(2023, 1, 1, tzinfo=UTC)
            ),
        ),
    )

    assert nomination(earlier, later) == nomination(later, earlier)
