"""`bot migrate-data --from sqlite:///… --to postgresql://…`: all data to a new, empty database."""

import argparse

from bot.errors import CopyRefused
from bot.setting_values import database_url
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.moving_house import TableCopy, move


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where to where."""
    parser.add_argument("--from", dest="source", required=True, metavar="sqlite:///檔案")
    parser.add_argument(
        "--to",
        metavar="postgresql://…",
        help="目的地；省略時是 DATABASE_URL，密碼就不會出現在命令列上",
    )


def run(args: argparse.Namespace) -> int:
    """Move, and print what went over by table."""
    found = database_url(args.source, "--from")
    wanted = database_url(args.to, "--to") if args.to else Settings.from_env().database_url
    if not found.startswith("sqlite") or not wanted.startswith("postgresql"):
        raise CopyRefused(
            "只能從 SQLite（--from sqlite:///檔案）搬到 PostgreSQL（--to postgresql://…）。"
        )
    source, target = open_engine(found), open_engine(wanted)
    try:
        moved = move(source, target)
    finally:
        source.dispose()
        target.dispose()
    _print(moved)
    return 0


def _print(moved: list[TableCopy]) -> None:
    width = max(len(one.table) for one in moved)
    for one in moved:
        print(f"{one.table:<{width}}  {one.rows:>9,}  {one.checksum}")
    total = sum(one.rows for one in moved)
    print(f"搬好了：{len(moved)}個表，共{total:,}列，兩邊的列數與校驗碼都相同。")
