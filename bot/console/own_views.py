"""One's own account: password, second factor, where one is signed in."""

from typing import TYPE_CHECKING, Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.door import Backstage, Colleague, Door, drop_cookie, go_on_as, keep_cookie, to
from bot.errors import AskAgain
from bot.later import later
from bot.model.staff_roles import ANYONE
from bot.sign_in import app_secret, factors, own_account
from bot.sign_in.own_account import Own
from bot.sign_in.passwords import SHORTEST
from bot.store import console_sessions
from bot.store.account_tables import WayIn

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")

DONE = {
    "password": "密碼已更換；其他瀏覽器都已登出。",
    "dropped": "驗證器已移除；其他瀏覽器都已登出。",
}
ENROLLING = frozenset({WayIn.FULL, WayIn.ENROL})


class OwnViews:
    """The pages of one's own account."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def own(self, colleague: Colleague) -> ResponseReturnValue:
        """What there is of it."""
        return self._page(colleague)

    def password(self, colleague: Colleague) -> ResponseReturnValue:
        """Replace the password."""
        form = request.form
        if form.get("new", "") != form.get("again", ""):
            fault = "兩次輸入的新密碼不一樣，沒有更動。"
            return self._page(colleague, password_fault=fault), 400
        own = self._own(colleague)
        try:
            session_id = own_account.change_password(own, form.get("old", ""), form.get("new", ""))
        except AskAgain as err:
            return self._page(colleague, password_fault=err.say), 400
        return keep_cookie(to("own", done="password"), self._backstage, session_id)

    def set_factor(self, colleague: Colleague) -> ResponseReturnValue:
        """The QR code that the app reads, and the form that confirms it."""
        return self._factor_page(colleague)

    def begin_factor(self, colleague: Colleague) -> ResponseReturnValue:
        """Make a new secret for the app."""
        own_account.begin_factor(self._own(colleague))
        return to("set_factor")

    def confirm_factor(self, colleague: Colleague) -> ResponseReturnValue:
        """Ask for the factor from now on; the recovery codes are shown this once."""
        try:
            session_id, codes = own_account.confirm_factor(
                self._own(colleague), request.form.get("code", "")
            )
        except AskAgain as err:
            return self._factor_page(colleague, err.say), 400
        go_on_as(session_id)
        return render_template("console/recovery.html", codes=codes)

    def drop_factor(self, colleague: Colleague) -> ResponseReturnValue:
        """Ask for no second factor any more."""
        try:
            session_id = own_account.drop_factor(self._own(colleague), request.form.get("code", ""))
        except AskAgain as err:
            return self._page(colleague, factor_fault=err.say), 400
        return keep_cookie(to("own", done="dropped"), self._backstage, session_id)

    def end_everywhere(self, colleague: Colleague) -> ResponseReturnValue:
        """Sign out in every browser."""
        own_account.end_everywhere(self._own(colleague))
        return drop_cookie(to("signed_out"), self._backstage)

    def _own(self, colleague: Colleague) -> Own:
        return Own(
            gate=self._backstage.gate,
            account=colleague.account,
            signed=colleague.signed,
            now=colleague.real_now,
        )

    def _page(self, colleague: Colleague, password_fault: str = "", factor_fault: str = "") -> str:
        with self._backstage.reading() as db:
            sessions = console_sessions.of_account(db, colleague.account, colleague.real_now)
        return render_template(
            "console/own.html",
            account=colleague.account,
            sessions=sessions,
            current=colleague.signed.id_hash,
            shortest=SHORTEST,
            password_fault=password_fault,
            factor_fault=factor_fault,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def _factor_page(self, colleague: Colleague, fault: str = "") -> str:
        secret = self._pending_secret(colleague)
        picture = ""
        if secret:
            address = factors.address_of(secret, colleague.account.mail)
            picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white")
        return render_template(
            "console/set_factor.html",
            account=colleague.account,
            secret=secret,
            picture=picture,
            fault=fault,
        )

    def _pending_secret(self, colleague: Colleague) -> str:
        """What the app is to be shown; empty: nothing was made, or nobody can read it any more."""
        if colleague.account.has_factor:
            return ""
        try:
            return app_secret.secret_of(self._backstage.gate.key, colleague.account) or ""
        except AskAgain:
            return ""


def add_own(door: Door, backstage: Backstage) -> None:
    """The pages of one's own account."""
    views = OwnViews(backstage)
    door.add("/own", "own", views.own, roles=ANYONE)
    door.add("/own/password", "password", views.password, roles=ANYONE, post=True)
    enrolling: dict[str, Any] = {"roles": ANYONE, "stages": ENROLLING}
    door.add("/own/factor", "set_factor", views.set_factor, **enrolling)
    door.add("/own/factor/begin", "begin_factor", views.begin_factor, post=True, **enrolling)
    door.add("/own/factor", "confirm_factor", views.confirm_factor, post=True, **enrolling)
    door.add("/own/factor/drop", "drop_factor", views.drop_factor, roles=ANYONE, post=True)
    door.add("/own/sign-out", "end_everywhere", views.end_everywhere, roles=ANYONE, post=True)
