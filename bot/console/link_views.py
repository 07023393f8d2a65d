"""One's own LINE: linked to the account by a code that is sent in the chat."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.door import Backstage, Colleague, Door, to
from bot.model.staff_roles import MAY, Right
from bot.store import account_links, audit
from bot.store.audit import AuditNote
from bot.store.people import alias

COMMAND = "連結主控台"


class LinkViews:
    """The page of one's own LINE."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague) -> ResponseReturnValue:
        """Whether it is linked."""
        return self._page(colleague)

    def offer(self, colleague: Colleague) -> ResponseReturnValue:
        """Show a new code, this once."""
        with self._backstage.engine.begin() as db:
            # People live by the clock that stamps the chat's events: the code is held to it.
            code = account_links.offer(
                db, colleague.channel_id, colleague.account.id, colleague.now
            )
        return self._page(colleague, code)

    def drop(self, colleague: Colleague) -> ResponseReturnValue:
        """Link it no more."""
        account = colleague.account
        with self._backstage.engine.begin() as db:
            user_id = account_links.user_of(db, colleague.channel_id, account.id)
            if account_links.drop(db, colleague.channel_id, account.id):
                noted = AuditNote(
                    channel_id=colleague.channel_id,
                    at=colleague.real_now,
                    actor=account.mail,
                    what="account.unlink",
                    subject=account.mail,
                    before={"LINE": alias(user_id)},
                )
                audit.note(db, noted)
        return to("line_link", done="dropped")

    def _page(self, colleague: Colleague, code: str = "") -> str:
        with self._backstage.reading() as db:
            user_id = account_links.user_of(db, colleague.channel_id, colleague.account.id)
        return render_template(
            "console/line_link.html",
            is_linked=bool(user_id),
            code=code,
            command=COMMAND,
            minutes=account_links.LIVES.seconds // 60,
            done="已取消連結。" if request.args.get("done") == "dropped" else "",
        )


def add_linking(door: Door, backstage: Backstage) -> None:
    """The page of one's own LINE."""
    views, roles = LinkViews(backstage), MAY[Right.SEND]
    door.add("/own/line", "line_link", views.shown, roles=roles)
    door.add("/own/line", "offer_link", views.offer, roles=roles, post=True)
    door.add("/own/line/drop", "drop_link", views.drop, roles=roles, post=True)
