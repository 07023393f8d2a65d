"""What people want to be reminded of. What is to be pushed of it waits in the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store import outbox
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
    """Wish it no longer, and push nothing of it; False where it was not there."""
    outbox.drop_waiting(db, channel_id, user_id, beginning_of_keys(user_id, wish))
    gone = delete(WishRow).where(
        WishRow.channel_id == channel_id,
        WishRow.user_id == user_id,
        WishRow.plan == wish.plan,
        WishRow.edition == wish.edition,
        WishRow.date == wish.date,
        WishRow.case_key == wish.case_key,
    )
    return db.scalar(gone.returning(WishRow.user_id)) is not None


def beginning_of_keys(user_id: str, wish: Wish) -> str:
    """How the outbox's keys of all facts of this wish begin."""
    return f"wish:{user_id}:{wish.edition_key}#{wish.date}#{wish.case_key}#"


def of_person(db: Connection, channel_id: str, user_id: str) -> list[Wish]:
    """All that this person wants to be reminded of, in the order of wishing."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(WishRow.channel_id == channel_id, WishRow.user_id == user_id)
        .order_by(WishRow.made_at, *_COLUMNS)
    )
    return [Wish(**row._asdict()) for row in rows]
