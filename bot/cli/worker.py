"""`bot worker`: remind, send what waits and what was left. Several may run on PostgreSQL."""

import argparse
import logging

from bot import log_lines, wiring
from bot.cli.ticking import ticking, until_told
from bot.loading import load_reader
from bot.preparing import prepare_database
from bot.settings import Settings

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(args: argparse.Namespace) -> int:
    """Tick until told to stop."""
    settings = Settings.from_env()
    wiring.log_as(settings, log_lines.JSON)
    settings.require_channel()
    reader = load_reader(settings)
    prepare_database(settings)
    told = until_told()
    house = wiring.open_house(settings, reader=reader)
    try:
        wiring.warm(house)
        with ticking(house, settings.listen_url):
            log.info("worker started")
            told.wait()
    finally:
        house.close()
    log.info("worker stopped")
    return 0
