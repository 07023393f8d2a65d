"""One's address of e-mail on the page of reminders: given, chosen, ended."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot import own_mail_work
from bot.answers import mail_lines as lines
from bot.model.addresses import LONGEST, find_address
from bot.own_work import Owner
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.pages.own_views import owner_of
from bot.store import mail_addresses
from bot.store.channel_tables import Via

CHOICES = tuple((via.value, lines.LABELS[via.value]) for via in Via)
# What is said after a form was sent: `done` of the address → words.
SAID = {
    "mail-asked": "已寄確認信，請在24小時內打開信裡的連結，按「確認」。",
    "mail-kept": "這個信箱先前已經確認過了。",
    "mail-via": "已改好提醒的方式。",
    "mail-stopped": lines.STOPPED,
    "mail-not-one": "這個信箱看不懂，沒有存下。請填完整的信箱，例如 name@school.edu.tw。",
    "mail-many": lines.TOO_MANY,
    "mail-none": lines.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMail:
    """What the page says of mail."""

    can: bool  # whether mail can be sent at all
    said: str = ""
    is_active: bool = False
    is_asked: bool = False
    via: str = ""
    choices: tuple[tuple[str, str], ...] = CHOICES


def shown_mail(backstage: Backstage, guest: Guest) -> ShownMail:
    """How it stands with this person's mail."""
    if not backstage.mails:
        return ShownMail(can=False)
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        found = mail_addresses.find(db, guest.channel_id, guest.user_id)
    if found is None:
        return ShownMail(can=True)
    ended = bool(found.unsubscribed_at or found.dead_at)
    said = lines.state_words(
        found.address,
        confirmed=bool(found.confirmed_at),
        left=bool(found.unsubscribed_at),
        dead=bool(found.dead_at),
    )
    return ShownMail(
        can=True,
        said=said,
        is_active=found.is_active,
        is_asked=not ended and not found.confirmed_at,
        via=found.via.value,
    )


class OwnMailViews:
    """What is done about mail on one's own page."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def give(self, token: str) -> ResponseReturnValue:
        """Keep an address, and ask by mail whether it is theirs."""
        guest = let_guest_in(self._backstage, token)
        return self._back(token, self._given(guest))

    def choose(self, token: str) -> ResponseReturnValue:
        """Choose by which way to be reminded, or no mail at all."""
        guest = let_guest_in(self._backstage, token)
        engine, owner = self._backstage.engine, self._owner(guest)
        via = request.form.get("via", "")
        if via == lines.NO_MORE:
            own_mail_work.stop_mail(engine, owner, guest.now)
            return self._back(token, "mail-stopped")
        if via in set(Via):
            own_mail_work.choose_mail(engine, owner, Via(via), guest.now)
        return self._back(token, "mail-via")

    def _given(self, guest: Guest) -> str:
        if not self._backstage.mails:
            return "mail-none"
        typed = request.form.get("address", "").strip()
        address = find_address(typed) if len(typed) <= LONGEST else ""
        if not address or len(address) != len(typed):
            return "mail-not-one"
        owner = self._owner(guest)
        found = own_mail_work.ask_mail(self._backstage.engine, owner, address, guest.now)
        if found is None:
            return "mail-many"
        return "mail-kept" if found.is_active else "mail-asked"

    def _owner(self, guest: Guest) -> Owner:
        return owner_of(self._backstage, guest)

    def _back(self, token: str, done: str) -> ResponseReturnValue:
        return redirect(url_for("pages.own_dates", token=token, done=done), 303)
