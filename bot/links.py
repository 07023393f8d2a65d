"""Links to our own pages: signed, for one person and one purpose, for an hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer

LIVES = timedelta(hours=1)
CONFIRM_LIVES = timedelta(hours=24)  # mail is read when it is read


class Purpose(StrEnum):
    """What a link opens."""

    STAFF = "staff"  # questions, answering them, what staff added
    OWN = "own"  # what is kept of one person, and what only they fill in


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Who may open which pages, and until when."""

    channel_id: str
    user_id: str
    purpose: Purpose
    expires_at: datetime  # aware


class Links:
    """Makes links and reads them back.

    Args:
        address: where people reach this deployment, without a slash at the end.
        key: signs; whoever has it can open every page.
    """

    def __init__(self, address: str, key: str) -> None:
        if not key:
            raise ValueError("links need a key")
        self._address = address
        self._signer = URLSafeSerializer(key, salt="shizhong.pages")
        self._mail_signer = URLSafeSerializer(key, salt="shizhong.mail")

    def token(self, channel_id: str, user_id: str, purpose: Purpose, now: datetime) -> str:
        """What a link to pages of this purpose holds, good for an hour from `now` on."""
        expires = int((now + LIVES).timestamp())
        return str(self._signer.dumps([purpose.value, channel_id, user_id, expires]))

    def page(self, token: str, path: str) -> str:
        """The address of one of the pages that a token opens: questions, referrals/<id>."""
        return f"{self._address}/p/{token}/{path}"

    def console(self, path: str) -> str:
        """The address of one of the console's pages, which asks who one is: broadcasts."""
        return f"{self._address}/console/{path}"

    def calendar(self, key: str) -> str:
        """The address of the calendar that a key opens; it stays as long as the key does."""
        return f"{self._address}/calendar/{key}.ics"

    def confirmation(self, key: str, now: datetime) -> str:
        """The address by which the owner of a mailbox says that it is theirs, good for a day.

        Args:
            key: of the address that was given; another address has another one.
        """
        expires = int((now + CONFIRM_LIVES).timestamp())
        return f"{self._address}/mail/confirm/{self._mail_signer.dumps([key, expires])}"

    def leaving(self, key: str) -> str:
        """The address by which whoever gets our mail ends it; it stays as long as the key does."""
        return f"{self._address}/mail/leave/{key}"

    def read_confirmation(self, token: str, now: datetime) -> str:
        """The key that a confirmation is for; empty where it is forged, or over at `now`."""
        try:
            key, expires = self._mail_signer.loads(token)
            is_over = now >= datetime.fromtimestamp(expires, UTC)
        except (BadData, ValueError, TypeError, OverflowError):
            return ""
        return "" if is_over else str(key)

    def read(self, token: str, now: datetime) -> Pass | None:
        """Whom a token lets in; None where it is forged, of another key, or over at `now`."""
        try:
            purpose, channel_id, user_id, expires = self._signer.loads(token)
            found = Pass(
                channel_id=channel_id,
                user_id=user_id,
                purpose=Purpose(purpose),
                expires_at=datetime.fromtimestamp(expires, UTC),
            )
        except (BadData, ValueError, TypeError, OverflowError):
            return None
        return found if now < found.expires_at else None
