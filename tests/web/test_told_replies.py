"""Staff's answer above a reply: told when the reply went out, and not before."""

import pytest
from sqlalchemy import select

from bot import clock
from bot.messages import Outcome, Why
from bot.replied import settle_replies
from bot.simulator.faults import Fault
from bot.store import events, own_questions, people, questions, referrals
from bot.store.events import Settled
from bot.store.tables import EventState, Referral
from tests.store.events_of import NOON, incoming
from tests.web.running import Running, soon

ANSWER = "坐火箭。"


def answered(bot: Running) -> None:
    """A question of U1's, passed on and answered."""
    asked = incoming("E0")
    with bot.house.engine.begin() as db:
        people.see(db, "default", "U1", NOON)
        events.put_first_seen(db, asked, NOON)
        questions.put(
            db,
            [
                questions.Asked(
                    incoming=asked, text="火星怎麼去", outcome=Outcome.UNKNOWN, why=Why()
                )
            ],
        )
        logged = own_questions.find(db, "default", "E0", "U1")
        assert logged
        passed, _ = referrals.pass_on(db, logged, "", "", NOON)
        referrals.answer(db, passed, ANSWER, "U-clerk", NOON)


def is_told(bot: Running) -> bool:
    with bot.house.engine.connect() as db:
        return db.scalar(select(Referral.told_at)) is not None


def test_an_answer_goes_out_above_the_reply(bot: Running) -> None:
    answered(bot)
    asked = bot.event()

    bot.post(asked)

    [[first, second]] = bot.said_to(asked)
    assert ANSWER in first
    assert "什麼時候報名" in second
    assert is_told(bot)


@pytest.mark.parametrize("fault", [Fault(status=400), Fault(status=503)])
def test_an_answer_in_a_reply_that_never_went_out_was_not_told(bot: Running, fault: Fault) -> None:
    answered(bot)
    bot.platform.faults.add(fault)
    bot.post(bot.event())
    bot.settled()

    bot.house.tick(soon(60))

    assert bot.settled()["01A"] is EventState.LOST
    assert not is_told(bot)


def test_a_reply_that_another_process_sent_was_told_whatever_ours_was_answered(
    bot: Running,
) -> None:
    answered(bot)
    asked = bot.event()
    bot.post(asked)
    bot.settled()
    assert is_told(bot)

    # Ours was slow: it was taken over and sent, and then LINE refused the used token.
    refused = Settled(
        channel_id="default", event_id="01A", state=EventState.LOST, error="400 invalid token"
    )
    settle_replies(bot.house.engine, [refused], clock.now())

    assert bot.settled()["01A"] is EventState.SENT
    assert is_told(bot)
