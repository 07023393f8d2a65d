"""A teacher who is reminded by mail, the bot, and a mail server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from bot.cli.plain import plain
from tests.mail.server import MailServer, mail_server
from tests.pages.owner import Owner
from tests.pages.stage import ADDRESS as HERE
from tests.pages.stage import JUNE, Stage, path_of, words
from tests.understand.plans import real_reader

TO = "wang.teacher@school.edu.tw"
SHOWN = "w***@school.edu.tw"
GIVE = f"用電子郵件提醒我 {TO}"


@dataclass
class Life:
    """A teacher, the bot, and a mail server."""

    owner: Owner
    server: MailServer

    @property
    def stage(self) -> Stage:
        return self.owner.stage

    def say(self, said: str, **own: object) -> str:
        return plain(self.stage.ask(said, self.owner.user, **own))

    def post(self) -> None:
        """The worker plans what is due, and sends what is to go by mail."""
        station = self.stage.house.stations.own()
        mail, planner = station.mail, station.planner
        assert mail
        assert planner
        planner.plan(self.stage.now)
        mail.take(self.stage.now)
        mail.run(self.stage.now, self.stage.now)

    def newest(self) -> EmailMessage:
        return self.server.to(TO)[-1]

    def link(self, to: str) -> str:
        """The path of a link in the newest mail."""
        return self.link_for(TO, to)

    def link_for(self, address: str, to: str) -> str:
        """The same, of the newest mail to this address."""
        body = self.server.to(address)[-1].get_body(("plain",))
        assert body
        found = re.search(rf"{HERE}/mail/{to}/\S+", body.get_content())
        assert found
        return path_of(found[0])

    def confirmed(self) -> None:
        self.say(GIVE)
        self.post()
        assert "已確認" in words(self.stage.client().post(self.link("confirm")))

    def remind(self) -> None:
        """A reminder, and the morning on which it is due."""
        self.say("提醒我酷課師函報截止")
        self.stage.now = JUNE.replace(month=7, day=28, hour=0, minute=1)


def life_on(url: str) -> Iterator[Life]:
    with mail_server() as server:
        stage = Stage(url, real_reader(), JUNE, smtp_url=server.url)
        yield Life(Owner(stage), server)
        stage.house.close()
