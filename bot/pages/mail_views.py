"""Pages that mails lead to: confirming an address, and wanting no more mail.

Nobody is logged in here: what lets in is the link. Opening it changes nothing, because mailboxes
open links by themselves to look at them; pressing the button does. A mailbox's own button for
leaving sends the POST of RFC 8058, which needs no page.
"""

import re

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from bot import own_mail_work
from bot.model.addresses import masked
from bot.pages.door import LARGEST_BODY, Backstage, harden
from bot.store import mail_addresses
from bot.store.mail_addresses import Subscriber

_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


def mail_room(backstage: Backstage) -> Blueprint:
    """The addresses that mails hold."""
    made = Blueprint("mail", __name__, url_prefix="/mail", template_folder="templates")

    @made.route("/confirm/<token>", methods=["GET", "POST"])
    def confirm(token: str) -> ResponseReturnValue:
        return _confirm(backstage, token)

    @made.route("/leave/<key>", methods=["GET", "POST"])
    def leave(key: str) -> ResponseReturnValue:
        return _leave(backstage, key)

    made.before_request(_bounded)
    made.after_request(harden)
    return made


def _confirm(backstage: Backstage, token: str) -> ResponseReturnValue:
    now = backstage.now()
    key = backstage.links.read_confirmation(token, now)
    if not key:
        return _page("over"), 403
    pressed = request.method == "POST"
    found = (
        own_mail_work.confirm_mail(backstage.engine, key, now) if pressed else _of(backstage, key)
    )
    if found is None or found.unsubscribed_at:
        return _page("over"), 403
    return _page("confirmed" if found.confirmed_at else "confirm", found)


def _leave(backstage: Backstage, key: str) -> ResponseReturnValue:
    if not _KEY.fullmatch(key):
        abort(404)
    pressed = request.method == "POST"
    now = backstage.now()
    found = own_mail_work.leave_mail(backstage.engine, key, now) if pressed else _of(backstage, key)
    if found is None:
        return _page("gone"), 404
    return _page("left" if found.unsubscribed_at else "leave", found)


def _bounded() -> None:
    request.max_content_length = LARGEST_BODY


def _of(backstage: Backstage, key: str) -> Subscriber | None:
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        return mail_addresses.by_key(db, key)


def _page(state: str, found: Subscriber | None = None) -> str:
    address = masked(found.address) if found else ""
    return render_template("pages/mail.html", state=state, address=address)
