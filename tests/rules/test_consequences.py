"""What follows for whom: before it bites, with its clause, and by the numbers of the plans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.model.goals import Subject
from bot.model.participation import Unit
from bot.model.submission import Record, Tally
from bot.rules.consequences import (
    Certified,
    counted_on,
    falling_short,
    heads,
    shortfalls,
    threats,
)
from bot.rules.owed import slots
from tests.rules.schools import (
    COMMUNITY,
    COOC,
    MOBILE,
    PORTFOLIO,
    at,
    community,
    edition_of,
    owing,
    taking,
    teachers,
)

ONE_CLASS = taking(MOBILE, {"granted": "1"})


def all_but(school_slots: tuple, *left: str) -> Record:
    """Everything was received but these things."""
    done = {s.key: Tally(received=s.expected) for s in school_slots if s.owed.id not in left}
    return Record(tallies=done)


def test_a_school_is_told_what_it_stands_to_lose_before_the_year_ends() -> None:
    now = at("2018-12-20T09:00")
    record = all_but(owing(ONE_CLASS), "story-text", "closing-accounts")
    [first, second] = threats(edition_of(MOBILE), ONE_CLASS, record, now)

    assert first.date.id == "finish-uploads"
    assert "不得申請109年計畫" in first.date.missed
    assert first.date.source == ("玖、二", "參")
    assert (first.pieces, first.days_left(now), first.bites) == (2, 11, False)
    assert {slot.title for slot, _ in first.left} == {"學生溫馨故事"}
    assert (second.date.id, second.pieces) == ("closing", 1)


def test_it_bites_from_the_first_instant_after() -> None:
    record = all_but(owing(ONE_CLASS), "story-text")
    edition = edition_of(MOBILE)

    assert not threats(edition, ONE_CLASS, record, at("2018-12-31T23:59:59"))[0].bites
    assert threats(edition, ONE_CLASS, record, at("2019-01-01T00:00"))[0].bites


def test_nothing_threatens_whoever_sent_all_and_what_was_returned_is_missing() -> None:
    found = owing(ONE_CLASS)
    sent = {s.key: Tally(sent=s.expected) for s in found}
    now, edition = at("2018-12-20T09:00"), edition_of(MOBILE)
    returned = {**sent, "report-book||0|": Tally(returned=1)}

    assert threats(edition, ONE_CLASS, Record(tallies=sent), now) == ()
    [threat] = threats(edition, ONE_CLASS, Record(tallies=returned), now)
    assert threat.pieces == 1


def test_a_later_date_holds_for_the_school_that_was_given_it() -> None:
    school = taking(COMMUNITY, units=[community("共備", "A")])
    record = all_but(owing(school), "photos-a")
    later = Record(tallies=record.tallies, extended={"photos-a||0|共備": at("2024-07-10T23:59:59")})
    now, edition = at("2024-07-05T09:00"), edition_of(COMMUNITY)

    assert [t.bites for t in threats(edition, school, record, now)] == [True]
    [threat] = threats(edition, school, later, now)
    assert (threat.bites, threat.days_left(now)) == (False, 5)
    assert "取消113學年度申辦計畫與經費" in threat.date.missed


def test_fewer_than_three_nominations_fall_short_and_what_follows_is_not_stated() -> None:
    schools = [taking(COOC, units=teachers(*names), school=names) for names in ("甲", "甲乙丙")]
    found = falling_short(edition_of(COOC), schools)

    [short] = found["甲"]
    assert set(found) == {"甲"}
    assert (short.least, short.has) == (Decimal(3), Decimal(1))
    assert short.amount.source == ("陸、一", "柒、一（一）")
    assert short.then is not None
    assert "沒有說明薦派不足3名" in short.then.text


def test_communities_fall_short_by_their_group() -> None:
    units = [
        community("共備", "A", "3"),
        community("小創新", "B", "4"),
        community("創新", "B", "5"),
    ]
    unknown = Unit(kind=Subject.COMMUNITY, label="不明", facets={"members": "1"})
    found = shortfalls(edition_of(COMMUNITY), taking(COMMUNITY, units=[*units, unknown]))

    assert [(s.unit.label, s.least, s.has) for s in found if s.unit] == [("小創新", 5, 4)]


def test_a_tenth_of_the_teachers_is_rounded_up() -> None:
    few = taking(PORTFOLIO, {"teachers": "61"}, teachers(*"甲乙丙丁戊己"))
    enough = taking(PORTFOLIO, {"teachers": "60"}, teachers(*"甲乙丙丁戊己"))
    unknown = taking(PORTFOLIO)

    assert [s.least for s in shortfalls(edition_of(PORTFOLIO), few)] == [7]
    assert shortfalls(edition_of(PORTFOLIO), enough) == ()
    assert shortfalls(edition_of(PORTFOLIO), unknown) == ()


def test_a_plan_without_minimums_has_no_shortfall() -> None:
    assert shortfalls(edition_of(MOBILE), taking(MOBILE)) == ()


def test_september_counts_everybody_once_and_schools_without_any() -> None:
    edition = edition_of(COOC)
    assert edition.duties
    [counted] = edition.duties.head_counts
    done = [
        Certified(school_code="1", member_id="a", track=counted.track, on=date(2022, 9, 30)),
        Certified(school_code="1", member_id="a", track=counted.track, on=date(2022, 8, 1)),
        Certified(school_code="1", member_id="b", track=counted.track, on=date(2022, 10, 1)),
        Certified(school_code="1", member_id="c", track="renewal", on=date(2022, 9, 1)),
        Certified(school_code="9", member_id="d", track=counted.track, on=date(2022, 9, 1)),
    ]

    assert counted_on(edition, counted) == date(2022, 9, 30)
    assert heads(edition, counted, {"1", "2"}, done) == {"1": 1, "2": 0}


def test_what_nobody_has_confirmed_yet_is_held_against_nobody() -> None:
    edition = edition_of(COOC)
    fresh = replace(edition, amounts=(), dates=())
    assert edition.duties
    [counted] = edition.duties.head_counts
    one = Certified(school_code="1", member_id="a", track=counted.track, on=date(2022, 9, 1))

    assert shortfalls(fresh, taking(COOC)) == ()
    assert heads(fresh, counted, {"1"}, [one]) == {"1": 0}
    assert all(slot.due is None for slot in slots(fresh, taking(COOC)))
