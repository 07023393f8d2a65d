"""What staff may do with a broadcast, and what nobody may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot import broadcast_work as work
from bot.broadcasts.forecast import forecast
from bot.errors import AskAgain
from bot.model import audience
from bot.model.audience import AllOf, AnyOf, AtSchools, Being, Position
from bot.model.broadcasts import (
    BEFORE_START,
    MOVES,
    Broadcast,
    BroadcastState,
    Draft,
    TextPiece,
)
from bot.store import audiences, quotas
from bot.store.broadcast_tables import BroadcastRow, RecipientRow
from bot.store.tables import OutboxRow
from tests.delivery.announced import (
    AUTHOR,
    HELLO,
    OTHER,
    SOURCES,
    desk,
    found,
    handed_in,
    known,
    run,
)
from tests.store.counted import counted
from tests.store.events_of import NOON

S = BroadcastState
OTHER_WORDS = Draft(pieces=(TextPiece("改成6月21日停機。"),))


def waiting(engine: Engine) -> Broadcast:
    """One that needs a second person, and waits for them."""
    known(engine, "U1", "U2", "U3")
    with engine.begin() as db:
        work.set_approval_above(desk(db), 2)
    return handed_in(engine)


def test_a_small_one_goes_by_itself_and_a_large_one_waits_for_a_second_person(
    engine: Engine,
) -> None:
    known(engine, "U1", "U2")

    small = handed_in(engine)
    large = waiting(engine)
    run(engine)

    assert (small.state, small.reach) == (S.SCHEDULED, 2)
    assert (large.state, large.reach) == (S.APPROVAL, 3)
    assert found(engine, large.id).state is S.APPROVAL  # the worker starts none of them


def test_nobody_approves_what_they_wrote_under_whichever_name(engine: Engine) -> None:
    large = waiting(engine)
    same_person = replace(OTHER, also=frozenset({AUTHOR.id}))

    for clerk in (AUTHOR, same_person):
        with engine.begin() as db, pytest.raises(AskAgain, match="另一位"):
            work.approve(desk(db, clerk), large.id, large.revision)
    with engine.begin() as db:
        approved = work.approve(desk(db, OTHER), large.id, large.revision)

    assert (approved.state, approved.approved_by) == (S.SCHEDULED, OTHER.id)


def test_whoever_edits_is_an_author_too_and_an_edit_ends_the_approval(engine: Engine) -> None:
    large = waiting(engine)
    with engine.begin() as db:
        work.approve(desk(db, OTHER), large.id, large.revision)
        edited = work.edit(desk(db, OTHER), large.id, OTHER_WORDS)
        again = work.hand_in(desk(db, OTHER), large.id, edited.revision)

        with pytest.raises(AskAgain):
            work.approve(desk(db, OTHER), large.id, again.revision)

    assert (edited.state, edited.approved_by) == (S.DRAFT, "")
    assert again.state is S.APPROVAL


def test_what_was_changed_since_it_was_seen_is_not_sent(engine: Engine) -> None:
    known(engine, "U1")
    with engine.begin() as db:
        made = work.compose(desk(db), HELLO)
        work.edit(desk(db), made.id, OTHER_WORDS)

        with pytest.raises(AskAgain, match="改過"):
            work.hand_in(desk(db), made.id, made.revision)


def test_an_audience_that_grew_over_the_size_needs_approval_when_it_is_to_start(
    engine: Engine,
) -> None:
    known(engine, "U1", "U2")
    with engine.begin() as db:
        work.set_approval_above(desk(db), 2)
    small = handed_in(engine)
    known(engine, "U3")

    run(engine)

    assert (found(engine, small.id).state, found(engine, small.id).reach) == (S.APPROVAL, 3)


def test_recipients_and_words_are_fixed_at_the_start(engine: Engine) -> None:
    known(engine, "U1", "U2")
    started = handed_in(engine)
    run(engine)
    known(engine, "U3")
    run(engine)

    with engine.begin() as db:
        with pytest.raises(AskAgain, match="不能再修改"):
            work.edit(desk(db), started.id, OTHER_WORDS)
        assert sorted(db.scalars(select(RecipientRow.user_id))) == ["U1", "U2"]
        assert sorted(db.scalars(select(OutboxRow.user_id))) == ["U1", "U2"]


def test_it_starts_when_its_time_comes_and_not_before(engine: Engine) -> None:
    known(engine, "U1")
    tomorrow = NOON + timedelta(days=1)
    later = handed_in(engine, replace(HELLO, starts_at=tomorrow))

    assert run(engine, tomorrow - timedelta(seconds=1)) == 0
    assert run(engine, tomorrow) == 1
    assert found(engine, later.id).began_at == tomorrow


def test_one_whose_audience_cannot_be_decided_any_more_keeps_no_other_from_its_start(
    engine: Engine,
) -> None:
    known(engine, "U1")
    first, second = handed_in(engine), handed_in(engine)
    of_schools = audience.to_plain(AtSchools(("123456",)))
    with engine.begin() as db:
        db.execute(
            BroadcastRow.__table__.update()
            .where(BroadcastRow.id == first.id)
            .values(audience=of_schools)
        )

    run(engine)

    assert (found(engine, first.id).state, found(engine, second.id).state) == (S.DRAFT, S.RUNNING)


@pytest.mark.parametrize(
    "draft",
    [
        replace(HELLO, audience=AnyOf(())),  # nobody
        replace(HELLO, audience=AtSchools(("123456",))),  # nothing is known of schools
        replace(HELLO, starts_at=NOON - timedelta(days=1)),
        replace(HELLO, starts_at=NOON + timedelta(days=400)),
    ],
)
def test_what_cannot_be_sent_is_said_when_it_is_handed_in(engine: Engine, draft: Draft) -> None:
    known(engine, "U1")
    with engine.begin() as db:
        made = work.compose(desk(db), draft)

        with pytest.raises(AskAgain):
            work.hand_in(desk(db), made.id, made.revision)

        assert work._held(desk(db), made.id).state is S.DRAFT


DEEDS: dict[str, Callable[[Any, Broadcast], Broadcast]] = {
    "edit": lambda d, b: work.edit(d, b.id, OTHER_WORDS),
    "hand_in": lambda d, b: work.hand_in(d, b.id, b.revision),
    "approve": lambda d, b: work.approve(d, b.id, b.revision),
    "send_back": lambda d, b: work.send_back(d, b.id, "再改"),
    "pause": lambda d, b: work.pause(d, b.id),
    "resume": lambda d, b: work.resume(d, b.id),
    "cancel": lambda d, b: work.cancel(d, b.id),
}


@pytest.mark.parametrize("state", list(S))
def test_no_deed_takes_a_way_that_there_is_not(engine: Engine, state: S) -> None:
    known(engine, "U1")
    with engine.begin() as db:
        made = work.compose(desk(db), HELLO)
    ways = set()
    for name, deed in DEEDS.items():
        with engine.connect() as db, db.begin():
            db.execute(BroadcastRow.__table__.update().values(state=state))
            try:
                after = deed(desk(db, OTHER), work._held(desk(db), made.id))
                ways.add((name, after.state))
            except AskAgain:
                pass
            db.rollback()

    assert all(to in MOVES[state] or (name == "edit" and to is S.DRAFT) for name, to in ways)
    assert (("edit", S.DRAFT) in ways) is (state in BEFORE_START)
    assert bool(ways) is (state not in (S.DONE, S.CANCELLED))


def test_every_deed_is_noted_with_who_what_before_and_after(engine: Engine) -> None:
    known(engine, "U1")
    notes: list[tuple[Any, ...]] = []
    with engine.begin() as db:
        at = desk(db, note=lambda *said: notes.append(said[1:]))
        made = work.compose(at, HELLO)
        work.edit(at, made.id, OTHER_WORDS)
        work.cancel(at, made.id)

    assert [(note[3], note[4]) for note in notes] == [
        ("broadcast.compose", made.id),
        ("broadcast.edit", made.id),
        ("broadcast.cancelled", made.id),
    ]
    assert notes[1][5:] == ("6月20日系統停機一天。｜全部的人", "改成6月21日停機。｜全部的人")
    assert {note[2] for note in notes} == {AUTHOR.name}


def test_secrets_are_refused_and_an_office_telephone_is_not(engine: Engine) -> None:
    with engine.begin() as db:
        with pytest.raises(AskAgain, match="身分證"):
            work.compose(desk(db), Draft(pieces=(TextPiece("名單：A123456789"),)))
        work.compose(desk(db), Draft(pieces=(TextPiece("請洽 02-27208889 分機1238"),)))

        assert len(db.execute(select(BroadcastRow.id)).all()) == 1


def test_the_cost_is_known_before(engine: Engine) -> None:
    known(engine, *(f"U{n}" for n in range(30)))
    with engine.begin() as db:
        quotas.keep_reading(db, "default", (200, 180), NOON, NOON)
        cost = forecast(db, "default", HELLO.audience, SOURCES, NOON)

    assert (cost.people, cost.messages, cost.left, cost.left_after) == (30, 30, 20, -10)
    assert cost.is_short


def test_an_audience_costs_as_many_queries_for_many_people_as_for_one(engine: Engine) -> None:
    wanted = AllOf((Being(Position.TEACHER), AnyOf((Being(Position.STAFF), HELLO.audience))))
    sent = []
    for names in (["U1"], [f"U{n}" for n in range(300)]):
        known(engine, *names)
        with counted(engine) as queries, engine.connect() as db:
            forecast(db, "default", wanted, SOURCES, NOON)
        sent.append(len(queries))

    assert sent[0] == sent[1] < 10


def test_a_saved_audience_is_found_by_its_name_and_replaced(engine: Engine) -> None:
    with engine.begin() as db:
        for codes in (("1",), ("2", "3")):
            work.save_audience(desk(db), " 先導  學校 ", AtSchools(codes))
        kept = audiences.all_saved(db, "default")

    assert [(one.name, one.audience) for one in kept] == [("先導 學校", AtSchools(("2", "3")))]
