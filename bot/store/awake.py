"""Who may be written to now: nobody in their quiet hours, who wants Mondays on Mondays."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, or_

from bot.clock import TAIPEI
from bot.model.reminders import QUIET, Digest, NoticeKind
from bot.store.reminder_tables import PreferenceRow
from bot.store.tables import OutboxRow


def may_ring(today: datetime) -> ColumnElement[bool]:
    """Whether a message of the outbox may go to its person at this instant.

    For what waited beyond its own hour; what staff answered goes out at any hour, as it always did.
    """
    here = today.astimezone(TAIPEI)
    now, house = literal(f"{here:%H:%M}"), [f"{hour:%H:%M}" for hour in QUIET]
    begin = func.coalesce(PreferenceRow.quiet_from, house[0])
    end = func.coalesce(PreferenceRow.quiet_to, house[1])
    sleeps = case((begin <= end, and_(begin <= now, now < end)), else_=or_(now >= begin, now < end))
    # Hours are kept as 08:00, so that their order is that of their letters.
    not_today = and_(PreferenceRow.digest == Digest.WEEKLY, literal(here.weekday() != 0))
    undisturbed = or_(sleeps, not_today)
    of_person = and_(
        PreferenceRow.channel_id == OutboxRow.channel_id,
        PreferenceRow.user_id == OutboxRow.user_id,
    )
    house_sleeps = not QUIET[1] <= here.time() < QUIET[0]
    one_awake = exists().where(of_person, not_(undisturbed))
    none_asleep = not_(exists().where(of_person, undisturbed))
    awake = one_awake if house_sleeps else none_asleep  # who set nothing sleeps with the house
    return or_(OutboxRow.kind == NoticeKind.ANSWER, awake)
