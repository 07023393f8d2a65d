"""A colleague at work on broadcasts: under their account, and as whom they are known in LINE."""

from sqlalchemy import Connection

from bot.broadcast_work import Shift, note_in_audit
from bot.broadcasts.sources import sources_of
from bot.console.door import Backstage, Colleague
from bot.model.broadcasts import Clerk
from bot.store import account_links


def clerk_of(db: Connection, colleague: Colleague) -> Clerk:
    """The colleague, with all other ids that are theirs: nobody approves what they wrote."""
    where = (db, colleague.channel_id)
    user_id = account_links.user_of(*where, colleague.account.id)
    others = account_links.accounts_of(*where, user_id) if user_id else frozenset()
    return Clerk(
        channel_id=colleague.channel_id,
        id=colleague.account.id,
        also=others | ({user_id} if user_id else frozenset()),
        name=colleague.account.mail,
    )


def shift_of(db: Connection, backstage: Backstage, colleague: Colleague) -> Shift:
    """Where the colleague's deeds are done, in this transaction."""
    return Shift(
        db=db,
        clerk=clerk_of(db, colleague),
        now=colleague.now,
        reader=colleague.reader,
        sources=sources_of(colleague.reader.edition),
        note=note_in_audit,
    )
