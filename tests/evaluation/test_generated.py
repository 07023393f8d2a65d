"""Cases made from entries: honest questions, the entry's own values, nothing silently left out."""

from collections import Counter
from functools import cache

import pytest

from bot.model.entries import Amount, DateKind, PlanDate, Unsaid
from bot.rules.dates import cases_of
from evaluation.generated import Generated, generated
from evaluation.patterns import compiled, fold, is_found
from tests.understand.plans import real_library


@cache
def made() -> Generated:
    """The cases of the real plans."""
    return generated(real_library())


def names_of(entry_key: str) -> set[str]:
    """What the cases of an entry are called: when-0, late-0."""
    return {c.id.partition("/")[2].partition("/")[2] for c in made().cases if c.place == entry_key}


def test_every_entry_has_cases_or_is_listed_with_the_reason() -> None:
    keys = {f"{e.key}#{entry.id}" for e in real_library().editions for entry in e.entries()}
    with_cases = {case.place for case in made().cases if "#" in case.place}
    without = {entry.entry for entry in made().left_out}

    assert with_cases | without == keys
    assert with_cases & without == set()
    assert all(entry.why for entry in made().left_out)
    assert len(without) < len(keys) / 20


def test_ids_are_unique_and_every_pattern_can_be_read() -> None:
    ids = Counter(case.id for case in made().cases)
    turns = [turn for case in made().cases for turn in case.turns]

    assert [i for i, n in ids.items() if n > 1] == []
    assert all(compiled(p) for turn in turns for p in (*turn.all, *turn.none))
    assert all(turn.all or turn.unknown for turn in turns)


def test_no_question_is_one_that_the_index_holds() -> None:
    held = {fold(s) for e in real_library().editions for entry in e.entries() for s in entry.says}

    assert [c.id for c in made().cases if fold(c.turns[0].say) in held] == []


def test_a_question_names_its_plan_and_its_title() -> None:
    shorts = {e.plan: e.about.short for e in real_library().editions}

    assert [c.id for c in made().cases if not c.turns[0].say.startswith(shorts[c.plan])] == []


@pytest.mark.parametrize("edition", real_library().editions, ids=lambda e: e.key)
def test_each_date_to_come_is_asked_in_three_ways(edition) -> None:
    months = [c for c in made().cases if c.id.startswith(f"{edition.key}/month-")]
    for entry in edition.dates:
        if entry.kind in (DateKind.DEADLINE, DateKind.WINDOW):
            names = names_of(f"{edition.key}#{entry.id}")
            wanted = {f"{w}-{n}" for n, _ in enumerate(cases_of(entry, edition)) for w in WAYS}
            assert names == wanted
            assert any(is_found(p, fold(entry.title)) for c in months for p in c.turns[0].all)


WAYS = ("when", "late", "open")


def test_each_stated_amount_is_asked_for_with_its_case() -> None:
    edition = real_library().editions[1]
    cap = next(e for e in edition.entries() if isinstance(e, Amount) and e.id == "cap")

    asked = [c.turns[0] for c in made().cases if c.place == f"{edition.key}#{cap.id}"]

    assert [("A組" in t.say, "B組" in t.say) for t in asked] == [(True, False), (False, True)]
    assert [t.all for t in asked] == [("@num:8000",), ("@num:20000",)]
    assert all(t.clauses == cap.source for t in asked)


def test_what_the_plan_does_not_say_must_be_said_so() -> None:
    gaps = [e.id for e in real_library().editions[0].entries() if isinstance(e, Unsaid)]
    asked = [c for c in made().cases if c.kind == "unknown" and c.plan == "cooc-teacher"]

    assert [c.place.partition("#")[2] for c in asked] == gaps
    assert all(c.turns[0].unknown for c in asked)


def test_a_milestone_is_never_asked_whether_it_is_still_possible() -> None:
    for edition in real_library().editions:
        for entry in edition.entries():
            if isinstance(entry, PlanDate) and entry.kind is DateKind.MILESTONE:
                assert names_of(f"{edition.key}#{entry.id}") <= {"when-0", "when-1"}
