"""Who has an account, and in which role: the deeds of admins, on the page and in the terminal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine

from bot.errors import AskAgain
from bot.model.staff_roles import StaffRole
from bot.sign_in import app_secret, passwords
from bot.store import accounts, audit, console_sessions
from bot.store.accounts import Account
from bot.store.audit import AuditNote

FIRST_LIVES = timedelta(hours=72)
LONGEST_MAIL = 254
_MAIL = re.compile(r"[a-z0-9._%+\-]{1,64}@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
ON, OFF = {"狀態": "使用中"}, {"狀態": "已停用"}
GONE = "這個帳號已經不在了，沒有更動。"


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something to accounts, and when."""

    engine: Engine
    channel_id: str
    actor: str
    now: datetime


@dataclass(frozen=True, slots=True)
class First:
    """A first password, which is shown once and must be replaced when it is used."""

    mail: str
    password: str
    until: datetime


def add(by: By, mail: str, role: StaffRole) -> First:
    """A new account with a first password.

    Raises:
        AskAgain: the address is none, or has an account.
    """
    mail = mail.strip().lower()
    if len(mail) > LONGEST_MAIL or not _MAIL.fullmatch(mail):
        raise AskAgain("電子郵件看不懂：請填像 name@school.edu.tw 的地址。")
    first = _new_first(mail, by.now)
    kept = passwords.hash_of(first.password)
    with by.engine.begin() as db:
        account = accounts.add(db, by.channel_id, mail, role, by.now)
        if account is None:
            raise AskAgain(f"{mail} 已經有帳號了：要換角色或重設密碼，請在帳號清單裡操作。")
        accounts.change(db, account, password_hash=kept, first_until=first.until)
        _note(db, by, "account.add", account, ({}, {"角色": role.called}))
    return first


def set_role(by: By, account_id: str, role: StaffRole) -> None:
    """Give an account another role; whoever uses it signs in again.

    Raises:
        AskAgain: it is gone, or the last admin's.
    """
    with by.engine.begin() as db:
        account = _of(db, by, account_id)
        if account.role is role:
            return
        _keep_an_admin(db, account)
        accounts.change(db, account, role=role)
        console_sessions.end_all(db, account)
        states = {"角色": account.role.called}, {"角色": role.called}
        _note(db, by, "account.role", account, states)


def disable(by: By, account_id: str) -> None:
    """Let nobody in by this account any more, at once.

    Raises:
        AskAgain: it is gone, or the last admin's.
    """
    with by.engine.begin() as db:
        account = _of(db, by, account_id)
        if account.disabled_at:
            return
        _keep_an_admin(db, account)
        accounts.change(db, account, disabled_at=by.now)
        console_sessions.end_all(db, account)
        _note(db, by, "account.disable", account, (ON, OFF))


def enable(by: By, account_id: str) -> None:
    """Let this account in again."""
    with by.engine.begin() as db:
        account = _of(db, by, account_id)
        if account.disabled_at is None:
            return
        accounts.change(db, account, disabled_at=None)
        _note(db, by, "account.enable", account, (OFF, ON))


def renew(by: By, account_id: str, *, drops_factor: bool = False) -> First:
    """A new first password in place of one that was forgotten; all its sessions end.

    Args:
        drops_factor: its second factor goes too: the phone is lost, and so are the codes.
    """
    with by.engine.connect().execution_options(only_reads=True) as db:
        found = accounts.find(db, by.channel_id, account_id)
    if found is None:
        raise AskAgain(GONE)
    first = _new_first(found.mail, by.now)
    values: dict[str, object] = {
        "password_hash": passwords.hash_of(first.password),
        "first_until": first.until,
    }
    if drops_factor:
        values |= {**app_secret.NOTHING, "factor_at": None, "recovery": []}
    with by.engine.begin() as db:
        account = _of(db, by, account_id)
        accounts.change(db, account, **values)
        console_sessions.end_all(db, account)
        also = {"驗證器": "移除"} if drops_factor else {}
        _note(db, by, "account.renew", account, ({}, {"密碼": "重設", **also}))
    return first


def put_sample(by: By, mail: str) -> str:
    """An admin to try the console with, who need not replace the password; gives the password.

    For a bot that only this computer reaches.
    """
    password = passwords.new_first()
    kept = passwords.hash_of(password)
    with by.engine.begin() as db:
        made = accounts.add(db, by.channel_id, mail, StaffRole.ADMIN, by.now)
        account = made or accounts.by_mail(db, by.channel_id, mail)
        if account is None:
            raise AskAgain(GONE)
        values: dict[str, object] = {
            "role": StaffRole.ADMIN,
            "password_hash": kept,
            "first_until": None,
        }
        values |= {**app_secret.NOTHING, "factor_at": None, "recovery": [], "disabled_at": None}
        accounts.change(db, account, **values)
        console_sessions.end_all(db, account)
        _note(db, by, "account.renew", account, ({}, {"密碼": "範例"}))
    return password


def _new_first(mail: str, now: datetime) -> First:
    return First(mail, passwords.new_first(), now + FIRST_LIVES)


def _of(db: Connection, by: By, account_id: str) -> Account:
    """The account, with all others held: whether somebody is the last admin stays true."""
    found = [a for a in accounts.lock_all(db, by.channel_id) if a.id == account_id]
    if not found:
        raise AskAgain(GONE)
    return found[0]


def _keep_an_admin(db: Connection, account: Account) -> None:
    others = [
        one
        for one in accounts.every(db, account.channel_id)
        if one.role is StaffRole.ADMIN and not one.disabled_at and one.id != account.id
    ]
    if account.role is StaffRole.ADMIN and not account.disabled_at and not others:
        raise AskAgain("這是最後一位管理者，沒有更動：請先讓另一個帳號成為管理者。")


def _note(
    db: Connection,
    by: By,
    what: str,
    account: Account,
    states: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> None:
    before, after = states
    noted = AuditNote(
        channel_id=by.channel_id,
        at=by.now,
        actor=by.actor,
        what=what,
        subject=account.mail,
        before=before,
        after=after,
    )
    audit.note(db, noted)
