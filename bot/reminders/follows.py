"""Keeps what people are to be told of up to date, in the transaction of what changed it.

Called wherever somebody joins, leaves, reports, chooses, wishes or sets something, and by planning
for everybody when the plans themselves changed. Only rows that differ are written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import ledger
from bot.model.reminders import Choice, Preferences
from bot.reminders.decide import NO_CHOICE
from bot.reminders.moved_dates import Known, Where, altered, news
from bot.reminders.of_schools import owed_keys
from bot.reminders.sharing import Sharing, Ties, wished_stretches
from bot.store import affiliations, follows, outbox, preferences, wishes
from bot.store.follows import Follow

__all__ = ["Where", "refresh", "refresh_contacts", "wished_stretches"]


@dataclass(frozen=True, slots=True)
class _Before:
    """What was kept of the people concerned."""

    rows: Mapping[str, list[Follow]]
    waiting: set[str]  # keys in the outbox


@dataclass(frozen=True, slots=True)
class _Wants:
    """What the people concerned follow, and how they want to be told."""

    ties: Mapping[str, Ties]
    choices: Mapping[str, Mapping[str, Choice]]
    set_by: Mapping[str, Preferences]


def refresh(where: Where, *user_ids: str, sharing: Sharing | None = None) -> int:
    """Bring the rows of these people up to date; gives how many were told of a moved date.

    Args:
        sharing: of the same plans, where it was done for others before.
    """
    db, channel_id = where.db, where.channel_id
    sharing = sharing or Sharing(where.edition_of)
    before = _Before(
        follows.of_people(db, channel_id, user_ids),
        follows.waiting_keys(db, channel_id, user_ids),
    )
    wants = _wants(where, user_ids)
    now_rows = {user_id: _rows(where, user_id, (before, wants), sharing) for user_id in user_ids}
    known: list[Known] = []
    for user_id in user_ids:
        days = {shown.key: shown.days for shown in sharing.shown(wants.ties[user_id])}
        known += altered(before.rows.get(user_id, ()), days, sharing, where.now)
    told = news(where, known, wants.set_by, sharing)
    _write(where, before, now_rows, {notice.user_id for notice in told})
    return outbox.put_many(db, told)


def refresh_contacts(where: Where, school_code: str) -> None:
    """Bring the rows of a school's contacts up to date: what the school owes is another now."""
    held = affiliations.contacts_of(where.db, where.channel_id, school_code)
    if held:
        refresh(where, *held)


def _write(
    where: Where, before: _Before, now_rows: Mapping[str, Sequence[Follow]], told: set[str]
) -> None:
    """Write what differs; what waits of it in the outbox is queued anew when it is due."""
    new: list[Follow] = []
    stale: list[str] = []
    gone: list[Follow] = []
    for user_id, rows in now_rows.items():
        old = {(row.stretch, row.lead): row for row in before.rows.get(user_id, ())}
        for row in rows:
            was = old.pop((row.stretch, row.lead), None)
            if was is not None and _same(was, row):
                continue
            new.append(_owed(where, was, row, (before.waiting, user_id in told)))
            if was is not None:
                stale.append(was.key)
        gone += old.values()
    keys = [key for key in (*(row.key for row in gone), *stale) if key in before.waiting]
    follows.drop_waiting(where.db, where.channel_id, keys)
    follows.drop(where.db, where.channel_id, gone)
    follows.put(where.db, where.channel_id, new)


def _owed(where: Where, was: Follow | None, row: Follow, so_far: tuple[set[str], bool]) -> Follow:
    """The row as it is kept: one whose instant has passed counts as planned, unless what it says
    is still owed.

    Args:
        so_far: the keys that wait in the outbox, and whether this person is told of moved dates.
    """
    waiting, has_news = so_far
    owed = was is not None and (not was.is_planned or was.key in waiting)
    told_anew = has_news and was is not None and was.days != row.days
    is_planned = row.at <= where.now and (not owed or told_anew)
    return replace(row, is_planned=True) if is_planned else row


def _wants(where: Where, user_ids: Sequence[str]) -> _Wants:
    db, channel_id = where.db, where.channel_id
    accounts = ledger.accounts_of_people(db, channel_id, user_ids)
    wished = wishes.of_people(db, channel_id, user_ids)
    own = preferences.own_dates(db, channel_id, user_ids)
    owed = owed_keys(db, channel_id, user_ids, where.edition_of, where.now)
    ties = {
        user_id: Ties(
            accounts=accounts.get(user_id, ()),
            wished=wished.get(user_id, ()),
            own=own.get(user_id, ()),
            owed=owed.get(user_id, ()),
        )
        for user_id in user_ids
    }
    chosen = preferences.choices(db, channel_id, user_ids)
    return _Wants(ties, chosen, preferences.of_people(db, channel_id, user_ids))


def _rows(
    where: Where, user_id: str, known: tuple[_Before, _Wants], sharing: Sharing
) -> list[Follow]:
    before, wants = known
    wanted, chosen = wants.set_by.get(user_id, Preferences()), wants.choices.get(user_id, {})
    since = {row.stretch: row.since for row in before.rows.get(user_id, ())}
    return [
        Follow(
            user_id=user_id,
            stretch=one.key,
            lead=told.moment.lead,
            at=told.moment.at,
            until=told.moment.until,
            fact=told.fact,
            days=one.days,
            why=one.followed.why,
            since=since.get(one.key, where.now),
        )
        for one in sharing.shown(wants.ties[user_id])
        for told in sharing.told(
            one, since.get(one.key, where.now), chosen.get(one.key, NO_CHOICE), wanted
        )
    ]


def _same(was: Follow, row: Follow) -> bool:
    """Whether nothing but its having been planned tells them apart."""
    return (
        was.at == row.at
        and was.until == row.until
        and was.fact == row.fact
        and was.days == row.days
        and was.why is row.why
        and was.since == row.since
    )
