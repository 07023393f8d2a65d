"""The matrix of schools: what it counts, its rates, and how long it takes for many schools."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.participation import Participation
from bot.model.submission import Record, Standing, Tally
from bot.rules.matrix import Count, Matrix, added, matrix, outstanding
from bot.rules.owed import slots
from bot.rules.submissions import counts
from tests.rules.schools import (
    ALL_PLANS,
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

NOW = at("2018-11-15T09:00")


def one_of(key: str, n: int) -> Participation:
    """The n-th school of a plan, parameters of many kinds among them."""
    code = f"{353000 + n}"
    if key == MOBILE:
        return taking(key, {"granted": str(n % 5 + 1), "applicant": "local"}, school=code)
    if key == COOC:
        return taking(key, units=teachers(*(f"{code}教師{t}" for t in range(n % 6))), school=code)
    if key == COMMUNITY:
        groups = [community(f"{code}社群{c}", "AB"[c % 2]) for c in range(n % 4 + 1)]
        return taking(key, units=groups, school=code)
    return taking(PORTFOLIO, {"teachers": "60"}, school=code)


def half_done(school: Participation) -> Record:
    """Every second slot received, some of it late; one later date."""
    found = owing(school)
    tallies = {s.key: Tally(received=s.expected, late=n % 4 // 2) for n, s in enumerate(found[::2])}
    return Record(tallies=tallies, extended={found[-1].key: at("2030-01-01T00:00")})


def test_a_school_is_counted_by_what_it_owes() -> None:
    school = taking(MOBILE, {"granted": "1"}, school="1")
    record = Record(
        tallies={
            "progress-sheet||1|1": Tally(received=1),
            "progress-sheet||2|1": Tally(sent=1, late=1),
            "reflection-text|spring|0|1": Tally(returned=1),
            "reflection-text|autumn|0|1": Tally(excused=1),
        },
        extended={"progress-sheet||3|1": at("2018-11-30T23:59:59")},
    )
    [row] = matrix(edition_of(MOBILE), [school], {"1": record}, NOW).rows

    assert row.cells["progress-sheet"] == Count(received=1, sent=1, late=1, due=1)
    assert row.cells["reflection-text"] == Count(returned=1, excused=1)
    assert row.cells["story-text"] == Count(overdue=2)
    assert row.cells["closing-accounts"] == Count(not_yet=1)
    assert row.cells["memorandum"] == Count(due=1)
    progress = row.cells["progress-sheet"]
    assert (progress.complete, progress.handed_in) == (Decimal(1) / 3, Decimal(2) / 3)
    assert progress.on_time == Decimal(1) / 2
    assert row.cells["closing-accounts"].on_time is None


def test_excused_pieces_are_not_missing() -> None:
    done = Count(received=3, excused=1)

    assert (done.expected, done.complete, done.on_time) == (4, Decimal(1), Decimal(1))
    assert Count(excused=2).complete is None


def test_what_is_outstanding_names_the_things() -> None:
    school = taking(MOBILE, {"granted": "2"}, school="1")
    [row] = matrix(edition_of(MOBILE), [school], {}, at("2018-04-01T00:00")).rows

    assert outstanding(row, (Standing.OVERDUE,)) == {
        "basic-data-sheet": 1,
        "counsel-sheet": 1,
        "progress-sheet": 2,
    }


def test_districts_and_periods() -> None:
    schools = [taking(MOBILE, {"granted": "1"}, school=code) for code in ("1", "2", "3")]
    spring = (date(2018, 3, 1), date(2018, 3, 31))
    done = {"1": Record(tallies={"progress-sheet||1|1": Tally(received=1)})}
    found = matrix(edition_of(MOBILE), schools, done, NOW, spring)
    district = {"1": "大安區", "2": "大安區", "3": "北投區"}

    assert [c.id for c in found.columns] == ["counsel-sheet", "progress-sheet"]
    assert found.total == Count(received=1, overdue=5)
    by_district = found.by(lambda row: district[row.taking.school_code])
    assert by_district == {"北投區": Count(overdue=2), "大安區": Count(received=1, overdue=3)}
    assert by_district["大安區"].complete == Decimal(1) / 4


def test_no_school_is_an_empty_matrix() -> None:
    found = matrix(edition_of(MOBILE), [], {}, NOW)

    assert (found.rows, found.columns, found.total) == ((), (), Count())


tallies = st.builds(Tally, *[st.integers(0, 3)] * 4, st.integers(0, 2))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ALL_PLANS), st.integers(0, 9), st.data())
def test_the_matrix_sums_up_what_the_slots_come_to(key: str, n: int, data: st.DataObject) -> None:
    school, edition = one_of(key, n), edition_of(key)
    keys = [slot.key for slot in slots(edition, school)]
    some = st.dictionaries(st.sampled_from([*keys, "gone||0|"]), tallies, max_size=8)
    record = Record(tallies=data.draw(some), extended={})
    [row] = matrix(edition, [school], {school.school_code: record}, NOW).rows

    by_slot = [
        counts(slot, record.tallies.get(slot.key, Tally()), None, NOW)
        for slot in slots(edition, school)
    ]
    assert row.total.expected == sum(slot.expected for slot in slots(edition, school))
    for standing in Standing:
        assert row.total.of(standing) == sum(found[standing] for found in by_slot)


def all_four(schools: Sequence[Sequence[Participation]]) -> list[Matrix]:
    """The matrices of the four plans."""
    return [
        matrix(edition_of(key), of_plan, RECORDS[key], NOW)
        for key, of_plan in zip(ALL_PLANS, schools, strict=True)
    ]


RECORDS: dict[str, dict[str, Record]] = {}


def test_three_hundred_schools_of_four_plans_are_counted() -> None:
    schools = [[one_of(key, n) for n in range(300)] for key in ALL_PLANS]
    for key, of_plan in zip(ALL_PLANS, schools, strict=True):
        RECORDS[key] = {one.school_code: half_done(one) for one in of_plan}

    found = all_four(schools)

    assert added(m.total for m in found).expected == 24_600  # 12,000 + 2,550 + 9,450 + 600
