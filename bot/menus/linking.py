"""People get the menu of their role: what is marked is told to LINE, until LINE took it."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine

from bot.errors import DeliveryError, NeverWill, NotAllowed
from bot.menus.decide import alias_of_first
from bot.model.menus import MenuRole
from bot.store import menu_links
from bot.store.menu_links import Marked

log = logging.getLogger(__name__)

AT_ONCE = 500  # people of one call, as LINE takes them
PAUSE = timedelta(minutes=5)  # after LINE said that we may not


class Linker(Protocol):
    """Whoever tells LINE who sees which menu; raises DeliveryError."""

    def id_of(self, alias: str) -> str: ...
    def link(self, user_ids: Sequence[str], menu_id: str) -> None: ...
    def unlink(self, user_ids: Sequence[str]) -> None: ...


@dataclass(slots=True, kw_only=True)
class MenuLinks:
    """Brings the marks of one channel to LINE. Any number may run against one database."""

    engine: Engine
    line: Linker
    channel_id: str
    is_stopping: Callable[[], bool] = lambda: False
    _paused_until: datetime | None = field(default=None, init=False)

    def run(self, now: datetime) -> int:
        """Tell LINE of every mark that is due; gives of how many people it took it."""
        if self._paused_until and now < self._paused_until:
            return 0
        told, going = 0, True
        while going and not self.is_stopping():
            with self.engine.begin() as db:
                marked = menu_links.claim(db, self.channel_id, now, AT_ONCE)
            if not marked:
                break
            done, failed = self._tell(marked, now)
            with self.engine.begin() as db:
                menu_links.settle(db, self.channel_id, done)
                menu_links.put_off(db, self.channel_id, failed, now)
            told, going = told + len(done), not failed
        return told

    def _tell(self, marked: Sequence[Marked], now: datetime) -> tuple[list[Marked], list[Marked]]:
        """Those of whom LINE took it, or never will; and those to try again."""
        by_role: dict[MenuRole, list[Marked]] = defaultdict(list)
        for one in marked:
            by_role[one.role].append(one)
        done: list[Marked] = []
        try:
            for role, people in sorted(by_role.items()):
                is_everybodys = role is MenuRole.TEACHER
                menu_id = "" if is_everybodys else self.line.id_of(alias_of_first(role))
                self._hang(people, menu_id)
                done += people
        except NotAllowed as err:
            log.error("LINE does not let us change menus, nothing is lost: %s", err)
            self._paused_until = now + PAUSE
        except DeliveryError as err:
            log.warning("menus of %d people wait: %s", len(marked) - len(done), err)
        return done, [one for one in marked if one not in done]

    def _hang(self, people: Sequence[Marked], menu_id: str) -> None:
        """Give them this menu; where there is none, they see everybody's."""
        user_ids = [one.user_id for one in people]
        try:
            if menu_id:
                self.line.link(user_ids, menu_id)
            else:
                self.line.unlink(user_ids)
        except NeverWill as err:
            if len(people) == 1:
                log.warning("LINE will never change this person's menu: %s", err)
                return
            for one in people:  # one of them is not to be had: the others are
                self._hang([one], menu_id)
