"""Who may come in: every address is added here with the roles that it is for.

A page is shown to whoever is signed in, far enough, in one of its roles. Whoever is not signed in
is led to the sign-in by a GET, and gets 403 for anything else. What changes something wants the
token of the browser's own session.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine
from werkzeug.exceptions import TooManyRequests

from bot.clock import taipei_day
from bot.model.staff_roles import StaffRole
from bot.sign_in.gate import Gate
from bot.sign_in.single_sign_on import SingleSignOn
from bot.store import accounts, channel_settings, console_sessions
from bot.store.account_tables import WayIn
from bot.store.accounts import Account
from bot.store.console_sessions import Signed
from bot.turns import Turns
from bot.understand.reader import Reader

NAME, PREFIX = "console", "/console"
COOKIE = "shizhong_console"
TOKEN_FIELD, TOKEN_HEADER = "csrf_token", "X-CSRF-Token"
LARGEST_BODY = 50_000
MOST_FILES, WITHIN_S = 20, 60.0  # files that one account sends: they cost most to read
FULL = frozenset({WayIn.FULL})
# Where somebody is led who is on the way in.
STEPS = {
    WayIn.FACTOR: "factor",
    WayIn.PASSWORD: "first_password",
    WayIn.ENROL: "set_factor",
}

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backstage:
    """What the pages need of the rest of the house."""

    engine: Engine
    gate: Gate
    now: Callable[[], datetime]  # the clock that people live by: in the simulator, its own
    real_now: Callable[[], datetime]  # for sessions, codes, rests and the audit
    address: str  # where people reach this deployment, without a slash at the end
    reader_of: Callable[[str], Reader | None]  # by channel: its plans; None: it is not served
    proxies: int = 0  # how many of ours stand before us
    provider: SingleSignOn | None = None  # None: no single sign-on
    shown_settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_https(self) -> bool:
        """Whether people reach us encrypted."""
        return self.address.startswith("https://")

    def reading(self) -> Connection:
        """A connection that only reads."""
        return self.engine.connect().execution_options(only_reads=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who is signed in, at one request."""

    account: Account
    signed: Signed
    reader: Reader  # the plans of their channel
    now: datetime  # of the clock that people live by
    real_now: datetime

    @property
    def channel_id(self) -> str:
        """The channel that the account is for."""
        return self.account.channel_id

    @property
    def role(self) -> StaffRole:
        """The account's role at this moment."""
        return self.account.role

    @property
    def today(self) -> date:
        """The day of the request."""
        return taipei_day(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A view behind the door, with whom it is for."""

    view: View
    backstage: Backstage
    roles: frozenset[StaffRole]
    stages: frozenset[WayIn]
    most_body: int
    files: Turns
    __name__: str = "guarded"

    def __call__(self, **given: Any) -> ResponseReturnValue:
        """What the view answers, or what whoever may not see it gets."""
        request.max_content_length = self.most_body
        colleague = signed_in(self.backstage)
        if colleague is None or colleague.signed.stage not in self.stages:
            return _to_sign_in(colleague)
        if colleague.role not in self.roles:
            abort(403)
        is_file = request.method == "POST" and self.most_body > LARGEST_BODY
        if is_file and (wait_s := self.files.wait_s(colleague.account.id)):
            raise TooManyRequests(retry_after=wait_s)
        check_token()
        return self.view(colleague, **given)


class Door:
    """Adds pages to the blueprint, each with whom it is for."""

    def __init__(self, made: Blueprint, backstage: Backstage) -> None:
        self._made = made
        self._backstage = backstage
        self._files = Turns(MOST_FILES, WITHIN_S)

    def add(
        self, rule: str, endpoint: str, view: View, *, roles: frozenset[StaffRole], **more: Any
    ) -> None:
        """Add a page for these roles.

        Args:
            rule: its address below /console.
            more: post=True where it takes a form that is sent (and no GET); most_body, the bytes
                that may be sent; stages, where it is a step of the way in.
        """
        post = more.pop("post", False)
        guarded = Guarded(
            view=view,
            backstage=self._backstage,
            roles=roles,
            stages=more.pop("stages", FULL),
            most_body=more.pop("most_body", LARGEST_BODY),
            files=self._files,
            **more,
        )
        methods = ["POST"] if post else ["GET"]
        self._made.add_url_rule(rule, endpoint, guarded, methods=methods)

    def add_open(self, rule: str, endpoint: str, view: View, *, post: bool = False) -> None:
        """Add a page for everybody: the sign-in, and nothing that tells anything.

        Its views are named in `OPEN`, so that none becomes so by mistake.
        """
        if endpoint not in OPEN:
            raise ValueError(f"{endpoint} is not among the pages for everybody")

        def bounded(**given: Any) -> ResponseReturnValue:
            request.max_content_length = LARGEST_BODY
            check_token()
            return view(**given)

        self._made.add_url_rule(rule, endpoint, bounded, methods=["POST" if post else "GET"])


OPEN = frozenset(
    {"sign_in", "enter", "provider", "provider_back", "signed_out", "nowhere", "nowhere_post"}
)


def signed_in(backstage: Backstage) -> Colleague | None:
    """Who sends this request; None where nobody is signed in, or the account is disabled."""
    if "colleague" not in g:
        g.colleague = _read_session(backstage)
    found: Colleague | None = g.colleague
    return found


def _read_session(backstage: Backstage) -> Colleague | None:
    session_id = request.cookies.get(COOKIE, "")
    if not session_id:
        return None
    real_now = backstage.real_now()
    with backstage.reading() as db:
        signed = console_sessions.find(db, session_id, real_now)
        if signed is None or signed.account_id is None:
            return None
        account = accounts.find(db, signed.channel_id, signed.account_id)
        name = channel_settings.text(db, signed.channel_id, channel_settings.CONSOLE_NAME)
    if account is None or account.disabled_at:
        return None
    reader = backstage.reader_of(account.channel_id)
    if reader is None:
        return None
    g.console_name = name  # of the pages that are shown to this colleague
    if console_sessions.is_to_note(signed, real_now):
        with backstage.engine.begin() as db:
            console_sessions.note_seen(db, signed, real_now)
    return Colleague(
        account=account,
        signed=signed,
        reader=reader,
        now=backstage.now(),
        real_now=real_now,
    )


def csrf_token() -> str:
    """The token of this browser's session, signed in or not; a new browser gets its cookie now."""
    session_id = g.get("new_cookie", "") or request.cookies.get(COOKIE, "")
    if not session_id:
        session_id = g.new_cookie = console_sessions.new_id()
    return hmac.new(session_id.encode(), b"csrf", hashlib.sha256).hexdigest()


def go_on_as(session_id: str) -> None:
    """Give this session with the page that is shown now: its forms hold the new session's token."""
    g.new_cookie = session_id


def check_token() -> None:
    """Refuse with 403 what changes something and does not come from a page of ours."""
    if request.method in ("GET", "HEAD"):
        return
    sent = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD, "")
    is_own = bool(request.cookies.get(COOKIE)) and hmac.compare_digest(
        sent.encode(), csrf_token().encode()
    )
    origin = request.headers.get("Origin")
    if not is_own or (origin is not None and urlsplit(origin).netloc != request.host):
        abort(403)


def keep_cookie(response: Response, backstage: Backstage, session_id: str) -> Response:
    """Give the browser this session's id."""
    response.set_cookie(
        COOKIE, session_id, path=PREFIX, secure=backstage.is_https, httponly=True, samesite="Lax"
    )
    return response


def drop_cookie(response: Response, backstage: Backstage) -> Response:
    """Take the session's id from the browser."""
    response.delete_cookie(
        COOKIE, path=PREFIX, secure=backstage.is_https, httponly=True, samesite="Lax"
    )
    return response


def to(endpoint: str, **values: Any) -> Response:
    """Lead on to one of the console's pages after something was done."""
    found = redirect(
        url_for(f"{NAME}.{endpoint}", **values), 303, Response=current_app.response_class
    )
    assert isinstance(found, Response)  # of the class that was asked for
    return found


def safe_next(wanted: str) -> str:
    """An address of the console's own that may be led on to; any other becomes its first page."""
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    parts = urlsplit(wanted) if is_plain else urlsplit("")
    is_ours = parts.path == PREFIX or parts.path.startswith(f"{PREFIX}/")
    if parts.scheme or parts.netloc or not is_ours or ".." in parts.path or "//" in parts.path:
        return PREFIX
    return wanted


def network_address(backstage: Backstage) -> str:
    """From where this request comes, as our own outermost proxy saw it."""
    came = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < backstage.proxies <= len(came):
        return came[-backstage.proxies]
    return request.remote_addr or ""


def _to_sign_in(colleague: Colleague | None) -> ResponseReturnValue:
    if request.method not in ("GET", "HEAD"):
        abort(403)
    if colleague is None:
        wanted = request.full_path.rstrip("?")
        where = url_for(f"{NAME}.sign_in", next=None if wanted == PREFIX else wanted)
    else:
        where = url_for(f"{NAME}.{STEPS.get(colleague.signed.stage, 'today')}")
    if request.headers.get("HX-Request"):  # a part of a page: the whole page is to go there
        return "", 204, {"HX-Redirect": where}
    return redirect(where, 302)
