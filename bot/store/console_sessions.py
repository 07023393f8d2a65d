"""Sessions of the console: made at sign-in, ended by time, by their owner or by an admin."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from bot.store.account_tables import ConsoleSession, WayIn
from bot.store.accounts import Account

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
ON_THE_WAY = timedelta(minutes=15)  # between the password and the last step of the way in
NOTED_EVERY = timedelta(minutes=1)  # that it was seen: not with every request
BYTES = 32
MOST_OF_BROWSER = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One session, without its secret id."""

    id_hash: str
    channel_id: str
    account_id: str | None
    stage: WayIn
    browser: str
    by_provider: bool
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    away: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new session is for."""

    stage: WayIn
    account: Account | None = None  # None: nobody yet
    browser: str = ""
    by_provider: bool = False
    away: Mapping[str, Any] | None = None


_COLUMNS = [ConsoleSession.__table__.c[name] for name in Signed.__dataclass_fields__]


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_urlsafe(BYTES)


def hash_of(session_id: str) -> str:
    """How an id is kept. Of so much chance that a plain hash is enough."""
    return hashlib.sha256(session_id.encode()).hexdigest()


def begin(db: Connection, channel_id: str, opening: Opening, now: datetime) -> str:
    """A new session; gives its id, which is kept nowhere. What is over is cleared away."""
    db.execute(delete(ConsoleSession).where(ConsoleSession.ends_at <= now))
    session_id = new_id()
    is_full = opening.stage is WayIn.FULL
    db.execute(
        insert(ConsoleSession).values(
            id_hash=hash_of(session_id),
            channel_id=channel_id,
            account_id=opening.account.id if opening.account else None,
            stage=opening.stage,
            browser=opening.browser[:MOST_OF_BROWSER],
            by_provider=opening.by_provider,
            made_at=now,
            seen_at=now,
            ends_at=now + (LONGEST if is_full else ON_THE_WAY),
            away=dict(opening.away) if opening.away else None,
        )
    )
    return session_id


def find(db: Connection, session_id: str, now: datetime) -> Signed | None:
    """The session of this id, which says of which channel; None: none, or it is over at `now`."""
    row = db.execute(
        select(*_COLUMNS).where(ConsoleSession.id_hash == hash_of(session_id), _lives(now))
    ).one_or_none()
    return Signed(**row._asdict()) if row else None


def is_to_note(session: Signed, now: datetime) -> bool:
    """Whether it is time to note that the session is used."""
    return now - session.seen_at >= NOTED_EVERY


def note_seen(db: Connection, session: Signed, now: datetime) -> None:
    """Note that the session is used: it ends when it has not been for an hour."""
    db.execute(
        update(ConsoleSession)
        .where(
            ConsoleSession.channel_id == session.channel_id,
            ConsoleSession.id_hash == session.id_hash,
        )
        .values(seen_at=now)
    )


def of_account(db: Connection, account: Account, now: datetime) -> list[Signed]:
    """The sessions of an account that are not over, the last used first."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(
            ConsoleSession.channel_id == account.channel_id,
            ConsoleSession.account_id == account.id,
            ConsoleSession.stage == WayIn.FULL,
            _lives(now),
        )
        .order_by(ConsoleSession.seen_at.desc(), ConsoleSession.id_hash)
    )
    return [Signed(**row._asdict()) for row in rows]


def end(db: Connection, session_id: str) -> Signed | None:
    """End a session, and give it; None where there was none: of two who end it, one gets it."""
    row = db.execute(
        delete(ConsoleSession)
        .where(ConsoleSession.id_hash == hash_of(session_id))
        .returning(*_COLUMNS)
    ).one_or_none()
    return Signed(**row._asdict()) if row else None


def end_all(db: Connection, account: Account) -> None:
    """End every session of an account."""
    db.execute(
        delete(ConsoleSession).where(
            ConsoleSession.channel_id == account.channel_id,
            ConsoleSession.account_id == account.id,
        )
    )


def _lives(now: datetime) -> ColumnElement[bool]:
    return and_(ConsoleSession.ends_at > now, ConsoleSession.seen_at > now - IDLE)
