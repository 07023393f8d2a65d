"""Tries to sign in: counted before anything is checked, forgiven when it was right.

So as many as come at once are counted, and whether an account exists makes no difference.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.store.account_tables import SignInTry
from bot.store.upsert import insert_into

FORGOTTEN_AFTER = timedelta(hours=24)
LONGEST_REST = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a row under keys of this kind; then a rest, twice as long each time."""

    kind: str
    most: int
    rest: timedelta = timedelta(minutes=15)

    def rest_after(self, rests: int) -> timedelta:
        """How long the next rest is, after so many."""
        return min(self.rest * (1 << min(rests, 8)), LONGEST_REST)


MAIL = Limit("mail", 5)
FACTOR = Limit("factor", 5)
# A whole office comes from one address: it may err more often than one person.
ADDRESS = Limit("address", 30)


def take(db: Connection, channel_id: str, limit: Limit, key: str, now: datetime) -> datetime | None:
    """Count one try under this key; until when it must rest instead, None: it may be made."""
    db.execute(
        delete(SignInTry).where(
            SignInTry.channel_id == channel_id, SignInTry.tried_at <= now - FORGOTTEN_AFTER
        )
    )
    key_hash = _hash(limit, key)
    new = insert_into(db, SignInTry).values(
        channel_id=channel_id, key_hash=key_hash, tries=0, rests=0, tried_at=now
    )
    db.execute(new.on_conflict_do_nothing())
    this = (SignInTry.channel_id == channel_id, SignInTry.key_hash == key_hash)
    row = db.execute(
        select(SignInTry.tries, SignInTry.rests, SignInTry.rests_until)
        .where(*this)
        .with_for_update()
    ).one()
    if row.rests_until and row.rests_until > now:
        until: datetime = row.rests_until
        return until
    values: dict[str, object] = {"tries": row.tries + 1, "tried_at": now, "rests_until": None}
    if row.tries + 1 >= limit.most:
        rests_until = now + limit.rest_after(row.rests)
        values |= {"tries": 0, "rests": row.rests + 1, "rests_until": rests_until}
    db.execute(update(SignInTry).where(*this).values(**values))
    return None


def forgive(db: Connection, channel_id: str, limit: Limit, key: str) -> None:
    """Forget the tries under this key: the last one was right."""
    db.execute(
        delete(SignInTry).where(
            SignInTry.channel_id == channel_id, SignInTry.key_hash == _hash(limit, key)
        )
    )


def _hash(limit: Limit, key: str) -> str:
    return hashlib.sha256(f"{limit.kind}:{key}".encode()).hexdigest()
