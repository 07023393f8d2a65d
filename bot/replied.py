"""What becomes of replies after the commit: settled, left behind by a dead process, refused."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from bot.handlers import telling
from bot.store import events, left_behind, pulses, riding
from bot.store.events import Owed, Settled
from bot.store.tables import EventState

log = logging.getLogger(__name__)

USED_UP = "Invalid reply token"  # LINE's words; also for one that is too old


def take_left_behind(engine: Engine, now: datetime) -> list[Owed]:
    """Answers that a dead process owed and whose token lives; the others are given up.

    What is given must be sent by the caller; no other process will be given it meanwhile.
    """
    with engine.begin() as db:
        lost = left_behind.close_stale(db, now)
        for channel_id, event_id in lost:
            telling.take_back(db, channel_id, [event_id], now)
        found = left_behind.claim_left_behind(db, now)
    for _, event_id in lost:
        log.error("the answer to event %s was lost: its token ran out", event_id)
    return found


def settle_replies(engine: Engine, results: Sequence[Settled], now: datetime) -> None:
    """Write down how replies ended; what a lost one told beside its own words is told again.

    A token that was used up in an earlier try says that the reply arrived then.
    """
    told = [r for r in results if r.state is EventState.SENT and r.carries]
    used_up = {(r.channel_id, r.event_id) for r in results if USED_UP in r.error}
    with engine.begin() as db:
        all_lost = events.settle(db, results)  # first: see the order of locks in `referrals`
        riding.arrive(db, [(r.channel_id, r.event_id) for r in told], now)
        for lost in all_lost:
            if lost in used_up and events.tries_of(db, *lost) > 1:
                events.presume_sent(db, *lost)
                riding.doubt(db, *lost, now)
            else:
                telling.take_back(db, lost[0], [lost[1]], now)


def note_refusal(engine: Engine, channel_id: str, error: str, now: datetime) -> None:
    """Note that LINE refused a reply for who we are: staff are told of it."""
    with engine.begin() as db:
        pulses.note_refusal(db, channel_id, error, now)
