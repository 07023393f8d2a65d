"""Where people want mail to: asked for, confirmed by whoever reads it, ended, found dead."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from bot.store import mail_out
from bot.store.channel_tables import MailAddress, Via
from bot.store.upsert import insert_into

BYTES = 24  # of chance: whoever tries keys ends nobody's mail
MOST_ASKED = 3  # confirmations within a day, for a person and for an address
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Somebody's address, and how it stands with it."""

    channel_id: str
    user_id: str
    address: str
    via: Via
    key: str
    asked_at: datetime
    asked: int
    confirmed_at: datetime | None
    unsubscribed_at: datetime | None
    dead_at: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether reminders may go there."""
        return bool(self.confirmed_at and not self.unsubscribed_at and not self.dead_at)


_COLUMNS = [MailAddress.__table__.c[name] for name in Subscriber.__dataclass_fields__]


def find(db: Connection, channel_id: str, user_id: str) -> Subscriber | None:
    """This person's address; None where they never gave one."""
    row = db.execute(
        select(*_COLUMNS).where(
            MailAddress.channel_id == channel_id, MailAddress.user_id == user_id
        )
    ).one_or_none()
    return Subscriber(**row._asdict()) if row else None


def by_key(db: Connection, key: str) -> Subscriber | None:
    """The address that a key is of; None where it is of none, or was of another one before."""
    row = db.execute(select(*_COLUMNS).where(MailAddress.key == key)).one_or_none()
    return Subscriber(**row._asdict()) if row else None


def ask(
    db: Connection, channel_id: str, user_id: str, address: str, at: datetime
) -> Subscriber | None:
    """Keep the address, and queue the mail that asks whether it is theirs.

    An address that is confirmed stays so, and is not asked again. None where too many were asked
    for within a day: nobody is to fill another's mailbox by us.
    """
    before = find(db, channel_id, user_id)
    same = before is not None and before.address.lower() == address.lower()
    if before and same and before.is_active:
        return before
    counts = before is not None and before.asked_at > at - DAY
    asked = before.asked + 1 if before and counts else 1
    if asked > MOST_ASKED or _asked_of(db, address, at) >= MOST_ASKED:
        return None
    if before and not same:
        mail_out.give_back(db, channel_id, user_id, at)
    values = {
        "address": address,
        "via": before.via if before else Via.MAIL,
        "key": before.key if before and same else secrets.token_urlsafe(BYTES),
        "asked_at": at,
        "asked": asked,
        "confirmed_at": None,
        "unsubscribed_at": None,
        "dead_at": None,
        "dead_told_at": None,
    }
    new = insert_into(db, MailAddress).values(channel_id=channel_id, user_id=user_id, **values)
    db.execute(new.on_conflict_do_update(index_elements=["channel_id", "user_id"], set_=values))
    found = find(db, channel_id, user_id)
    if found is None:
        raise ValueError("the address was not kept")
    mail_out.put_confirmation(db, (channel_id, user_id), f"confirm:{found.key}:{asked}", at)
    return found


def _asked_of(db: Connection, address: str, at: datetime) -> int:
    """How many confirmations anybody wanted sent there within a day."""
    asked = select(func.sum(MailAddress.asked)).where(
        func.lower(MailAddress.address) == address.lower(), MailAddress.asked_at > at - DAY
    )
    return db.scalar(asked) or 0


def confirm(db: Connection, key: str, at: datetime) -> Subscriber | None:
    """Note that the address is its person's; None where the key is of none any more.

    What was ended meanwhile stays ended: the link may be older than that.
    """
    db.execute(
        update(MailAddress)
        .where(
            MailAddress.key == key,
            MailAddress.confirmed_at.is_(None),
            MailAddress.unsubscribed_at.is_(None),
        )
        .values(confirmed_at=at)
    )
    return by_key(db, key)


def choose(db: Connection, channel_id: str, user_id: str, via: Via, at: datetime) -> None:
    """Be reminded this way from now on."""
    db.execute(
        update(MailAddress)
        .where(MailAddress.channel_id == channel_id, MailAddress.user_id == user_id)
        .values(via=via)
    )
    if via is Via.LINE:
        mail_out.give_back(db, channel_id, user_id, at)


def unsubscribe(db: Connection, key: str, at: datetime) -> Subscriber | None:
    """No more mail to the address of this key; what waits goes out in LINE. Twice is once."""
    found = by_key(db, key)
    if found is None:
        return None
    db.execute(
        update(MailAddress)
        .where(MailAddress.key == key, MailAddress.unsubscribed_at.is_(None))
        .values(unsubscribed_at=at)
    )
    mail_out.give_back(db, found.channel_id, found.user_id, at)
    return by_key(db, key)


def mark_dead(db: Connection, key: str, at: datetime) -> None:
    """Note that there is no such mailbox; what waits for it goes out in LINE."""
    found = by_key(db, key)
    if found is None:
        return  # another address was given meanwhile
    db.execute(update(MailAddress).where(MailAddress.key == key).values(dead_at=at))
    mail_out.give_back(db, found.channel_id, found.user_id, at)


def dead_to_tell(db: Connection, channel_id: str, user_id: str, at: datetime) -> str:
    """The address that was found dead and nobody told this person of, noted as told; else empty."""
    told = (
        update(MailAddress)
        .where(
            MailAddress.channel_id == channel_id,
            MailAddress.user_id == user_id,
            MailAddress.dead_at.is_not(None),
            MailAddress.dead_told_at.is_(None),
        )
        .values(dead_told_at=at)
        .returning(MailAddress.address)
    )
    return db.scalar(told) or ""
