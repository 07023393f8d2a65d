"""Whom an audience of schools reaches: ties, who takes part, what is owed, what lists completed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot import school_work
from bot.broadcasts.recipients import choose
from bot.broadcasts.sources import sources_of
from bot.model.audience import (
    AllOf,
    Around,
    Audience,
    Being,
    Follows,
    Not,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
)
from bot.model.deeds import Enrolment
from bot.model.entries import Track
from bot.model.roster import Completion
from bot.model.schools import Affiliation, Level, School, SchoolRole
from bot.model.submission import Actor, ActorKind
from bot.school_work import Call
from bot.store import affiliations, completions, enrolments, people, roster, schools
from bot.understand.audience_names import OPEN_STANDINGS
from tests.rules.schools import COOC, MOBILE, at, find_edition, taking
from tests.store.counted import counted

NOW = at("2018-03-20T10:00")
HERE, THERE = "353301", "640001"
STAFF = Actor(channel_id="default", id="S1", kind=ActorKind.STAFF)
CONTACT, TEACHER = Being(Position.CONTACT), Being(Position.TEACHER)
PROGRESS = Owing(plan="mobile-learning", deliverable="progress-sheet", standings=("due", "overdue"))


def school(code: str, city: str, district: str) -> School:
    return School(code, f"{code}國小", f"{code}國民小學", (), city, district, Level.ELEMENTARY)


def tied(engine: Engine, user_id: str, code: str, role: SchoolRole, confirmed: bool = True) -> None:
    with engine.begin() as db:
        people.see(db, "default", user_id, NOW)
        affiliations.tie(db, "default", user_id, Affiliation(code, role, NOW, confirmed))


@pytest.fixture
def city(engine: Engine) -> Engine:
    """Two schools, of which the first takes part; contacts, a teacher, and a stranger."""
    with engine.begin() as db:
        listed = [school(HERE, "臺北市", "中山區"), school(THERE, "基隆市", "中山區")]
        schools.put_many(db, "default", listed, NOW)
        here = taking(MOBILE, {"granted": "3"}, school=HERE)
        school_work.take_part(db, STAFF, here, find_edition, NOW)
        people.see(db, "default", "U-stranger", NOW)
    for user_id, code, role in (
        ("U-here", HERE, SchoolRole.CONTACT),
        ("U-there", THERE, SchoolRole.CONTACT),
        ("U-both", THERE, SchoolRole.CONTACT),
        ("U-both", HERE, SchoolRole.TEACHER),
        ("U-teacher", HERE, SchoolRole.TEACHER),
    ):
        tied(engine, user_id, code, role)
    tied(engine, "U-unconfirmed", HERE, SchoolRole.CONTACT, confirmed=False)
    return engine


def reached(engine: Engine, audience: Audience) -> set[str]:
    with engine.connect() as db:
        found = choose(db, "default", audience, sources_of(find_edition), NOW)
    return set(found.user_ids)


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (CONTACT, {"U-here", "U-there", "U-both"}),
        (AllOf((CONTACT, TakesPart(plan="mobile-learning"))), {"U-here"}),
        (AllOf((CONTACT, TakesPart(plan="mobile-learning", edition="108"))), set()),
        (TakesPart(plan="mobile-learning", edition="107"), {"U-here", "U-both", "U-teacher"}),
        (AllOf((Within(("基隆市",)), Around(("中山區",)))), {"U-there", "U-both"}),
        (AllOf((CONTACT, PROGRESS)), {"U-here"}),
        (AllOf((CONTACT, Not(TakesPart(plan="mobile-learning")))), {"U-there"}),
        (AllOf((CONTACT, Follows(plan="mobile-learning"))), set()),
    ],
)
def test_schools_decide_by_confirmed_ties(city: Engine, audience: Audience, who: set[str]) -> None:
    assert reached(city, audience) == who


def test_whoever_handed_all_of_it_in_is_meant_no_more(city: Engine) -> None:
    owing = AllOf((CONTACT, replace(PROGRESS, standings=OPEN_STANDINGS)))
    entry = AllOf((CONTACT, replace(PROGRESS, deliverable="progress-table", standings=("sent",))))
    before = reached(city, owing), reached(city, entry)
    whose = taking(MOBILE, school=HERE).whose
    with city.begin() as db:
        for turn in (1, 2, 3):
            for unit in (1, 2, 3):
                slot = f"progress-sheet||{turn}|{unit}"
                call = Call(
                    actor=STAFF,
                    whose=whose,
                    slot=slot,
                    edition_of=find_edition,
                    event_id=slot,
                )
                school_work.report(db, call, 1, NOW)

    assert before == ({"U-here"}, set())
    assert (reached(city, owing), reached(city, entry)) == (set(), {"U-here"})


def test_as_many_queries_for_many_schools_as_for_one(city: Engine) -> None:
    audience = AllOf((CONTACT, PROGRESS))
    with counted(city) as few:
        reached(city, audience)
    with city.begin() as db:
        more = [school(f"9000{n:02}", "臺北市", "大安區") for n in range(20)]
        schools.put_many(db, "default", more, NOW)
        for n, one in enumerate(more):
            here = taking(MOBILE, {"granted": "3"}, school=one.code)
            school_work.take_part(db, STAFF, here, find_edition, NOW)
            people.see(db, "default", f"U-{n}", NOW)
            held = Affiliation(one.code, SchoolRole.CONTACT, NOW, confirmed=True)
            affiliations.tie(db, "default", f"U-{n}", held)
    with counted(city) as many:
        found = reached(city, audience)

    assert len(found) == 21
    assert len(many) == len(few) <= 8


def test_what_a_list_says_of_a_linked_teacher_counts(city: Engine) -> None:
    plan, _, edition = COOC.partition("/")
    short = Short(plan=plan, edition=edition, requirement="item-async")
    track = Enrolment(id="", plan=plan, edition=edition, track="certificate-track", joined_at=NOW)
    parts = next(item.parts for t in _cooc_tracks() for item in t.items if item.id == "item-async")
    with city.begin() as db:
        enrolments.join(db, "default", "U-stranger", track)
        member = roster.new_member(HERE, "王小明")
        roster.put_many(db, "default", [member], NOW)
    before = reached(city, short)
    with city.begin() as db:
        roster.link(db, "default", member.id, "U-stranger", NOW)
        done = [
            Completion(
                member_id=member.id,
                plan=plan,
                edition=edition,
                track="certificate-track",
                requirement="item-async",
                part=part.id,
                fact=f"f-{part.id}",
                on=(NOW + timedelta(days=1)).date(),
            )
            for part in parts
        ]
        completions.put_many(db, "default", done, NOW)

    assert before == {"U-stranger"}
    assert reached(city, short) == set()
    assert "U-stranger" in reached(city, AllOf((TEACHER, Within(("臺北市",)))))


def _cooc_tracks() -> tuple[Track, ...]:
    found = find_edition(COOC)
    assert found
    return found.tracks
