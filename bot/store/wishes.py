"""What people want to be reminded of. When they are to be told of it stands in `follow`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.own_tables import WishRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A date that somebody wants to be reminded of: one case of it."""

    plan: str
    edition: str
    date: str  # id of the entry
    case_key: str

    @property
    def edition_key(self) -> str:
        """Names the edition: plan/edition."""
        return f"{self.plan}/{self.edition}"


_COLUMNS = [WishRow.__table__.c[name] for name in Wish.__dataclass_fields__]


def put(db: Connection, channel_id: str, user_id: str, wish: Wish, at: datetime) -> bool:
    """Keep the wish; False where it was there before."""
    new = insert_into(db, WishRow).values(
        channel_id=channel_id,
        user_id=user_id,
        plan=wish.plan,
        edition=wish.edition,
        date=wish.date,
        case_key=wish.case_key,
        made_at=at,
    )
    return db.scalar(new.on_conflict_do_nothing().returning(WishRow.user_id)) is not None


def drop(db: Connection, channel_id: str, user_id: str, wish: Wish) -> bool:
    """Wish it no longer; False where it was not there."""
    gone = delete(WishRow).where(
        WishRow.channel_id == channel_id,
        WishRow.user_id == user_id,
        WishRow.plan == wish.plan,
        WishRow.edition == wish.edition,
        WishRow.date == wish.date,
        WishRow.case_key == wish.case_key,
    )
    return db.scalar(gone.returning(WishRow.user_id)) is not None


def of_person(db: Connection, channel_id: str, user_id: str) -> list[Wish]:
    """All that this person wants to be reminded of, in the order of wishing."""
    return of_people(db, channel_id, [user_id]).get(user_id, [])


def of_people(db: Connection, channel_id: str, user_ids: Sequence[str]) -> dict[str, list[Wish]]:
    """The same of many people, by person."""
    rows = db.execute(
        select(WishRow.user_id, *_COLUMNS)
        .where(WishRow.channel_id == channel_id, WishRow.user_id.in_(user_ids))
        .order_by(WishRow.made_at, *_COLUMNS)
    )
    found: dict[str, list[Wish]] = {}
    for user_id, *values in rows:
        wish = Wish(**dict(zip(Wish.__dataclass_fields__, values, strict=True)))
        found.setdefault(user_id, []).append(wish)
    return found
