"""All that is kept about one person: given to them, or erased.

Whatever table has a `user_id` holds rows of its person, and is found here by that: a table that
comes later cannot be forgotten.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, update

from bot.store import (
    broadcast_tables,
    menu_marks,
    menu_tables,
    roster_tables,
    staff_entries,
    submission_tables,
    track_tables,
)
from bot.store.columns import Instant
from bot.store.every_table import EVERY
from bot.store.tables import (
    UNSETTLED,
    Event,
    EventState,
    Invitation,
    Referral,
    StaffEntry,
    TalkRow,
)

# Of no meaning to a person, and a secret while they live.
LEFT_OUT = frozenset(
    {"channel_id", "reply_token", "retry_key", "batch_id", "claimed_at", "seen_version", "mail_id"}
    | {"name_key"}  # as names are compared
)
# Rows of others that name who acted on them: table, column.
MENTIONS = (
    (Invitation.__tablename__, "used_by"),
    (Invitation.__tablename__, "successor_to"),
    (Referral.__tablename__, "answered_by"),
    (StaffEntry.__tablename__, "author"),
    (track_tables.DeedRow.__tablename__, "vouched_by"),
    (submission_tables.SubmissionMoveRow.__tablename__, "actor_id"),
    (broadcast_tables.BroadcastRow.__tablename__, "author"),
    (broadcast_tables.BroadcastRow.__tablename__, "changed_by"),
    (broadcast_tables.BroadcastRow.__tablename__, "approved_by"),
    (broadcast_tables.AudienceRow.__tablename__, "author"),
)
# Says nothing of a person but that LINE is to be told which menu they see; gone once it is told.
ERRANDS = frozenset({menu_tables.MenuMark.__tablename__})
OF_ENROLMENT = (track_tables.DeedRow.__tablename__, track_tables.SessionPick.__tablename__)
# What a school's list says of the member that somebody is: it is shown to them, and stays the
# school's when they are erased; who they are in LINE is known no more then.
OF_MEMBER = (
    (roster_tables.MemberRow.__tablename__, "id"),
    (roster_tables.CompletionRow.__tablename__, "member_id"),
)
UNTITLED = "承辦補充"  # in place of a title that quoted somebody


def all_of(db: Connection, channel_id: str, user_id: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about this person, by table, the newest first: column → value.

    Tables without any are left out.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for table, whose in _rows_of(channel_id, user_id):
        columns = [c for c in table.columns if c.name not in LEFT_OUT]
        newest = [c.desc() for c in columns if isinstance(c.type, Instant)][:1]
        rows = db.execute(select(*columns).where(whose).order_by(*newest, *table.primary_key))
        kept = found.setdefault(table.name, [])
        kept += [dict(row) for row in rows.mappings() if dict(row) not in kept]
    return {name: rows for name, rows in found.items() if rows}


def erase(db: Connection, channel_id: str, user_id: str, at: datetime) -> None:
    """Erase all that is kept about this person, and their words wherever others quoted them.

    Of their events only the ids stay, without a person: what LINE sends once more is known by
    them. Whoever had the menu of a role is marked until LINE was told to show them everybody's.
    Rows are locked in the order of `referrals`: events, then referrals, then the outbox.
    """
    chats = _chats(db, channel_id, user_id)
    had_menu = menu_marks.has_another_menu(db, channel_id, user_id)
    _unname_events(db, channel_id, user_id)
    _lock_referrals(db, channel_id, user_id)
    _unquote(db, channel_id, user_id, at)
    _unname_mentions(db, channel_id, user_id)
    # A group's talk may hold what this person asked there: it is a group's, but the words theirs.
    db.execute(delete(TalkRow).where(TalkRow.channel_id == channel_id, TalkRow.chat_id.in_(chats)))
    for table in reversed(EVERY.sorted_tables):
        if "user_id" in table.columns and table.name != Event.__tablename__:
            db.execute(delete(table).where(_is_of(table, channel_id, user_id)))
    if had_menu:
        menu_marks.mark(db, channel_id, user_id)


def _rows_of(channel_id: str, user_id: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table with the condition on its rows that are about this person."""
    for table in EVERY.sorted_tables:
        if "user_id" in table.columns and table.name not in ERRANDS:
            yield table, _is_of(table, channel_id, user_id)
    tables = EVERY.tables
    talk = tables[TalkRow.__tablename__]
    yield talk, and_(talk.c.channel_id == channel_id, talk.c.chat_id == user_id)
    enrolment = tables[track_tables.EnrolmentRow.__tablename__]
    own = select(enrolment.c.id).where(_is_of(enrolment, channel_id, user_id))
    for name in OF_ENROLMENT:
        yield tables[name], tables[name].c.enrolment_id.in_(own)
    linked = tables[roster_tables.MemberLink.__tablename__]
    members = select(linked.c.member_id).where(_is_of(linked, channel_id, user_id))
    for name, column in OF_MEMBER:
        yield tables[name], tables[name].c[column].in_(members)
    for name, column in MENTIONS:
        table = tables[name]
        yield table, and_(table.c.channel_id == channel_id, table.c[column] == user_id)


def _is_of(table: Table, channel_id: str, user_id: str) -> ColumnElement[bool]:
    return and_(table.c.channel_id == channel_id, table.c.user_id == user_id)


def _chats(db: Connection, channel_id: str, user_id: str) -> set[str]:
    asked_in = select(Event.chat_id).where(Event.channel_id == channel_id, Event.user_id == user_id)
    return {user_id, *db.scalars(asked_in.distinct())}


def _unname_events(db: Connection, channel_id: str, user_id: str) -> None:
    """Take person and answer out of their events; what was still owed is owed no more."""
    own = and_(
        Event.channel_id == channel_id, or_(Event.user_id == user_id, Event.chat_id == user_id)
    )
    db.execute(update(Event).where(own, Event.state.in_(UNSETTLED)).values(state=EventState.LOST))
    db.execute(
        update(Event)
        .where(own)
        .values(user_id=None, chat_id="", answer=None, reply_token=None, error=None)
    )


def _lock_referrals(db: Connection, channel_id: str, user_id: str) -> None:
    """Before staff's entries, as answering does: two that wait for each other would never end."""
    own = or_(Referral.user_id == user_id, Referral.answered_by == user_id)
    wanted = select(Referral.id).where(Referral.channel_id == channel_id, own)
    db.execute(wanted.order_by(Referral.id).with_for_update()).all()


def _unquote(db: Connection, channel_id: str, user_id: str, at: datetime) -> None:
    """Take this person's questions out of the answers that staff kept of them."""
    quoting = db.execute(
        select(StaffEntry.id, StaffEntry.says, StaffEntry.title, Referral.text, Referral.before)
        .join(Referral, Referral.id == StaffEntry.referral_id)
        .where(Referral.channel_id == channel_id, Referral.user_id == user_id)
    ).all()
    for entry_id, says, title, *words in quoting:
        kept = [said for said in says if said not in words]
        named = {"title": UNTITLED} if title in words else {}
        values = {"says": kept, "referral_id": None, **named}
        staff_entries.change(db, channel_id, entry_id, values, at)


def _unname_mentions(db: Connection, channel_id: str, user_id: str) -> None:
    for name, column in MENTIONS:
        table = EVERY.tables[name]
        nobody = None if table.c[column].nullable else ""
        changed = update(table).where(table.c.channel_id == channel_id, table.c[column] == user_id)
        db.execute(changed.values({column: nobody}))
