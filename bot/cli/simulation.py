"""The simulator for `bot run`: LINE's part is played in this process.

Apart from `wiring`, so that `bot web` does not load it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.catalog.menus import read_menus
from bot.line.menus import menu_body
from bot.menus.decide import alias_of_first, name_of
from bot.model.menus import MenuRack, MenuRole
from bot.settings import Settings
from bot.simulator.page import blueprint
from bot.simulator.people import SAMPLE_PEOPLE, Persona
from bot.simulator.platform import Platform
from bot.understand.reader import Reader
from bot.web.app import Room

STRANGER = (Persona("訪客", "教師"),)


def simulate(
    settings: Settings, reader: Reader, *, sample: bool
) -> tuple[Settings, Room, Callable[[], datetime]]:
    """A LINE platform inside this process, settings that lead the bot to it, and its clock.

    Args:
        sample: whether sample people are there from the start.
    """
    platform = Platform()
    menus = read_menus(settings.knowledge_dir)
    if not menus.findings:  # a picture of yesterday must not keep anybody from trying the bot
        hang_menus(platform, menus.rack)
    here = f"http://127.0.0.1:{settings.port}"
    page = blueprint(
        platform,
        SAMPLE_PEOPLE if sample else STRANGER,
        webhook_url=f"{here}/callback",
        days=sample_days(reader),
    )
    led = replace(
        settings,
        line_channel_secret=platform.account.secret,
        line_channel_access_token=platform.account.token,
        line_api_base=f"{here}/simulator/line",
        line_data_api_base=f"{here}/simulator/line",
    )
    return led, page, platform.daytime.now


def hang_menus(platform: Platform, rack: MenuRack) -> None:
    """Let this platform have the menus from the start, as after `bot richmenu sync`."""
    wall = platform.menus
    for menu in rack.menus:
        menu_id = wall.make(menu_body(menu, name_of(rack, menu)), rack.picture(menu))
        wall.aliases[menu.id] = menu_id
    for role in MenuRole:
        if first := rack.first(role):
            wall.aliases[alias_of_first(role)] = wall.aliases[first.id]
    everybodys = rack.first(MenuRole.TEACHER)
    wall.default = wall.aliases[everybodys.id] if everybodys else ""


def sample_days(reader: Reader) -> list[tuple[str, datetime]]:
    """A day worth trying for each edition, the first of its own examples, oldest first."""
    days = [
        (edition.about.short, at)
        for edition in reader.library.editions
        for at in [example.at for example in edition.examples][:1]
    ]
    return sorted(days, key=lambda day: (day[1], day[0]))
