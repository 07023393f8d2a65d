"""The way in by single sign-on: out to the provider, and back with what only it can say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import AskAgain
from bot.model.staff_roles import StaffRole
from bot.sign_in.gate import OVER, SEVERAL, Gate
from bot.sign_in.single_sign_on import Known, SingleSignOn
from bot.store import accounts, audit, console_sessions, sign_in_tries
from bot.store.account_tables import WayIn
from bot.store.accounts import Account
from bot.store.audit import AuditNote
from bot.store.console_sessions import Opening
from bot.store.sign_in_tries import ADDRESS

NO_ACCOUNT = "這個電子郵件還沒有師鐘的帳號，沒有登入。請管理者先建立帳號。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks to be sent to the provider."""

    address: str
    browser: str
    now: datetime
    channel_id: str = ""  # which console; empty: whichever the account is of


def leave(gate: Gate, provider: SingleSignOn, after: str, caller: Asking) -> tuple[str, str]:
    """The provider's address to send somebody to, and the id of the session that waits for them.

    Args:
        after: the page that they wanted.
    """
    gate.count(((ADDRESS, caller.address),), caller.now)
    leaving = provider.leave()
    away = {**leaving.brings, "next": after, "channel": caller.channel_id}
    with gate.engine.begin() as db:
        opening = Opening(stage=WayIn.AWAY, browser=caller.browser, away=away)
        return leaving.url, console_sessions.begin(db, gate.channel_id, opening, caller.now)


def come_back(
    gate: Gate, provider: SingleSignOn, session_id: str, came: Mapping[str, str], caller: Asking
) -> tuple[str, str]:
    """Sign in whoever came back; gives the new session's id, and the page that they wanted.

    The session that waited is over, however this ends: nothing can be sent back twice.

    Raises:
        AskAgain: not the browser that left, forged, or there is no such account.
    """
    now = caller.now
    with gate.engine.begin() as db:
        waited = console_sessions.end(db, session_id)
    if waited is None or waited.away is None or waited.ends_at <= now:
        raise AskAgain(OVER)
    known = provider.meet(waited.away, came, now)
    wanted = str(waited.away.get("channel", ""))
    found = _known_one(gate, known, wanted)
    with gate.engine.begin() as db:
        if found is None and provider.makes_viewers:
            found = _viewer(db, wanted or gate.channel_id, known, now)
        account = _bound(db, found, known)
        sign_in_tries.forgive(db, gate.channel_id, ADDRESS, caller.address)
        stage = WayIn.FACTOR if account.has_factor else WayIn.FULL
        if stage is WayIn.FULL and gate.wants_factor:
            stage = WayIn.ENROL
        opening = Opening(stage=stage, account=account, browser=waited.browser, by_provider=True)
        return gate.let_in(db, opening, now), str(waited.away["next"])


def _known_one(gate: Gate, known: Known, channel_id: str) -> Account | None:
    """The account of whom the provider knows.

    Raises:
        AskAgain: there are several, or the channel that they wanted is not served.
    """
    if channel_id and not gate.is_served(channel_id):
        raise AskAgain(NO_ACCOUNT)
    found = gate.accounts_of(known.mail, channel_id)
    open_to_them = [one for one in found if not one.disabled_at] or found
    if len(open_to_them) > 1:
        raise AskAgain(SEVERAL)
    return open_to_them[0] if open_to_them else None


def _viewer(db: Connection, channel_id: str, known: Known, now: datetime) -> Account | None:
    """A new account that may look and no more."""
    made = accounts.add(db, channel_id, known.mail, StaffRole.VIEWER, now)
    noted = AuditNote(
        channel_id=channel_id, at=now, actor=known.mail, what="account.add",
        subject=known.mail, after={"角色": StaffRole.VIEWER.called, "方式": "單一登入"},
    )  # fmt: skip
    audit.note(db, noted)
    return made


def _bound(db: Connection, found: Account | None, known: Known) -> Account:
    """The account, bound to the first who came by it, and held."""
    held = accounts.lock(db, found.channel_id, found.id) if found else None
    if held is None or held.disabled_at or held.subject not in (None, known.subject):
        raise AskAgain(NO_ACCOUNT)
    # Whoever the provider vouches for needs no first password.
    accounts.change(db, held, subject=known.subject)
    return held
