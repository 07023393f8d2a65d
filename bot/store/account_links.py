"""Which person in LINE holds which account: linked by a code that the console shows once.

Whoever sends the code in a one-to-one chat is the holder. It gives them no role in the chat.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.model.invitation_code import hash_of, new_code
from bot.model.staff_roles import StaffRole
from bot.store.account_tables import AccountLink, AccountRow
from bot.store.upsert import insert_into

LIVES = timedelta(minutes=15)


def offer(db: Connection, channel_id: str, account_id: str, now: datetime) -> str:
    """A new code for this account, kept nowhere; the one before it is void."""
    code = new_code()
    values = {"code_hash": hash_of(code), "code_until": now + LIVES}
    new = insert_into(db, AccountLink).values(
        account_id=account_id, channel_id=channel_id, **values
    )
    db.execute(new.on_conflict_do_update(index_elements=["account_id"], set_=values))
    return code


def take(db: Connection, channel_id: str, user_id: str, code: str, now: datetime) -> str:
    """Link this person to the account of the code, once; gives its address, or nothing."""
    taken = (
        update(AccountLink)
        .where(
            AccountLink.channel_id == channel_id,
            AccountLink.code_hash == hash_of(code),
            AccountLink.code_until > now,
        )
        .values(user_id=user_id, linked_at=now, code_hash=None, code_until=None)
        .returning(AccountLink.account_id)
    )
    account_id = db.scalar(taken)
    if account_id is None:
        return ""
    mail = select(AccountRow.mail).where(
        AccountRow.channel_id == channel_id, AccountRow.id == account_id
    )
    return db.scalar(mail) or ""


def drop(db: Connection, channel_id: str, account_id: str) -> bool:
    """Link the account to nobody any more; False where it was linked to nobody."""
    gone = delete(AccountLink).where(
        AccountLink.channel_id == channel_id, AccountLink.account_id == account_id
    )
    return bool(db.scalar(gone.returning(AccountLink.user_id)))


def user_of(db: Connection, channel_id: str, account_id: str) -> str:
    """User id of the account's holder in LINE; empty: linked to nobody."""
    wanted = select(AccountLink.user_id).where(
        AccountLink.channel_id == channel_id, AccountLink.account_id == account_id
    )
    return db.scalar(wanted) or ""


def accounts_of(db: Connection, channel_id: str, user_id: str) -> frozenset[str]:
    """Ids of the accounts that this person holds."""
    wanted = select(AccountLink.account_id).where(
        AccountLink.channel_id == channel_id, AccountLink.user_id == user_id
    )
    return frozenset(db.scalars(wanted))


def holders(db: Connection, channel_id: str, role: StaffRole) -> set[str]:
    """User ids of those who hold an account of this role that is in use."""
    wanted = (
        select(AccountLink.user_id)
        .join(AccountRow, AccountRow.id == AccountLink.account_id)
        .where(
            AccountLink.channel_id == channel_id,
            AccountLink.user_id.is_not(None),
            AccountRow.role == role,
            AccountRow.disabled_at.is_(None),
        )
    )
    return {user_id for user_id in db.scalars(wanted) if user_id}
