"""What somebody does about their own account: password, second factor, other sessions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import AskAgain
from bot.sign_in import app_secret, factors, passwords
from bot.sign_in.gate import WRONG_CODE, Gate
from bot.store import accounts, audit, console_sessions, sign_in_tries
from bot.store.account_tables import WayIn
from bot.store.accounts import Account
from bot.store.audit import AuditNote
from bot.store.console_sessions import Signed
from bot.store.sign_in_tries import FACTOR, MAIL

WRONG_OLD = "目前的密碼不對，沒有更動。"
GONE = "帳號已經改變，沒有更動。請重新登入。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Somebody at their own account."""

    gate: Gate
    account: Account
    signed: Signed
    now: datetime


def change_password(own: Own, old: str, new: str) -> str:
    """Replace the password; all other sessions end. Gives the id of the new session.

    Whoever came by a first password just now need not type it again.

    Raises:
        AskAgain: the old one is wrong, or the new one too easy.
    """
    account, gate = own.account, own.gate
    is_first = own.signed.stage is WayIn.PASSWORD
    if account.password_hash and not is_first:
        gate.count(((MAIL, account.mail),), own.now)
        if not passwords.is_right(account.password_hash, old):
            raise AskAgain(WRONG_OLD)
    if fault := passwords.fault(new, account.mail):
        raise AskAgain(fault)
    if passwords.is_right(account.password_hash, new):
        raise AskAgain("新密碼和原來的一樣：請換一個。")
    kept = passwords.hash_of(new)
    with gate.engine.begin() as db:
        held = _held(db, own)
        if held.password_hash != account.password_hash:
            raise AskAgain(GONE)
        sign_in_tries.forgive(db, gate.channel_id, MAIL, account.mail)
        accounts.change(db, held, password_hash=kept, first_until=None)
        _note(db, own, "account.password", "已更換")
        return gate.change_steps(db, own.signed, _held(db, own), own.now)


def begin_factor(own: Own) -> None:
    """Make the secret that the app is to be shown; it counts for nothing before it is confirmed."""
    with own.gate.engine.begin() as db:
        held = _held(db, own)
        if held.has_factor:
            raise AskAgain("已經設定過驗證器了：要換一支手機，請先移除原來的。")
        accounts.change(db, held, **app_secret.as_kept(own.gate.key, factors.new_secret()))


def confirm_factor(own: Own, code: str) -> tuple[str, list[str]]:
    """Ask for the factor from now on; gives the new session's id, and recovery codes to show once.

    Raises:
        AskAgain: the code is not the app's.
    """
    own.gate.count(((FACTOR, own.account.id),), own.now)
    with own.gate.engine.begin() as db:
        held = _held(db, own)
        secret = app_secret.secret_of(own.gate.key, held)
        if held.has_factor or secret is None:
            raise AskAgain(GONE)
        step = factors.step_of(secret, code, own.now)
        if step is None or not accounts.use_step(db, held, step):
            raise AskAgain("驗證碼不對：請確認手機的時間正確，再輸入現在顯示的六個數字。")
        codes = factors.new_recovery_codes()
        hashes = [factors.hash_of(one) for one in codes]
        accounts.change(db, held, factor_at=own.now, recovery=hashes)
        sign_in_tries.forgive(db, own.gate.channel_id, FACTOR, held.id)
        _note(db, own, "factor.set", "已設定")
        return own.gate.change_steps(db, own.signed, _held(db, own), own.now), codes


def drop_factor(own: Own, code: str) -> str:
    """Ask for no second factor any more; gives the new session's id.

    Raises:
        AskAgain: the code is wrong.
    """
    own.gate.count(((FACTOR, own.account.id),), own.now)
    with own.gate.engine.begin() as db:
        held = _held(db, own)
        if not own.gate.take_code(db, held, code, own.now):
            raise AskAgain(WRONG_CODE)
        sign_in_tries.forgive(db, own.gate.channel_id, FACTOR, held.id)
        accounts.change(db, held, **app_secret.NOTHING, factor_at=None, recovery=[])
        _note(db, own, "factor.drop", "已移除")
        return own.gate.change_steps(db, own.signed, _held(db, own), own.now)


def end_everywhere(own: Own) -> None:
    """Sign out in every browser, this one too."""
    with own.gate.engine.begin() as db:
        console_sessions.end_all(db, _held(db, own))
        _note(db, own, "session.end_all", "全部登出")


def _held(db: Connection, own: Own) -> Account:
    found = accounts.lock(db, own.gate.channel_id, own.account.id)
    if found is None or found.disabled_at:
        raise AskAgain(GONE)
    return found


def _note(db: Connection, own: Own, what: str, how: str) -> None:
    noted = AuditNote(
        channel_id=own.gate.channel_id,
        at=own.now,
        actor=own.account.mail,
        what=what,
        subject=own.account.mail,
        after={"結果": how},
    )
    audit.note(db, noted)
