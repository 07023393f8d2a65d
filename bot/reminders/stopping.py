"""Stopping the reminders of one date: chat and page do the same here."""

from bot.model.reminders import Choice
from bot.reminders.decide import useful_until
from bot.reminders.follows import Where, wished_stretches
from bot.reminders.stretches import own_date_of
from bot.rules.notices import Stretch
from bot.store import preferences, wishes
from bot.store.wishes import Wish


def stop_one(where: Where, user_id: str, stretch: Stretch) -> None:
    """Mute it, and drop the wish or the own date that it was; rows are not refreshed yet."""
    who = (where.channel_id, user_id)
    own = own_date_of(stretch.edition, stretch.entry.id)
    if own is not None:
        preferences.drop_own(where.db, *who, own)
    else:
        preferences.choose(where.db, who, stretch.key, Choice(is_muted=True), where.now)
    settle_wish(where, user_id, stretch)


def settle_wish(where: Where, user_id: str, stretch: Stretch) -> None:
    """Drop the wish for it, where nothing else of it is still to be told."""
    wish = Wish(
        plan=stretch.edition.plan,
        edition=stretch.edition.edition,
        date=stretch.entry.id,
        case_key=stretch.case_key,
    )
    muted = preferences.choices(where.db, where.channel_id, [user_id]).get(user_id, {})
    others = [
        s
        for s in wished_stretches(where.edition_of, wish)
        if s.key != stretch.key
        and useful_until(s) > where.now
        and not muted.get(s.key, Choice()).is_muted
    ]
    if not others:
        wishes.drop(where.db, where.channel_id, user_id, wish)
