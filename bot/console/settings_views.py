"""What staff set for their channel; below it what the environment says, of secrets only whether."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import broadcast_work
from bot.console.clerks import shift_of
from bot.console.doing import doer_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import channel
from bot.console_work.channel import LONGEST_NAME, SWITCHES, ChannelChoices
from bot.errors import AskAgain
from bot.model.staff_roles import MAY, Right
from bot.settings import CHANNEL_ID

MOST_PEOPLE = 1_000_000
_NO_NUMBER = "核可人數要是 0 到 1,000,000 的整數，沒有更動。請改好再儲存。"
_YES = {"yes": "是", "no": "否"}


class SettingsViews:
    """The page of settings."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague) -> ResponseReturnValue:
        """What can be set here, then each setting by its name in the environment."""
        return self._page(colleague)

    def keep(self, colleague: Colleague) -> ResponseReturnValue:
        """Set what was sent; all of it, or nothing where something is wrong."""
        wanted = ChannelChoices(
            console_name=request.form.get("console_name", ""),
            switched_on=frozenset(SWITCHES) & frozenset(request.form.getlist("may")),
        )
        try:
            people = _people(request.form.get("people", ""))
            with self._backstage.engine.begin() as db:
                channel.keep(db, doer_of(self._backstage, colleague), wanted)
                if people != broadcast_work.approval_above(db, colleague.channel_id):
                    shift = shift_of(db, self._backstage, colleague)
                    broadcast_work.set_approval_above(shift, people)
        except AskAgain as err:
            return self._page(colleague, err.say), 400
        return to("settings", done="kept")

    def _page(self, colleague: Colleague, fault: str = "") -> str:
        with self._backstage.reading() as db:
            choices = channel.read(db, colleague.channel_id)
            above = broadcast_work.approval_above(db, colleague.channel_id)
        typed = request.form if fault else {}
        # The environment is the deployment's: it is shown to whoever looks after that.
        is_ours = colleague.channel_id == CHANNEL_ID
        shown = self._backstage.shown_settings.items() if is_ours else ()
        return render_template(
            "console/settings.html",
            rows=[(name, _YES.get(value, value)) for name, value in shown],
            name=typed.get("console_name", choices.console_name),
            people=typed.get("people", above),
            longest=LONGEST_NAME,
            most=MOST_PEOPLE,
            switches=SWITCHES.items(),
            on=frozenset(request.form.getlist("may")) if fault else choices.switched_on,
            fault=fault,
            done="已儲存。" if request.args.get("done") == "kept" else "",
        )


def add_settings(door: Door, backstage: Backstage) -> None:
    """The page of settings."""
    views, manage = SettingsViews(backstage), MAY[Right.MANAGE]
    door.add("/settings", "settings", views.shown, roles=manage)
    door.add("/settings", "keep_settings", views.keep, roles=manage, post=True)


def _people(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= MOST_PEOPLE):
        raise AskAgain(_NO_NUMBER)
    return int(text)
