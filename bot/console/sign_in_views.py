"""The way in: password, single sign-on, the second factor, a first password; and the way out."""

from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.door import (
    COOKIE,
    NAME,
    STEPS,
    Backstage,
    Colleague,
    Door,
    drop_cookie,
    keep_cookie,
    network_address,
    safe_next,
    signed_in,
    to,
)
from bot.errors import AskAgain
from bot.model.channels import NAME as CHANNEL_NAME
from bot.model.staff_roles import ANYONE
from bot.sign_in import by_provider, own_account
from bot.sign_in.by_provider import Asking
from bot.sign_in.gate import Attempt
from bot.sign_in.own_account import Own
from bot.sign_in.passwords import LONGEST, SHORTEST
from bot.store import console_sessions
from bot.store.account_tables import WayIn


class SignInViews:
    """The pages of the way in."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def sign_in(self) -> ResponseReturnValue:
        """The form; whoever is signed in is led on."""
        colleague = signed_in(self._backstage)
        if colleague and colleague.signed.stage is WayIn.FULL:
            return redirect(safe_next(request.args.get("next", "")), 303)
        return self._form()

    def enter(self) -> ResponseReturnValue:
        """Sign in by password."""
        attempt = Attempt(
            mail=request.form.get("mail", "")[:LONGEST],
            password=request.form.get("password", ""),
            address=network_address(self._backstage),
            browser=_browser(),
            now=self._backstage.real_now(),
            channel_id=_channel(),
        )
        try:
            session_id = self._backstage.gate.enter(attempt)
        except AskAgain as err:
            return self._form(err.say), 400
        return self._led_on(session_id, request.form.get("next", ""))

    def provider(self) -> ResponseReturnValue:
        """Out to the identity provider."""
        provider = self._backstage.provider or abort(404)
        after = safe_next(request.args.get("next", ""))
        try:
            url, session_id = by_provider.leave(
                self._backstage.gate, provider, after, self._caller()
            )
        except AskAgain as err:
            return self._form(err.say), 400
        return keep_cookie(_redirect(url), self._backstage, session_id)

    def provider_back(self) -> ResponseReturnValue:
        """Back from there."""
        provider = self._backstage.provider or abort(404)
        waited = request.cookies.get(COOKIE, "")
        try:
            session_id, after = by_provider.come_back(
                self._backstage.gate, provider, waited, request.args, self._caller()
            )
        except AskAgain as err:
            return self._form(err.say), 400
        return self._led_on(session_id, after)

    def factor(self, colleague: Colleague) -> ResponseReturnValue:
        """The form for the second factor's code."""
        return render_template("console/factor.html", after=request.args.get("next", ""), fault="")

    def pass_factor(self, colleague: Colleague) -> ResponseReturnValue:
        """Sign in by the second factor."""
        after = request.form.get("next", "")
        try:
            session_id = self._backstage.gate.pass_factor(
                request.cookies.get(COOKIE, ""), request.form.get("code", ""), colleague.real_now
            )
        except AskAgain as err:
            return render_template("console/factor.html", after=after, fault=err.say), 400
        return self._led_on(session_id, after)

    def first_password(self, colleague: Colleague) -> ResponseReturnValue:
        """The form that replaces a first password."""
        return _first_form(colleague, "")

    def replace_first(self, colleague: Colleague) -> ResponseReturnValue:
        """Replace the first password by one's own."""
        new, again = request.form.get("new", ""), request.form.get("again", "")
        if new != again:
            return _first_form(colleague, "兩次輸入的新密碼不一樣，請再輸入一次。"), 400
        own = Own(
            gate=self._backstage.gate,
            account=colleague.account,
            signed=colleague.signed,
            now=colleague.real_now,
        )
        try:
            session_id = own_account.change_password(own, "", new)
        except AskAgain as err:
            return _first_form(colleague, err.say), 400
        return self._led_on(session_id, "")

    def sign_out(self, colleague: Colleague) -> ResponseReturnValue:
        """End this browser's session."""
        with self._backstage.engine.begin() as db:
            console_sessions.end(db, request.cookies.get(COOKIE, ""))
        return drop_cookie(to("signed_out"), self._backstage)

    def signed_out(self) -> ResponseReturnValue:
        """Says that one is out."""
        return render_template("console/signed_out.html")

    def nowhere(self, rest: str) -> ResponseReturnValue:
        """An address that leads to no page: the same for everybody."""
        abort(404)

    def _caller(self) -> Asking:
        address, now = network_address(self._backstage), self._backstage.real_now()
        return Asking(address=address, browser=_browser(), now=now, channel_id=_channel())

    def _form(self, fault: str = "") -> str:
        after = request.values.get("next", "")
        return render_template(
            "console/sign_in.html",
            fault=fault,
            mail=request.form.get("mail", ""),
            after=safe_next(after) if after else "",
            channel=_channel(),
            by_provider=self._backstage.provider is not None,
        )

    def _led_on(self, session_id: str, after: str) -> Response:
        """The browser with its new session, at the next step or at the page that was wanted."""
        with self._backstage.reading() as db:
            now = self._backstage.real_now()
            signed = console_sessions.find(db, session_id, now)
        step = STEPS.get(signed.stage) if signed else None
        where = safe_next(after)
        if step:
            where = url_for(f"{NAME}.{step}", next=where if after else None)
        return keep_cookie(_redirect(where), self._backstage, session_id)


def add_sign_in(door: Door, backstage: Backstage) -> None:
    """The pages of the way in and out."""
    views = SignInViews(backstage)
    door.add_open("/sign-in", "sign_in", views.sign_in)
    door.add_open("/sign-in", "enter", views.enter, post=True)
    door.add_open("/provider", "provider", views.provider)
    door.add_open("/provider/back", "provider_back", views.provider_back)
    door.add_open("/signed-out", "signed_out", views.signed_out)
    door.add_open("/<path:rest>", "nowhere", views.nowhere)
    door.add_open("/<path:rest>", "nowhere_post", views.nowhere, post=True)
    waiting: dict[str, Any] = {"roles": ANYONE, "stages": frozenset({WayIn.FACTOR})}
    door.add("/factor", "factor", views.factor, **waiting)
    door.add("/factor", "pass_factor", views.pass_factor, post=True, **waiting)
    first: dict[str, Any] = {"roles": ANYONE, "stages": frozenset({WayIn.PASSWORD})}
    door.add("/first-password", "first_password", views.first_password, **first)
    door.add("/first-password", "replace_first", views.replace_first, post=True, **first)
    every = frozenset(WayIn) - {WayIn.AWAY}
    door.add("/sign-out", "sign_out", views.sign_out, roles=ANYONE, stages=every, post=True)


def _first_form(colleague: Colleague, fault: str) -> str:
    return render_template(
        "console/first_password.html", account=colleague.account, fault=fault, shortest=SHORTEST
    )


def _channel() -> str:
    """The channel that the address names, for whom has accounts in several; empty: none."""
    named = request.values.get("channel", "")
    return named if CHANNEL_NAME.fullmatch(named) else ""


def _browser() -> str:
    return request.headers.get("User-Agent", "")


def _redirect(url: str) -> Response:
    found = redirect(url, 303, Response=current_app.response_class)
    assert isinstance(found, Response)  # of the class that was asked for
    return found
