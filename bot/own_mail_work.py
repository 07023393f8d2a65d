"""What people do about mail, on their own pages or by a link in it: each deed one transaction."""

from datetime import datetime

from sqlalchemy import Engine

from bot.own_work import Owner, held
from bot.store import mail_addresses
from bot.store.channel_tables import Via
from bot.store.mail_addresses import Subscriber


def ask_mail(engine: Engine, owner: Owner, address: str, now: datetime) -> Subscriber | None:
    """Keep an address, and ask by mail whether it is theirs; None where that is once too often."""
    with held(engine, owner, now) as db:
        return mail_addresses.ask(db, owner.channel_id, owner.user_id, address, now)


def choose_mail(engine: Engine, owner: Owner, via: Via, now: datetime) -> None:
    """Be reminded this way from now on."""
    with held(engine, owner, now) as db:
        mail_addresses.choose(db, owner.channel_id, owner.user_id, via, now)


def stop_mail(engine: Engine, owner: Owner, now: datetime) -> None:
    """Get no mail any more; where there is no address, nothing changes."""
    with held(engine, owner, now) as db:
        found = mail_addresses.find(db, owner.channel_id, owner.user_id)
        if found:
            mail_addresses.unsubscribe(db, found.key, now)


def confirm_mail(engine: Engine, key: str, now: datetime) -> Subscriber | None:
    """Whoever reads the mailbox says that it is theirs; None where nobody gave it any more."""
    with engine.begin() as db:
        return mail_addresses.confirm(db, key, now)


def leave_mail(engine: Engine, key: str, now: datetime) -> Subscriber | None:
    """Whoever reads the mailbox wants no more of it; None where nobody gave it any more."""
    with engine.begin() as db:
        return mail_addresses.unsubscribe(db, key, now)
