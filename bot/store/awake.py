"""Who may be written to now: nobody in their quiet hours, who wants Mondays on Mondays."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, or_

from bot.clock import TAIPEI
from bot.model.reminders import QUIET, Digest, NoticeKind
from bot.store.reminder_tables import PreferenceRow
from bot.store.tables import OutboxRow


def is_awake(today: datetime) -> ColumnElement[bool]:
    """Whether the person of a message of the outbox has no quiet hours at this instant.

    Also where it was due before them, and whoever sends was late. What staff answered goes out at
    any hour: its asker waits for it; and so does a broadcast that staff began at night.
    """
    return _unless(_sleeps(today), today)


def may_ring(today: datetime) -> ColumnElement[bool]:
    """The same; and who wants Mondays has one: for what waited beyond its own day."""
    not_monday = literal(today.astimezone(TAIPEI).weekday() != 0)
    not_today = and_(PreferenceRow.digest == Digest.WEEKLY, not_monday)
    return _unless(or_(_sleeps(today), not_today), today)


def _sleeps(today: datetime) -> ColumnElement[bool]:
    """Of a row of preferences: whether its person has quiet hours now."""
    now, house = literal(f"{today.astimezone(TAIPEI):%H:%M}"), [f"{h:%H:%M}" for h in QUIET]
    begin = func.coalesce(PreferenceRow.quiet_from, house[0])
    end = func.coalesce(PreferenceRow.quiet_to, house[1])
    # Hours are kept as 08:00, so that their order is that of their letters.
    return case((begin <= end, and_(begin <= now, now < end)), else_=or_(now >= begin, now < end))


def _unless(disturbed: ColumnElement[bool], today: datetime) -> ColumnElement[bool]:
    of_person = and_(
        PreferenceRow.channel_id == OutboxRow.channel_id,
        PreferenceRow.user_id == OutboxRow.user_id,
    )
    house_sleeps = not QUIET[1] <= today.astimezone(TAIPEI).time() < QUIET[0]
    one_awake = exists().where(of_person, not_(disturbed))
    none_asleep = not_(exists().where(of_person, disturbed))
    awake = one_awake if house_sleeps else none_asleep  # who set nothing sleeps with the house
    urgent = and_(OutboxRow.kind == NoticeKind.BROADCAST, OutboxRow.at_once)
    return or_(OutboxRow.kind == NoticeKind.ANSWER, urgent, awake)
