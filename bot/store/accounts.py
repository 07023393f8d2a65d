"""Accounts of the console: who may sign in, in which role, and by which means."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, select, update

from bot.model.staff_roles import StaffRole
from bot.store.account_tables import AccountRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in to the console."""

    id: str
    channel_id: str
    mail: str
    role: StaffRole
    made_at: datetime
    disabled_at: datetime | None
    signed_in_at: datetime | None
    password_hash: str | None
    first_until: datetime | None  # of a first password, which must be replaced; else None
    factor_secret: str | None  # plain, as it was kept before there were seals
    factor_sealed: str | None
    factor_at: datetime | None
    factor_step: int
    recovery: list[str]
    subject: str | None

    @property
    def has_factor(self) -> bool:
        """Whether a second factor is asked for."""
        return self.factor_at is not None

    @property
    def is_first(self) -> bool:
        """Whether its password is the one that it was given, and must be replaced."""
        return self.first_until is not None


_COLUMNS = [AccountRow.__table__.c[name] for name in Account.__dataclass_fields__]


def add(
    db: Connection, channel_id: str, mail: str, role: StaffRole, now: datetime
) -> Account | None:
    """A new account without any way in yet; None where there is one with this address."""
    new = insert_into(db, AccountRow).values(
        id=uuid4().hex, channel_id=channel_id, mail=mail.lower(), role=role, made_at=now,
        factor_step=0, recovery=[],
    )  # fmt: skip
    made = db.scalar(new.on_conflict_do_nothing().returning(AccountRow.id))
    return find(db, channel_id, made) if made else None


def find(db: Connection, channel_id: str, account_id: str) -> Account | None:
    """The account of this id; None where there is none."""
    row = db.execute(
        select(*_COLUMNS).where(AccountRow.channel_id == channel_id, AccountRow.id == account_id)
    ).one_or_none()
    return Account(**row._asdict()) if row else None


def by_mail(db: Connection, channel_id: str, mail: str) -> Account | None:
    """The account of this address, in any case of letters; None where there is none."""
    row = db.execute(
        select(*_COLUMNS).where(
            AccountRow.channel_id == channel_id, AccountRow.mail == mail.lower()
        )
    ).one_or_none()
    return Account(**row._asdict()) if row else None


def every(db: Connection, channel_id: str) -> list[Account]:
    """All accounts by address, the disabled ones too."""
    rows = db.execute(
        select(*_COLUMNS).where(AccountRow.channel_id == channel_id).order_by(AccountRow.mail)
    )
    return [Account(**row._asdict()) for row in rows]


def lock_all(db: Connection, channel_id: str) -> list[Account]:
    """All accounts, their rows held until the commit: one who manages them at a time."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(AccountRow.channel_id == channel_id)
        .order_by(AccountRow.mail)
        .with_for_update()
    )
    return [Account(**row._asdict()) for row in rows]


def lock(db: Connection, channel_id: str, account_id: str) -> Account | None:
    """The account, its row held until the commit; None where there is none."""
    row = db.execute(
        select(*_COLUMNS)
        .where(AccountRow.channel_id == channel_id, AccountRow.id == account_id)
        .with_for_update()
    ).one_or_none()
    return Account(**row._asdict()) if row else None


def change(db: Connection, account: Account, **values: object) -> None:
    """Set columns of an account."""
    db.execute(
        update(AccountRow)
        .where(AccountRow.channel_id == account.channel_id, AccountRow.id == account.id)
        .values(**values)
    )


def use_step(db: Connection, account: Account, step: int) -> bool:
    """Take a code of this step; False where it, or a later one, was taken before."""
    taken = (
        update(AccountRow)
        .where(
            AccountRow.channel_id == account.channel_id,
            AccountRow.id == account.id,
            AccountRow.factor_step < step,
        )
        .values(factor_step=step)
        .returning(AccountRow.id)
    )
    return db.scalar(taken) is not None
