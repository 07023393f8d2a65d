"""承辦人異動 and 我已卸任: a school's contact hands over to a successor, or gives it up."""

from bot.answers import school_lines as lines
from bot.answers.own_lines import ERASE_LIVES
from bot.handlers.desk import Desk, Handled
from bot.handlers.reminded import refresh_own
from bot.handlers.schools.known import held_by
from bot.handlers.schools.open_matters import open_matters
from bot.links import Purpose
from bot.messages import Answer, Incoming, Outcome, Row
from bot.model.schools import School, SchoolRole
from bot.store import affiliations, channel_settings, schools
from bot.store.channel_settings import CONTACTS_HAND_OVER

CONTACT = SchoolRole.CONTACT


def hand_over(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is open, and the way to the page with the successor's code; None for others.

    The code is shown on the page alone: what is said in the chat is kept with its event.
    """
    held = [school for _, school in held_by(incoming, desk, CONTACT)]
    if not held:
        return None
    if desk.links is None:
        return _said(desk, lines.plain(lines.NO_PAGES))
    if not channel_settings.is_on(desk.db, incoming.channel_id, CONTACTS_HAND_OVER):
        return _said(desk, lines.plain(lines.HAND_OVER_CLOSED))
    whose = (incoming.channel_id, incoming.user_id or "")
    token = desk.links.token(*whose, Purpose.OWN, incoming.at)
    cards = tuple(
        lines.hand_over(
            school,
            open_matters(incoming, desk, school),
            desk.links.page(token, f"me/handover/{school.code}"),
        )
        for school in held
    )
    part = cards[0] if len(cards) == 1 else Row(cards)
    return _said(desk, Answer((part,), outcome=Outcome.CHAT))


def resign_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """Asks whether a contact really gives it up, of each of their schools; None for others."""
    held = [school for _, school in held_by(incoming, desk, CONTACT)]
    if not held:
        return None
    asked_at = int(incoming.at.timestamp())
    cards = tuple(lines.resign(s, asked_at, _others(incoming, desk, s)) for s in held)
    part = cards[0] if len(cards) == 1 else Row(cards)
    return _said(desk, Answer((part,), outcome=Outcome.CHAT))


def resign(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Ends the tie of a contact, where the button is the answer to a question of a moment ago."""
    if value == "no":
        return _said(desk, lines.plain(lines.STAYS))
    asked, _, code = value.partition(":")
    asked_at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0
    if not -1 <= incoming.at.timestamp() - asked_at <= ERASE_LIVES.total_seconds():
        return _said(desk, lines.plain(lines.RESIGN_OLD))
    school = schools.find(desk.db, incoming.channel_id, code)
    where = (desk.db, incoming.channel_id, incoming.user_id or "")
    if incoming.in_group or not school or not affiliations.untie(*where, code, CONTACT):
        return _said(desk, lines.plain(lines.NO_CONTACT))
    refresh_own(incoming, desk)
    return _said(desk, lines.resigned(school, _others(incoming, desk, school)))


def _others(incoming: Incoming, desk: Desk, school: School) -> int:
    held = affiliations.contacts_of(desk.db, incoming.channel_id, school.code)
    return sum(user_id != incoming.user_id for user_id in held)


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
