"""What is wrong just now: begun, told once a day, over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from bot.model.alarms import Alarm
from bot.store.upsert import insert_into
from bot.store.watch_tables import AlarmRow


@dataclass(frozen=True, slots=True)
class AlarmNews:
    """What whoever asked is to tell staff; nobody else is given it."""

    wrong: tuple[Alarm, ...] = ()
    over: tuple[Alarm, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wrong or self.over)


def keep(
    db: Connection, channel_id: str, found: Sequence[Alarm], now: datetime, day: date
) -> tuple[Alarm, ...]:
    """Note what is wrong; gives what is to be told today and was not."""
    told = []
    for alarm in found:
        its = (AlarmRow.channel_id == channel_id, AlarmRow.fact == alarm.fact)
        begun = {"words": alarm.words, "began_at": now, "over_at": None}
        new = insert_into(db, AlarmRow).values(channel_id=channel_id, fact=alarm.fact, **begun)
        db.execute(new.on_conflict_do_nothing())
        db.execute(update(AlarmRow).where(*its, AlarmRow.over_at.is_not(None)).values(**begun))
        long_ago = AlarmRow.told_on <= day - timedelta(days=alarm.every)
        its_turn = (*its, or_(AlarmRow.told_on.is_(None), long_ago))
        chosen = update(AlarmRow).where(*its_turn).values(told_on=day, words=alarm.words)
        if db.scalar(chosen.returning(AlarmRow.fact)):
            told.append(alarm)
    return tuple(told)


def end(
    db: Connection, channel_id: str, lasting: Sequence[Alarm], now: datetime
) -> tuple[Alarm, ...]:
    """All else is over; gives what was wrong until now and had been told."""
    facts = [alarm.fact for alarm in lasting]
    gone = (
        update(AlarmRow)
        .where(
            AlarmRow.channel_id == channel_id,
            AlarmRow.over_at.is_(None),
            AlarmRow.fact.not_in(facts),
        )
        .values(over_at=now)
        .returning(AlarmRow.fact, AlarmRow.words, AlarmRow.told_on)
    )
    rows = sorted(db.execute(gone).all())
    return tuple(Alarm(fact=row.fact, words=row.words) for row in rows if row.told_on)


def active(db: Connection, channel_id: str) -> list[Alarm]:
    """What is wrong now, the oldest first."""
    rows = db.execute(
        select(AlarmRow.fact, AlarmRow.words)
        .where(AlarmRow.channel_id == channel_id, AlarmRow.over_at.is_(None))
        .order_by(AlarmRow.began_at, AlarmRow.fact)
    )
    return [Alarm(fact=row.fact, words=row.words) for row in rows]
