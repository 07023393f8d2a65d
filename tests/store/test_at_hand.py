"""Two looks say what is kept around an event: they miss nothing that its own room would find."""

import pytest
from sqlalchemy import Connection, Engine, update

from bot.model.deeds import Enrolment
from bot.model.talk import Talk
from bot.store import at_hand, enrolments, interviews, outbox, referrals, talks
from bot.store.interviews import Told
from bot.store.outbox import Notice
from bot.store.own_questions import OwnQuestion
from bot.store.tables import OPEN, OutboxRow, OutboxState
from tests.store.counted import counted
from tests.store.entries_of import put as put_entry
from tests.store.events_of import NOON, YES, after

WHO = ("default", "U1")


def untold(db: Connection, version: str = "v1", who: tuple[str, str] = WHO) -> bool:
    return at_hand.is_anything_untold(db, *who, version)


def enrol(db: Connection) -> Enrolment:
    wanted = Enrolment(id="", plan="garden", edition="111", track="teacher", joined_at=NOON)
    return enrolments.join(db, *WHO, wanted)


def test_of_a_stranger_nothing_is_at_hand_and_two_queries_say_so(engine: Engine) -> None:
    with engine.begin() as db, counted(engine) as sent:
        found = at_hand.look(db, "default", "U1", "U1")
        waits = untold(db)

    assert found == at_hand.AtHand(talk=None, told=(), has_joined=False)
    assert not waits
    assert len(sent) == 2


def test_what_was_said_told_joined_and_added_by_staff_is_seen(engine: Engine) -> None:
    talk = Talk(at=NOON, plan="garden", text="哪一天", recent={"garden": "哪一天"})
    kept = put_entry(engine)
    with engine.begin() as db:
        talks.put(db, "default", "U1", talk, NOON)
        interviews.put(db, *WHO, Told("garden/111#may", {"hours": "3"}, NOON))
        enrol(db)

        found = at_hand.look(db, "default", "U1", "U1")
        another = at_hand.look(db, "default", "U2", "U2")
        elsewhere = at_hand.look(db, "county", "U1", "U1")

    assert (found.talk, found.told, found.has_joined) == (talk, None, True)
    assert found.staff_changed_at == another.staff_changed_at == kept.made_at
    assert (another.talk, another.told, another.has_joined) == (None, (), False)
    assert elsewhere == at_hand.AtHand(talk=None, told=(), has_joined=False)


def test_a_track_that_was_left_is_no_longer_at_hand(engine: Engine) -> None:
    with engine.begin() as db:
        enrolments.leave(db, "default", enrol(db), after(1))

        assert not at_hand.look(db, "default", "U1", "U1").has_joined
        assert not untold(db, "v2")


def test_other_words_of_the_plans_are_untold_until_they_are_marked(engine: Engine) -> None:
    with engine.begin() as db:
        joined = enrol(db)
        enrolments.mark_seen(db, "default", joined, {}, "v1")

        assert not untold(db, "v1")
        assert untold(db, "v2")
        assert not untold(db, "v2", ("default", "U2"))


@pytest.mark.parametrize("state", OPEN)
def test_what_lies_in_the_outbox_is_untold_until_it_went(
    engine: Engine, state: OutboxState
) -> None:
    notice = Notice(
        channel_id="default",
        user_id="U1",
        key="fact:1",
        answer=YES,
        made_at=NOON,
        not_before=NOON,
        expires_at=after(3600),
    )
    with engine.begin() as db:
        outbox.put(db, notice)
        db.execute(update(OutboxRow).values(state=state))
        assert untold(db)

        outbox.void(db, "default", ["fact:1"], NOON)

        assert not untold(db)


def test_staffs_answer_is_untold_until_it_is_marked_as_told(engine: Engine) -> None:
    with engine.begin() as db:
        asked = OwnQuestion(
            channel_id="default",
            webhook_event_id="E1",
            user_id="U1",
            asked_at=NOON,
            text="停車要錢嗎",
            plan="garden",
            entry="",
        )
        passed, _ = referrals.pass_on(db, asked, "", "", NOON)
        assert not untold(db)
        referrals.answer(db, passed, "可以。", "U-clerk", NOON)
        assert untold(db)

        referrals.mark_told(db, "default", [passed.id], NOON)

        assert not untold(db)
