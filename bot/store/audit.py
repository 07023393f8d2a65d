"""Who changed what: a line for each change, written in the change's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from bot.clock import TAIPEI
from bot.store.account_tables import AuditRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditNote:
    """One change.

    It outlives what it tells of: no LINE user id, no password, no words of a teacher's go in here.
    Whom it is about is named by alias (`people.alias`), school code, or id of a row.
    """

    channel_id: str
    at: datetime
    actor: str  # an account's address; 「指令列」 for the terminal
    what: str  # a word of the audit page's table, such as account.role
    subject: str  # which thing: an account's address, a school's code, …
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines are to be read; what is empty leaves none out."""

    actor: str = ""
    day: date | None = None
    page: int = 0
    size: int = 50


_COLUMNS = [AuditRow.__table__.c[name] for name in AuditNote.__dataclass_fields__]


def note(db: Connection, noted: AuditNote) -> None:
    """Write a change down."""
    db.execute(
        insert(AuditRow).values(
            id=uuid4().hex,
            channel_id=noted.channel_id,
            at=noted.at,
            actor=noted.actor,
            what=noted.what,
            subject=noted.subject,
            before=dict(noted.before),
            after=dict(noted.after),
        )
    )


def listed(db: Connection, channel_id: str, wanted: Wanted) -> list[AuditNote]:
    """The lines of a page, newest first, and one more where there is a next page."""
    query = select(*_COLUMNS).where(AuditRow.channel_id == channel_id)
    if wanted.actor:
        query = query.where(AuditRow.actor == wanted.actor)
    if wanted.day:
        begins = datetime.combine(wanted.day, time(), TAIPEI)
        query = query.where(AuditRow.at >= begins, AuditRow.at < begins + timedelta(days=1))
    query = query.order_by(AuditRow.at.desc(), AuditRow.id)
    rows = db.execute(query.offset(wanted.page * wanted.size).limit(wanted.size + 1))
    return [AuditNote(**row._asdict()) for row in rows]


def actors(db: Connection, channel_id: str) -> list[str]:
    """Everybody who ever changed something, by name."""
    found = select(AuditRow.actor).where(AuditRow.channel_id == channel_id).distinct()
    return list(db.scalars(found.order_by(AuditRow.actor)))
