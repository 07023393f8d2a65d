"""`bot web`: take LINE's webhooks with several processes."""

import argparse
import os
from contextlib import ExitStack

from bot import clock, log_lines, wiring
from bot.counting import folder
from bot.loading import load_reader
from bot.preparing import prepare_database
from bot.settings import Settings
from bot.store.checkpoints import moved_along
from bot.web.app import App
from bot.web.server import Ended, Server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: PORT says where."""


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; the plans are read once, before the processes part."""
    settings = Settings.from_env()
    wiring.log_as(settings, log_lines.JSON)
    settings.require_channel()
    settings = wiring.with_secret_key(settings)
    reader = load_reader(settings)
    prepare_database(settings)
    counts = folder.make()
    settings.count_in(counts)
    folder.count_together()
    opened: dict[int, ExitStack] = {}  # by process: a worker closes only what it opened

    def make() -> App:
        stack = opened[os.getpid()] = ExitStack()
        house = wiring.open_house(settings, reader=reader, reminds=False, counts=counts)
        stack.callback(house.close)
        wiring.warm(house)
        stack.enter_context(house.looking_out(clock.now))
        stack.enter_context(moved_along(house.engine))
        return wiring.build_app(settings, house, reader)

    def close() -> None:
        if stack := opened.pop(os.getpid(), None):
            stack.close()

    ended = Ended(
        process=lambda pid: folder.let_go(pid, counts), server=lambda: folder.remove(counts)
    )
    Server(f"0.0.0.0:{settings.port}", make, close, ended).run()
    return 0
