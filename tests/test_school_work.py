"""Deeds about submissions: each changes what it says, once, and never another school's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from bot import school_work
from bot.errors import Refused
from bot.model.submission import Actor, ActorKind, Deed, Standing, Tally
from bot.school_work import Call, Outcome
from bot.store import participations, submissions, traces
from tests.rules.schools import COOC, MOBILE, at, find_edition, taking, teachers
from tests.store.counted import counted

NOW = at("2018-03-20T10:00")
MINE, OTHER = "353301", "353302"
STAFF = Actor(channel_id="default", id="S1", kind=ActorKind.STAFF)
CONTACT = Actor(channel_id="default", id="U1", kind=ActorKind.CONTACT, school_code=MINE)
SCHOOL = taking(MOBILE, {"granted": "3"}, school=MINE)
MARCH = "progress-sheet||1|1"


def call(event: str, actor: Actor = STAFF, slot: str = MARCH, school: str = MINE) -> Call:
    """Something done by this event."""
    return Call(
        actor=actor,
        whose=replace(SCHOOL.whose, school_code=school),
        slot=slot,
        edition_of=find_edition,
        event_id=event,
    )


@pytest.fixture
def schools(engine: Engine) -> Engine:
    """Two schools of three classes each."""
    with engine.begin() as db:
        for code in (MINE, OTHER):
            school_work.take_part(db, STAFF, replace(SCHOOL, school_code=code), find_edition, NOW)
    return engine


def kept(engine: Engine, school: str = MINE) -> dict[str, Tally]:
    """What is kept of one school, by slot."""
    with engine.connect() as db:
        found = submissions.by_school(db, "default", "mobile-learning", "107")
    return dict(found[school].tallies) if school in found else {}


def refused(deed: Callable[[], object]) -> str:
    """The words with which it was refused."""
    with pytest.raises(Refused) as found:
        deed()
    return found.value.say


def test_a_piece_goes_its_whole_way_and_every_move_is_noted(schools: Engine) -> None:
    with schools.begin() as db:
        school_work.report(db, call("e1", CONTACT), 1, NOW)
        school_work.send_back(db, call("e2"), 1, "第2頁缺核章，電話0912345678", NOW)
        school_work.report(db, call("e3", CONTACT), 1, NOW)
        done = school_work.confirm(db, call("e4"), 1, NOW)
        taking_part = participations.find(db, "default", SCHOOL.whose)
        assert taking_part
        moves = submissions.moves(db, "default", taking_part.id, MARCH)

    assert done.counts[Standing.RECEIVED] == 1
    assert sum(done.counts.values()) == done.slot.expected
    assert [(m.deed, m.actor_id) for m in moves] == [
        (Deed.REPORT, "U1"),
        (Deed.SEND_BACK, "S1"),
        (Deed.REPORT, "U1"),
        (Deed.CONFIRM, "S1"),
    ]
    assert "缺核章" in moves[1].why
    assert "0912345678" not in moves[1].why
    assert kept(schools) == {MARCH: Tally(received=1)}


def test_the_same_event_twice_changes_nothing(schools: Engine) -> None:
    with schools.begin() as db:
        first = school_work.report(db, call("e1", CONTACT), 1, NOW)
        again = school_work.report(db, call("e1", CONTACT), 1, NOW)
        extended = school_work.extend(db, call("e1"), date(2018, 4, 30), "颱風停課", NOW)
        twice = school_work.extend(db, call("e1"), date(2018, 5, 31), "颱風停課", NOW)

    assert (first.is_new, again.is_new, extended.is_new, twice.is_new) == (True, False, True, False)
    assert twice.until == at("2018-04-30T23:59:59")
    assert kept(schools) == {MARCH: Tally(sent=1)}


def test_more_than_is_owed_is_refused_and_nothing_changes(schools: Engine) -> None:
    with schools.begin() as db:
        said = refused(lambda: school_work.report(db, call("e1", CONTACT), 2, NOW))

    assert "第1班進度表" in said
    assert "應繳1次" in said
    assert kept(schools) == {}


def test_late_is_by_the_date_that_held_when_it_was_sent(schools: Engine) -> None:
    april = at("2018-04-02T09:00")
    with schools.begin() as db:
        school_work.report(db, call("e1", CONTACT), 1, april)
        second = call("e2", slot="progress-sheet||1|2")
        school_work.extend(db, second, date(2018, 4, 30), "流感停課", NOW)
        school_work.report(db, replace(second, event_id="e3"), 1, april)
        school_work.extend(db, call("e4"), date(2018, 4, 30), "一併展期", april)

    assert kept(schools) == {
        MARCH: Tally(sent=1, late=1),
        "progress-sheet||1|2": Tally(sent=1),
    }


def test_what_is_excused_is_owed_no_more_until_it_is_owed_again(schools: Engine) -> None:
    with schools.begin() as db:
        excused = school_work.excuse(db, call("e1"), 1, "該班停辦", NOW)
        said = refused(lambda: school_work.report(db, call("e2", CONTACT), 1, NOW))
        again = school_work.owe_again(db, call("e3"), 1, NOW)

    assert excused.counts[Standing.EXCUSED] == 1
    assert "還可以回報0次" in said
    assert again.counts[Standing.DUE] == 1


def test_a_school_that_gives_up_a_class_owes_less_and_loses_nothing(schools: Engine) -> None:
    third = "progress-sheet||1|3"
    with schools.begin() as db:
        school_work.report(db, call("e1", CONTACT, third), 1, NOW)
        school_work.take_part(
            db, STAFF, taking(MOBILE, {"granted": "2"}, school=MINE), find_edition, NOW
        )
        said = refused(lambda: school_work.report(db, call("e2", CONTACT, third), 1, NOW))
        school_work.take_part(db, STAFF, SCHOOL, find_edition, NOW)
        back = school_work.take_back(db, call("e3", CONTACT, third), 1, NOW)

    assert "沒有這一項" in said
    assert back.counts[Standing.DUE] == 1


@pytest.mark.parametrize("deed", list(Deed))
def test_a_contact_does_nothing_for_another_school(schools: Engine, deed: Deed) -> None:
    theirs = call("e1", CONTACT, school=OTHER)
    with schools.begin() as db:
        doings: dict[Deed, Callable[[], Outcome]] = {
            Deed.REPORT: lambda: school_work.report(db, theirs, 1, NOW),
            Deed.TAKE_BACK: lambda: school_work.take_back(db, theirs, 1, NOW),
            Deed.CONFIRM: lambda: school_work.confirm(db, theirs, 1, NOW),
            Deed.SEND_BACK: lambda: school_work.send_back(db, theirs, 1, "缺件", NOW),
            Deed.EXCUSE: lambda: school_work.excuse(db, theirs, 1, "停辦", NOW),
            Deed.OWE_AGAIN: lambda: school_work.owe_again(db, theirs, 1, NOW),
            Deed.EXTEND: lambda: school_work.extend(db, theirs, date(2018, 5, 1), "停課", NOW),
        }
        refused(doings[deed])
        own = replace(theirs, whose=SCHOOL.whose)
        if deed not in (Deed.REPORT, Deed.TAKE_BACK):
            theirs = own
            assert "承辦" in refused(doings[deed])
        with pytest.raises(Refused):
            school_work.take_part(db, CONTACT, SCHOOL, find_edition, NOW)
        with pytest.raises(Refused):
            school_work.leave(db, CONTACT, SCHOOL.whose, find_edition, NOW)

    assert (kept(schools), kept(schools, OTHER)) == ({}, {})


def test_another_channel_finds_no_school(schools: Engine) -> None:
    stranger = replace(STAFF, channel_id="other")
    with schools.begin() as db:
        assert "沒有參與" in refused(lambda: school_work.report(db, call("e1", stranger), 1, NOW))
        assert submissions.by_school(db, "other", "mobile-learning", "107") == {}
        assert participations.all(db, "other", "mobile-learning", "107") == []


def test_two_contacts_at_once_lose_nothing_and_never_hand_in_too_much(engine: Engine) -> None:
    slot, both = "counsel-sheet|spring|1|", Barrier(2)
    with engine.begin() as db:
        school_work.take_part(db, STAFF, SCHOOL, find_edition, NOW)
    said: list[str] = []

    def send(who: str) -> None:
        own = replace(CONTACT, id=who)
        both.wait()
        for n in range(4):
            wanted = slot if n == 0 else f"progress-sheet||{n}|{1 if who == 'U1' else 2}"
            try:
                with engine.begin() as db:
                    school_work.report(db, call(f"{who}-{n}", own, wanted), 1, NOW)
            except Refused as err:
                said.append(err.say)

    threads = [Thread(target=send, args=(who,)) for who in ("U1", "U2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = kept(engine)
    assert len(said) == 1  # of the one slot that both reported, one was first
    assert sum(t.sent for t in found.values()) == 7
    assert found[slot] == Tally(sent=1)


def test_reading_all_schools_takes_a_constant_number_of_queries(schools: Engine) -> None:
    with schools.begin() as db:
        for school in (MINE, OTHER):
            for n in range(1, 4):
                slot = f"progress-sheet||1|{n}"
                school_work.report(db, call(f"{school}{n}", slot=slot, school=school), 1, NOW)
    with schools.connect() as db, counted(schools) as sent:
        participations.all(db, "default", "mobile-learning", "107")
        submissions.by_school(db, "default", "mobile-learning", "107")

    assert len(sent) == 3


def test_a_school_sees_its_own_records_of_all_plans(schools: Engine) -> None:
    with schools.begin() as db:
        school_work.take_part(
            db, STAFF, taking(COOC, units=teachers("甲師"), school=MINE), find_edition, NOW
        )
        letter = Call(
            actor=CONTACT,
            whose=taking(COOC, school=MINE).whose,
            slot="nomination-sheet||0|",
            edition_of=find_edition,
            event_id="e9",
        )
        school_work.report(db, letter, 1, NOW, number="北市中教字第1110001234號")
        mine = participations.of_school(db, "default", MINE)
        found = submissions.of_school(db, "default", MINE)
        [piece] = submissions.pieces(db, "default", mine[0].id, letter.slot)

    assert [k.participation.plan for k in mine] == ["cooc-teacher", "mobile-learning"]
    assert set(found) == {COOC}
    assert piece.number == "北市中教字第1110001234號"


def test_who_did_it_is_shown_to_them_and_erased_with_them(schools: Engine) -> None:
    with schools.begin() as db:
        school_work.report(db, call("e1", CONTACT), 1, NOW)
        shown = traces.all_of(db, "default", "U1")
        traces.erase(db, "default", "U1", NOW)
        kept_of = participations.find(db, "default", SCHOOL.whose)
        assert kept_of
        [move] = submissions.moves(db, "default", kept_of.id)

    assert [row["slot"] for row in shown["submission_move"]] == [MARCH]
    assert move.actor_id is None
    assert kept(schools) == {MARCH: Tally(sent=1)}


def test_units_of_one_name_are_refused(engine: Engine) -> None:
    twice = taking(COOC, units=teachers("甲師", "甲師"))
    with engine.begin() as db:
        assert "重複" in refused(lambda: school_work.take_part(db, STAFF, twice, find_edition, NOW))
        school_work.take_part(db, STAFF, replace(twice, units=twice.units[:1]), find_edition, NOW)
        left = school_work.leave(db, STAFF, twice.whose, find_edition, NOW)
        again = school_work.leave(db, STAFF, twice.whose, find_edition, NOW)

        assert (left, again) == (True, False)
        assert participations.of_school(db, "default", twice.school_code) == []
