"""What is wrong, decided from what was noted. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.answers import alarm_words as words
from bot.model.alarms import Alarm, Vitals
from bot.model.edition import Edition
from bot.rules import ending

LATE = timedelta(minutes=10)  # without a round of any worker
STUCK = timedelta(hours=1)
LATELY = timedelta(hours=1)
CLOCK = "clock"
WEEKLY = 7  # days: a plan's next year is not found within one


def is_stopped(vitals: Vitals, now: datetime, since: datetime) -> bool:
    """Whether no worker comes round.

    Args:
        since: when whoever asks began to look: a worker may just be starting.
    """
    return now - max(vitals.ticked_at or since, since) > LATE


def of_clock(vitals: Vitals) -> Alarm:
    """That no worker comes round."""
    return Alarm(fact=CLOCK, words=words.clock_stopped(vitals.ticked_at))


def of_sending(vitals: Vitals, now: datetime, today: datetime) -> list[Alarm]:
    """That LINE refuses us, or that nothing goes out.

    Args:
        now: of the real clock.
        today: of the clock that stamps events, by which messages are due.
    """
    if is_refused(vitals, now):
        return [Alarm(fact="refused", words=words.refused(vitals.refused_why))]
    due, sent = vitals.due_since, vitals.sent_at
    if due is None or today - due < STUCK or (sent is not None and now - sent < STUCK):
        return []
    return [Alarm(fact="stuck", words=words.stuck(due))]


def is_refused(vitals: Vitals, now: datetime) -> bool:
    """Whether LINE refused us lately, and took nothing since."""
    return vitals.refused_at is not None and now - vitals.refused_at < LATELY


def of_knowledge(editions: Sequence[Edition], day: date) -> list[Alarm]:
    """That plans are out of date."""
    ended = [
        Alarm(fact=f"ended:{one.plan}", words=words.outlived(one), every=WEEKLY)
        for one in ending.outlived(editions, day)
    ]
    unchecked = [
        Alarm(fact=f"unchecked:{one.key}", words=words.unchecked(one), every=WEEKLY)
        for one in ending.unchecked(editions, day)
    ]
    return ended + unchecked
