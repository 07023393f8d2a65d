"""The settings as they hold now; of a secret only whether it is set."""

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.console.door import Backstage, Colleague, Door
from bot.model.staff_roles import MAY, Right


class SettingsViews:
    """The page of settings."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague) -> ResponseReturnValue:
        """Each setting by its name in the environment."""
        return render_template("console/settings.html", rows=self._backstage.shown_settings.items())


def add_settings(door: Door, backstage: Backstage) -> None:
    """The page of settings."""
    views = SettingsViews(backstage)
    door.add("/settings", "settings", views.shown, roles=MAY[Right.MANAGE])
