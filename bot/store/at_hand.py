"""What is kept around an event, seen in two looks: one before it is handled, one after.

Most people who ask have told nothing, follow nothing and are owed nothing. Two queries say so,
which would else be seven; what is there is read by its own room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from bot.model.talk import Talk
from bot.store import interviews
from bot.store.among import POSTGRESQL, is_among
from bot.store.channel_tables import MailAddress
from bot.store.interviews import Told
from bot.store.people import VERSION
from bot.store.prepared import Prepared
from bot.store.tables import (
    OPEN,
    Interview,
    OutboxRow,
    Person,
    Referral,
    ReferralState,
    StaffEntry,
    TalkRow,
)
from bot.store.track_tables import EnrolmentRow

_CHANNEL: BindParameter[str] = bindparam("channel")
_USER: BindParameter[str] = bindparam("user")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """What stands ready before an event is handled; where nobody has looked, all may be there."""

    talk: Talk | None = None  # None: nothing was said yet
    staff_changed_at: datetime | None = None  # when the channel's own answers last changed
    told: Sequence[Told] | None = None  # of themselves, for an eligibility; None: to be looked up
    has_joined: bool = True  # a track that they have not left


_talk, _told, _answer, _owed = (
    table.__table__.c for table in (TalkRow, Interview, Referral, OutboxRow)
)
_is_open = or_(*(_owed.state == state for state in OPEN))
_joined, _staffs = EnrolmentRow.__table__.c, StaffEntry.__table__.c

_of_chat = select(_talk.plain).where(
    _talk.channel_id == _CHANNEL, _talk.chat_id == bindparam("chat")
)
_newest_of_staff = (
    select(_staffs.changed_at)
    .where(_staffs.channel_id == _CHANNEL)
    .order_by(_staffs.changed_at.desc())
    .limit(1)
)
_told_before = exists().where(_told.channel_id == _CHANNEL, _told.user_id == _USER)
_joined_before = exists().where(
    _joined.channel_id == _CHANNEL, _joined.user_id == _USER, _joined.left_at.is_(None)
)
_before = select(
    _of_chat.scalar_subquery(),
    _newest_of_staff.scalar_subquery(),
    _told_before,
    _joined_before,
)

_after = select(
    or_(
        exists().where(
            _joined.channel_id == _CHANNEL,
            _joined.user_id == _USER,
            _joined.left_at.is_(None),
            _joined.seen_version != bindparam("version"),
        ),
        exists().where(
            _answer.channel_id == _CHANNEL,
            _answer.user_id == _USER,
            _answer.state == ReferralState.ANSWERED,
            _answer.told_at.is_(None),
        ),
        exists().where(_owed.channel_id == _CHANNEL, _owed.user_id == _USER, _is_open),
    )
)


_BEFORE, _AFTER = Prepared(lambda _: _before), Prepared(lambda _: _after)


def look(db: Connection, channel_id: str, chat_id: str, user_id: str | None) -> AtHand:
    """What stands ready for this chat of this person, whose row is locked; it locks nothing."""
    said = {"channel": channel_id, "chat": chat_id, "user": user_id}
    [(plain, changed_at, has_told, has_joined)] = _BEFORE.all(db, said)
    return AtHand(
        talk=None if plain is None else Talk.from_plain(plain),
        staff_changed_at=changed_at,
        told=None if has_told else (),
        has_joined=has_joined,
    )


def is_anything_untold(db: Connection, channel_id: str, user_id: str, version: str) -> bool:
    """Whether this person may be told something beside the answer, now that it is found.

    What changed of their tracks since another `version` of the plans, what staff answered, or what
    lies in the outbox; its own room says whether it is told today.
    """
    said = {"channel": channel_id, "user": user_id, "version": version}
    [(is_any,)] = _AFTER.all(db, said)
    return bool(is_any)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is around some people at once.

    Args:
        staff_changed_at: when the channel's own answers last changed.
        talks: what each one-to-one chat is about, of those who are known and said something.
        told: what those told of themselves, for an eligibility, who did.
        plain: who follows nothing and is owed nothing.
        bursts: how much each wrote within a minute, of those who are known.
        versions: of their own rows (`people.VERSION`), of those who are known; by PostgreSQL.
    """

    staff_changed_at: datetime | None
    talks: Mapping[str, Talk]
    told: Mapping[str, Sequence[Told]]
    plain: frozenset[str]
    bursts: Mapping[str, int]
    versions: Mapping[str, str]


_who = Person.__table__.c
_mails = MailAddress.__table__.c


def _any_of(
    channel: ColumnElement[str], user: ColumnElement[str], *which: ColumnElement[bool]
) -> ScalarSelect[bool]:
    # Of EXISTS PostgreSQL may make a list of the whole table, to look each person up in it.
    theirs = select(true()).where(channel == _who.channel_id, user == _who.user_id, *which)
    return theirs.limit(1).scalar_subquery().correlate(Person.__table__)


_told_us = _any_of(_told.channel_id, _told.user_id)
_has_more = func.coalesce(
    _any_of(_joined.channel_id, _joined.user_id, _joined.left_at.is_(None)),
    _any_of(
        _answer.channel_id,
        _answer.user_id,
        _answer.state == ReferralState.ANSWERED,
        _answer.told_at.is_(None),
    ),
    _any_of(_owed.channel_id, _owed.user_id, _is_open),
    _any_of(
        _mails.channel_id,
        _mails.user_id,
        _mails.dead_at.is_not(None),
        _mails.dead_told_at.is_(None),
    ),
)


def _around(dialect: str, theirs: ColumnElement[bool]) -> Select[Any]:
    # From one row, so that there is an answer also where nobody is known yet.
    one = select(true().label("one")).subquery()
    return select(
        _newest_of_staff.scalar_subquery(),
        _who.user_id,
        _who.burst,
        select(_talk.plain)
        .where(_talk.channel_id == _who.channel_id, _talk.chat_id == _who.user_id)
        .scalar_subquery()
        .correlate(Person.__table__),
        _told_us,
        _has_more,
        VERSION if dialect == POSTGRESQL else literal(""),
    ).select_from(one.outerjoin(Person.__table__, and_(_who.channel_id == _CHANNEL, theirs)))


_AROUND_ONE = Prepared(lambda dialect: _around(dialect, _who.user_id == _USER))
_AROUND = Prepared(lambda d: _around(d, is_among(d, _who.user_id, "users")))


def look_around(db: Connection, channel_id: str, user_ids: Sequence[str]) -> Around:
    """What is around these people of a channel in their one-to-one chats; a query or two."""
    channel = {"channel": channel_id}
    if len(user_ids) == 1:  # planned once; with a list, PostgreSQL plans each time
        rows = _AROUND_ONE.all(db, {**channel, "user": user_ids[0]})
    else:
        rows = _AROUND.all(db, {**channel, "users": list(user_ids)})
    known = [row for row in rows if row[1] is not None]
    tellers = [user for _, user, _, _, has_told, *_ in known if has_told]
    return Around(
        staff_changed_at=rows[0][0],
        talks={user: Talk.from_plain(plain) for _, user, _, plain, *_ in known if plain},
        told=interviews.of_people(db, channel_id, tellers) if tellers else {},
        plain=frozenset(set(user_ids) - {row[1] for row in known if row[5]}),
        bursts={user: burst for _, user, burst, *_ in known},
        versions={user: version for _, user, *_, version in known},
    )
