"""Telling what waited for somebody: what staff answered above the next reply, reminders below it.

Handlers do not know of it: dispatch puts it around whatever they say. Where nobody writes, it is
pushed: staff's answer where that was asked for, reminders at their time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.answers.quoting import quoted
from bot.clock import taipei_day
from bot.messages import Answer, Card, Incoming, Outcome, Row, together
from bot.model.when import Point
from bot.store import outbox, referrals, riding
from bot.store.outbox import Notice
from bot.store.referrals import Passed

STAFFS_ANSWER = "承辦人員的答覆"
AT_ONCE = 5  # cards above one reply; the others are told with the next one
WITH_ROOM = 3  # parts of a reply: below more than these nothing comes along
OF_USE = timedelta(days=7)  # for a push; the next reply tells it however late


def card_of(passed: Passed) -> Card:
    """What staff answered to a question that was passed on, as its asker sees it."""
    if passed.answer is None or passed.answered_at is None:
        raise ValueError(f"referral {passed.id} has no answer")
    day = Point.parse(taipei_day(passed.answered_at).isoformat())
    return Card(
        title=STAFFS_ANSWER,
        lead=passed.answer,
        facts=(f"您問的是{quoted(passed.text)}", f"{day.words()}答覆"),
    )


def announce(db: Connection, passed: Passed, now: datetime) -> None:
    """Queue the push of an answer, where its asker wanted one; does nothing else.

    Call it in the transaction that keeps the answer. Twice is once.
    """
    if not passed.wants_push or passed.answer is None or passed.told_at is not None:
        return
    outbox.put(
        db,
        Notice(
            channel_id=passed.channel_id,
            user_id=passed.user_id,
            key=referrals.key_of(passed.id),
            answer=Answer(parts=(card_of(passed),), outcome=Outcome.CHAT),
            made_at=now,
            not_before=now,
            expires_at=now + OF_USE,
        ),
    )


def with_untold(db: Connection, incoming: Incoming, answer: Answer) -> Answer:
    """The answer to an event, below what staff answered to its writer meanwhile.

    What is told so is noted as told, and its push is dropped. What is being pushed at this very
    moment is left to the push: until this transaction ends, no push can be noted as told.
    """
    if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
        return answer
    channel_id = incoming.channel_id
    waiting = referrals.untold(db, channel_id, incoming.user_id)[:AT_ONCE]
    if not waiting:
        return answer
    keys = [referrals.key_of(passed.id) for passed in waiting]
    flying = outbox.void(db, channel_id, keys, incoming.at)
    ids = [passed.id for passed in waiting if referrals.key_of(passed.id) not in flying]
    told = referrals.mark_told(db, channel_id, ids, incoming.at, incoming.event_id)
    if not told:
        return answer
    cards = tuple(card_of(passed) for passed in waiting if passed.id in told)
    return replace(answer, parts=(cards[0] if len(cards) == 1 else Row(cards), *answer.parts))


def with_reminders(db: Connection, incoming: Incoming, answer: Answer) -> Answer:
    """The answer to an event, above what its writer is still to be reminded of today: it is free.

    What comes along so is not pushed; where the reply is lost, it waits again.
    """
    if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
        return answer
    if not 0 < len(answer.parts) <= WITH_ROOM:
        return answer  # to what is met with silence, reminders are no answer either
    who = (incoming.channel_id, incoming.user_id)
    waited = riding.take(db, *who, incoming.event_id, incoming.at)
    if not waited:
        return answer
    parts = together(waited).parts
    return replace(answer, parts=(*answer.parts, *parts), riding=len(parts))


def told_anew(db: Connection, incoming: Incoming, answer: Answer) -> Answer:
    """An answer that never went out, above it what staff answered and nobody has told meanwhile.

    What it was to tell before may have been pushed since, or told by another reply.
    """
    take_back(db, incoming.channel_id, [incoming.event_id], incoming.at)
    own = replace(answer, parts=answer.parts[: len(answer.parts) - answer.riding], riding=0)
    return with_reminders(db, incoming, with_untold(db, incoming, _without_told(own)))


def _without_told(answer: Answer) -> Answer:
    first, *rest = answer.parts or (None,)
    cards = first.cards if isinstance(first, Row) else (first,)
    told = all(isinstance(card, Card) and card.title == STAFFS_ANSWER for card in cards)
    return replace(answer, parts=tuple(part for part in rest if part)) if told else answer


def take_back(db: Connection, channel_id: str, event_ids: Sequence[str], at: datetime) -> None:
    """What these events' replies told was not heard: they never went out. It is told again."""
    again = referrals.untell(db, channel_id, event_ids) if event_ids else []
    if again:
        keys = [referrals.key_of(referral_id) for referral_id in again]
        outbox.revive(db, channel_id, keys, at)
    for event_id in event_ids:
        riding.miss(db, channel_id, event_id, at)
