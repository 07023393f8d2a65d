"""`bot backup FILE`: a copy of the SQLite database, while the bot goes on."""

import argparse
from pathlib import Path

from bot.settings import Settings
from bot.store.backup import back_up
from bot.store.engine import open_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument("file", metavar="檔案", type=Path, help="備份寫到這個新檔")


def run(args: argparse.Namespace) -> int:
    """Copy, and say how much."""
    engine = open_engine(Settings.from_env().database_url)
    try:
        size = back_up(engine, args.file)
    finally:
        engine.dispose()
    print(f"已備份到 {args.file}（{size:,}位元組），並檢查過內容完整。")
    return 0
