"""Which official accounts this deployment serves; nothing of what opens them.

Whoever manages the settings' own channel looks after the deployment and sees all of them; the
admins of another channel see their own alone.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.console.door import Backstage, Colleague, Door
from bot.model.staff_roles import MAY, Right
from bot.settings import CHANNEL_ID, CHANNEL_TITLE
from bot.store import channels
from bot.store.channels import KeptChannel

IN_USE, RETIRED, SEALED_OFF = "使用中", "已停用", "密鑰讀不出來"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChannel:
    """One channel as the page shows it."""

    id: str
    title: str
    state: str
    plans: tuple[str, ...]  # what their people call them; empty: all
    destination: str = ""
    made_at: datetime | None = None
    retired_at: datetime | None = None


class ChannelViews:
    """The page of official accounts."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """The channels that this colleague may know of."""
        runs_all = colleague.channel_id == CHANNEL_ID
        with self._backstage.reading() as db:
            kept = channels.every(db)
        rows = [
            self._shown(one) for one in kept if runs_all or one.channel_id == colleague.channel_id
        ]
        if runs_all:
            rows.insert(0, ShownChannel(id=CHANNEL_ID, title=CHANNEL_TITLE, state=IN_USE, plans=()))
        return render_template("console/channels.html", rows=rows, runs_all=runs_all)

    def _shown(self, kept: KeptChannel) -> ShownChannel:
        return ShownChannel(
            id=kept.channel_id,
            title=kept.title,
            state=self._state(kept),
            plans=tuple(self._called(kept.channel_id, plan) for plan in kept.plans),
            destination=kept.destination,
            made_at=kept.made_at,
            retired_at=kept.retired_at,
        )

    def _state(self, kept: KeptChannel) -> str:
        if kept.retired_at is not None:
            return RETIRED
        return IN_USE if self._backstage.reader_of(kept.channel_id) else SEALED_OFF

    def _called(self, channel_id: str, plan: str) -> str:
        reader = self._backstage.reader_of(channel_id)
        editions = reader.editions(plan) if reader else ()
        return editions[-1].about.short if editions else plan


def add_channels(door: Door, backstage: Backstage) -> None:
    """The page of official accounts."""
    views = ChannelViews(backstage)
    door.add("/channels", "channels", views.listed, roles=MAY[Right.MANAGE])
