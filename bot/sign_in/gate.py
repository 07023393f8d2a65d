"""The way in: password, then the second factor, then whatever must be done before all else.

Every step ends the session that it began with and begins another one: an id that somebody knew
before, or planted, is worth nothing afterwards.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.clock import minute_words
from bot.errors import AskAgain
from bot.sign_in import app_secret, factors, passwords
from bot.store import accounts, audit, console_sessions, sign_in_tries
from bot.store.account_tables import WayIn
from bot.store.accounts import Account
from bot.store.audit import AuditNote
from bot.store.console_sessions import Opening, Signed
from bot.store.sign_in_tries import ADDRESS, FACTOR, MAIL, Limit

# One sentence, whatever was wrong: nobody learns by it who has an account.
WRONG = "電子郵件或密碼不對，沒有登入。忘記密碼時，請管理者重設。"
WRONG_CODE = "驗證碼不對，或已經用過了。請等下一組數字出現再輸入；也可以用備用碼。"
OVER = "登入的時間太久，請從頭再登入一次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Somebody who wants in, and from where."""

    mail: str
    password: str
    address: str
    browser: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The way into one channel's console.

    Args:
        wants_factor: whether nobody comes in without a second factor.
        key: seals what authenticator apps share with us; empty where none lasts.
    """

    engine: Engine
    channel_id: str
    wants_factor: bool = False
    key: str = field(default="", repr=False)

    def enter(self, attempt: Attempt) -> str:
        """Sign in by password; gives the id of the new session, which may want a further step.

        Raises:
            AskAgain: wrong, or too often wrong; the same words whether there is such an account.
        """
        mail = attempt.mail.strip().lower()
        self.count(((ADDRESS, attempt.address), (MAIL, mail)), attempt.now)
        with self.engine.connect().execution_options(only_reads=True) as db:
            account = accounts.by_mail(db, self.channel_id, mail)
        kept = _usable_hash(account, attempt.now)
        if not passwords.is_right(kept, attempt.password) or account is None or kept is None:
            raise AskAgain(WRONG)
        renewed = passwords.hash_of(attempt.password) if passwords.is_outdated(kept) else kept
        with self.engine.begin() as db:
            found = accounts.lock(db, self.channel_id, account.id)
            is_same = found is not None and found.password_hash == kept
            if found is None or not is_same or found.disabled_at:  # it changed meanwhile
                raise AskAgain(WRONG)
            sign_in_tries.forgive(db, self.channel_id, ADDRESS, attempt.address)
            sign_in_tries.forgive(db, self.channel_id, MAIL, mail)
            if renewed != kept:
                accounts.change(db, found, password_hash=renewed)
            stage = WayIn.FACTOR if found.has_factor else self.stage_after_factor(found)
            opening = Opening(stage=stage, account=found, browser=attempt.browser)
            return self.let_in(db, opening, attempt.now)

    def pass_factor(self, session_id: str, code: str, now: datetime) -> str:
        """Sign in by the second factor's code, or a recovery code; gives the new session's id.

        Raises:
            AskAgain: wrong, used before, too often wrong, or it took too long.
        """
        with self.engine.connect().execution_options(only_reads=True) as db:
            session = console_sessions.find(db, self.channel_id, session_id, now)
        if session is None or session.stage is not WayIn.FACTOR or not session.account_id:
            raise AskAgain(OVER)
        self.count(((FACTOR, session.account_id),), now)
        with self.engine.begin() as db:
            account = accounts.lock(db, self.channel_id, session.account_id)
            if account is None or account.disabled_at:
                raise AskAgain(OVER)
            if not self.take_code(db, account, code, now):
                raise AskAgain(WRONG_CODE)
            ended = console_sessions.end(db, self.channel_id, session_id)
            if ended is None:
                raise AskAgain(OVER)
            sign_in_tries.forgive(db, self.channel_id, FACTOR, account.id)
            stage = WayIn.FULL if ended.by_provider else self.stage_after_factor(account)
            return self.let_in(db, _onward(ended, stage, account), now)

    def count(self, keys: tuple[tuple[Limit, str], ...], now: datetime) -> None:
        """Count a try under each of these keys.

        Raises:
            AskAgain: one of them has to rest.
        """
        with self.engine.begin() as db:
            rests = [sign_in_tries.take(db, self.channel_id, *key, now) for key in keys]
        if until := max(filter(None, rests), default=None):
            raise AskAgain(f"錯太多次，暫時不能登入。請在 {minute_words(until)} 之後再試。")

    def stage_after_factor(self, account: Account) -> WayIn:
        """What is still to be done before all else."""
        if account.is_first:
            return WayIn.PASSWORD
        if self.wants_factor and not account.has_factor:
            return WayIn.ENROL
        return WayIn.FULL

    def let_in(self, db: Connection, opening: Opening, now: datetime) -> str:
        """Begin a session; where it is the last step, that is noted."""
        account = opening.account
        if account and opening.stage is WayIn.FULL:
            accounts.change(db, account, signed_in_at=now)
            how = "單一登入" if opening.by_provider else "密碼"
            noted = AuditNote(
                channel_id=self.channel_id, at=now, actor=account.mail, what="session.begin",
                subject=account.mail, after={"方式": how},
            )  # fmt: skip
            audit.note(db, noted)
        return console_sessions.begin(db, self.channel_id, opening, now)

    def change_steps(self, db: Connection, signed: Signed, account: Account, now: datetime) -> str:
        """A new session in place of all others of this account: what it may do has changed."""
        console_sessions.end_all(db, account)
        stage = self.stage_after_factor(account)
        opening = _onward(signed, stage, account)
        if signed.stage is WayIn.FULL:
            return console_sessions.begin(db, self.channel_id, opening, now)
        return self.let_in(db, opening, now)

    def take_code(self, db: Connection, account: Account, code: str, now: datetime) -> bool:
        """Whether a code of the second factor, or a recovery code, is good; it is used up then.

        The account's row must be held. A secret of before is sealed when its code is taken.

        Raises:
            AskAgain: the key changed since the app was set up, and it is no recovery code.
        """
        if _take_recovery(db, account, code, now):
            return True
        secret = app_secret.secret_of(self.key, account)
        step = factors.step_of(secret, code, now) if secret else None
        if secret is None or step is None:
            return False
        if app_secret.is_to_seal(self.key, account):
            accounts.change(db, account, **app_secret.as_kept(self.key, secret))
        return accounts.use_step(db, account, step)


def _take_recovery(db: Connection, account: Account, code: str, now: datetime) -> bool:
    left = [kept for kept in account.recovery if kept != factors.hash_of(code)]
    if len(left) == len(account.recovery):
        return False
    accounts.change(db, account, recovery=left)
    noted = AuditNote(
        channel_id=account.channel_id, at=now, actor=account.mail, what="factor.recovery",
        subject=account.mail, before={"備用碼": len(account.recovery)}, after={"備用碼": len(left)},
    )  # fmt: skip
    audit.note(db, noted)
    return True


def _usable_hash(account: Account | None, now: datetime) -> str | None:
    """What the password is held to; None: no password opens this account now."""
    if account is None or account.disabled_at:
        return None
    if account.first_until and account.first_until <= now:
        return None
    return account.password_hash


def _onward(session: Signed, stage: WayIn, account: Account) -> Opening:
    return Opening(
        stage=stage, account=account, browser=session.browser, by_provider=session.by_provider
    )
