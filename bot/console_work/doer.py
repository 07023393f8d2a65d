"""Who does something in the console: the account, and the instant by both clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from bot.store import audit
from bot.store.audit import AuditNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """A member of staff at work in the console."""

    engine: Engine
    channel_id: str
    account_id: str
    mail: str
    now: datetime  # of the clock that people live by
    real_now: datetime

    def note(
        self,
        db: Connection,
        what: str,
        subject: str,
        after: Mapping[str, Any],
        before: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a change down, in its own transaction."""
        noted = AuditNote(
            channel_id=self.channel_id,
            at=self.real_now,
            actor=self.mail,
            what=what,
            subject=subject,
            before=before or {},
            after=after,
        )
        audit.note(db, noted)
