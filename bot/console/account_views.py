"""Accounts: who has one, in which role; inviting, changing, disabling."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.console.door import Backstage, Colleague, Door, to
from bot.errors import AskAgain
from bot.model.staff_roles import MAY, Right, StaffRole
from bot.sign_in import staff_accounts
from bot.sign_in.staff_accounts import By, First
from bot.store import accounts

DONE = {
    "role": "角色已更換；這個帳號要重新登入。",
    "disabled": "帳號已停用，所有瀏覽器都已登出。",
    "enabled": "帳號已恢復使用。",
}


class AccountViews:
    """The pages of accounts."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """Everybody, the form that invites, and what each role may do."""
        return self._page(colleague)

    def invite(self, colleague: Colleague) -> ResponseReturnValue:
        """Make an account; its first password is shown this once."""
        role = _role()
        try:
            first = staff_accounts.add(self._by(colleague), request.form.get("mail", ""), role)
        except AskAgain as err:
            return self._page(colleague, fault=err.say), 400
        return self._page(colleague, first=first)

    def set_role(self, colleague: Colleague, account_id: str) -> ResponseReturnValue:
        """Give an account another role."""
        staff_accounts.set_role(self._by(colleague), account_id, _role())
        return to("accounts", done="role")

    def disable(self, colleague: Colleague, account_id: str) -> ResponseReturnValue:
        """Let nobody in by it any more."""
        staff_accounts.disable(self._by(colleague), account_id)
        return to("accounts", done="disabled")

    def enable(self, colleague: Colleague, account_id: str) -> ResponseReturnValue:
        """Let it in again."""
        staff_accounts.enable(self._by(colleague), account_id)
        return to("accounts", done="enabled")

    def renew(self, colleague: Colleague, account_id: str) -> ResponseReturnValue:
        """Give it a new first password, shown this once."""
        first = staff_accounts.renew(
            self._by(colleague), account_id, drops_factor=bool(request.form.get("factor"))
        )
        return self._page(colleague, first=first)

    def _by(self, colleague: Colleague) -> By:
        return By(
            engine=self._backstage.engine,
            channel_id=colleague.channel_id,
            actor=colleague.account.mail,
            now=colleague.real_now,
        )

    def _page(self, colleague: Colleague, fault: str = "", first: First | None = None) -> str:
        with self._backstage.reading() as db:
            found = accounts.every(db, colleague.channel_id)
        return render_template(
            "console/accounts.html",
            rows=found,
            roles=StaffRole,
            rights=[(right.called, MAY[right]) for right in Right],
            fault=fault,
            first=first,
            mail=request.form.get("mail", "") if fault else "",
            address=self._backstage.address,
            done=DONE.get(request.args.get("done", ""), ""),
        )


def add_accounts(door: Door, backstage: Backstage) -> None:
    """The pages of accounts."""
    views, roles = AccountViews(backstage), MAY[Right.MANAGE]
    one = "/accounts/<account_id>"
    door.add("/accounts", "accounts", views.listed, roles=roles)
    door.add("/accounts", "invite", views.invite, roles=roles, post=True)
    door.add(f"{one}/role", "set_role", views.set_role, roles=roles, post=True)
    door.add(f"{one}/disable", "disable", views.disable, roles=roles, post=True)
    door.add(f"{one}/enable", "enable", views.enable, roles=roles, post=True)
    door.add(f"{one}/renew", "renew", views.renew, roles=roles, post=True)


def _role() -> StaffRole:
    wanted = request.form.get("role", "")
    return next((role for role in StaffRole if role.value == wanted), None) or abort(400)
