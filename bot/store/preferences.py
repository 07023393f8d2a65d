"""How people want to be reminded: what they set, days of their own schools, single dates."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, time

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, select

from bot.model.reminders import Choice, Digest, OwnDate, Preferences
from bot.store.reminder_tables import ChoiceRow, OwnDateRow, PreferenceRow
from bot.store.upsert import insert_into

_HOURS = ("hour", "quiet_from", "quiet_to")


def of_person(db: Connection, channel_id: str, user_id: str) -> Preferences:
    """What this person set; nothing where they set nothing."""
    return of_people(db, channel_id, [user_id]).get(user_id, Preferences())


def of_people(db: Connection, channel_id: str, user_ids: Iterable[str]) -> dict[str, Preferences]:
    """What these people set, of those who set something."""
    whose = _is_of(PreferenceRow, channel_id, user_ids)
    rows = db.execute(select(PreferenceRow).where(whose)).mappings()
    return {row["user_id"]: _preferences(row) for row in rows}


def put(db: Connection, channel_id: str, user_id: str, wanted: Preferences, at: datetime) -> None:
    """Keep what this person wants from now on."""
    values = asdict(wanted)
    values |= {name: _words(values[name]) for name in _HOURS}
    values |= {"leads": None if wanted.leads is None else list(wanted.leads)}
    values |= {"digest": wanted.digest.value, "changed_at": at}
    new = insert_into(db, PreferenceRow).values(channel_id=channel_id, user_id=user_id, **values)
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "user_id"],
            set_={name: new.excluded[name] for name in values},
        )
    )


def put_own(db: Connection, channel_id: str, user_id: str, own: OwnDate, at: datetime) -> None:
    """Keep a day of this person's school; the one told before is no longer meant."""
    values = {**asdict(own), "made_at": at}
    new = insert_into(db, OwnDateRow).values(channel_id=channel_id, user_id=user_id, **values)
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "user_id", "plan", "edition", "kind"],
            set_={name: new.excluded[name] for name in ("due", "days", "hour", "made_at")},
        )
    )


def drop_own(db: Connection, channel_id: str, user_id: str, own: OwnDate) -> bool:
    """Keep it no longer; False where it was not there."""
    gone = delete(OwnDateRow).where(
        _is_of(OwnDateRow, channel_id, [user_id]),
        OwnDateRow.plan == own.plan,
        OwnDateRow.edition == own.edition,
        OwnDateRow.kind == own.kind,
    )
    return db.scalar(gone.returning(OwnDateRow.kind)) is not None


def own_dates(db: Connection, channel_id: str, user_ids: Iterable[str]) -> dict[str, list[OwnDate]]:
    """The days of their schools that these people told."""
    columns = [OwnDateRow.__table__.c[name] for name in OwnDate.__dataclass_fields__]
    rows = db.execute(
        select(OwnDateRow.user_id, *columns)
        .where(_is_of(OwnDateRow, channel_id, user_ids))
        .order_by(OwnDateRow.due, OwnDateRow.kind)
    )
    found: dict[str, list[OwnDate]] = {}
    for row in rows.mappings():
        own = OwnDate(**{name: row[name] for name in OwnDate.__dataclass_fields__})
        found.setdefault(row["user_id"], []).append(own)
    return found


def choose(
    db: Connection, who: tuple[str, str], stretch: str, wanted: Choice, at: datetime
) -> None:
    """Keep what this person wants of one date."""
    values = {"is_muted": wanted.is_muted, "later_at": wanted.later_at, "changed_at": at}
    new = insert_into(db, ChoiceRow).values(
        channel_id=who[0], user_id=who[1], stretch=stretch, **values
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "user_id", "stretch"],
            set_={name: new.excluded[name] for name in values},
        )
    )


def unmute(db: Connection, channel_id: str, user_id: str, stretches: Iterable[str]) -> None:
    """Forget what was chosen of these dates: they are wanted again."""
    db.execute(
        delete(ChoiceRow).where(
            _is_of(ChoiceRow, channel_id, [user_id]), ChoiceRow.stretch.in_(list(stretches))
        )
    )


def choices(
    db: Connection, channel_id: str, user_ids: Iterable[str]
) -> dict[str, dict[str, Choice]]:
    """What these people chose of single dates, by the key of the stretch."""
    rows = db.execute(
        select(ChoiceRow.user_id, ChoiceRow.stretch, ChoiceRow.is_muted, ChoiceRow.later_at).where(
            _is_of(ChoiceRow, channel_id, user_ids)
        )
    )
    found: dict[str, dict[str, Choice]] = {}
    for user_id, stretch, is_muted, later_at in rows:
        found.setdefault(user_id, {})[stretch] = Choice(is_muted=is_muted, later_at=later_at)
    return found


def hour_read(words: str | None) -> time | None:
    """An hour as a column keeps it."""
    return time.fromisoformat(words) if words else None


def _words(hour: time | None) -> str | None:
    return f"{hour:%H:%M}" if hour is not None else None


def _preferences(row: RowMapping) -> Preferences:
    return Preferences(
        hour=hour_read(row["hour"]),
        leads=None if row["leads"] is None else tuple(row["leads"]),
        quiet_from=hour_read(row["quiet_from"]),
        quiet_to=hour_read(row["quiet_to"]),
        digest=Digest(row["digest"]),
        paused_until=row["paused_until"],
        is_stopped=row["is_stopped"],
    )


def _is_of(
    table: type[PreferenceRow | OwnDateRow | ChoiceRow], channel_id: str, user_ids: Iterable[str]
) -> ColumnElement[bool]:
    return and_(table.channel_id == channel_id, table.user_id.in_(list(user_ids)))
