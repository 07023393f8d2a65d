"""`bot web`: take LINE's webhooks with several processes."""

import argparse
import os

from bot import wiring
from bot.settings import Settings
from bot.web.app import App
from bot.web.server import Server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: PORT says where."""


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; the plans are read once, before the processes part."""
    settings = Settings.from_env()
    settings.require_channel()
    settings = wiring.with_secret_key(settings)
    reader = wiring.load_reader(settings)
    wiring.prepare_database(settings)
    houses: dict[int, wiring.House] = {}  # by process: a worker closes only what it opened

    def make() -> App:
        house = wiring.open_house(settings, reader=reader, reminds=False)
        houses[os.getpid()] = house
        wiring.warm(house)
        return wiring.build_app(settings, house, reader)

    def close() -> None:
        if house := houses.pop(os.getpid(), None):
            house.close()

    Server(f"0.0.0.0:{settings.port}", make, close).run()
    return 0
