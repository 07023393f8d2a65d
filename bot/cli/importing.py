"""`bot import KIND FILE`: a list from a file into the database, each of its rows accounted for."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot import clock
from bot.catalog.load import load_library
from bot.cli.of_channel import add_channel, known_channel
from bot.errors import AskAgain
from bot.import_kinds import KINDS, Kind, Option, Takes
from bot.import_work import Carried, How, Importer, carry_out
from bot.imports.cells import Wrong, read_day
from bot.imports.reading import LARGEST, read_table
from bot.imports.report import Fate, Report
from bot.imports.table import Table
from bot.preparing import prepare_database
from bot.settings import Settings
from bot.store import channels
from bot.store.engine import open_engine
from bot.understand.school_names import SchoolNames

REFUSED = 1
MOST_LISTED = 50  # rows that need a look; all of them with --all
_TO_LOOK_AT = (Fate.REFUSED, Fate.SKIPPED)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which kind of list, which file, and how."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="|".join(KINDS))
    for name, kind in KINDS.items():
        one = kinds.add_parser(name, help=kind.about, description=kind.about)
        one.add_argument("file", type=Path, metavar="檔案", help=".xlsx、.xls、.csv 或文字檔")
        one.add_argument("--dry-run", action="store_true", help="只看結果，不更動任何資料")
        one.add_argument("--partly", action="store_true", help="有問題的列不匯入，其他的照樣匯入")
        one.add_argument("--all", action="store_true", help="每一列都印出來")
        add_channel(one)
        for option in kind.options:
            _add_option(one, option)


def run(args: argparse.Namespace) -> int:
    """Read the file, decide, and do it unless something hinders; gives 1 where it is not done."""
    settings = Settings.from_env()
    kind = KINDS[args.kind]
    table = _table(args.file, kind)
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        channel = known_channel(engine, args.channel)
        prepare = kind.prepare(_importer(engine, settings, kind, channel), vars(args))
        how = How(dry_run=args.dry_run, partly=args.partly)
        carried = carry_out(engine, table, kind.columns, prepare, how)
    finally:
        engine.dispose()
    _tell(carried, args)
    return 0 if carried.is_applied or (args.dry_run and carried.report.is_clean) else REFUSED


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    name = f"--{option.name.replace('_', '-')}"
    if option.takes is Takes.FLAG:
        parser.add_argument(name, action="store_true", help=option.about)
        return
    how: dict[str, Any] = {"metavar": option.shape, "help": option.about}
    if option.takes is Takes.MANY:
        parser.add_argument(name, action="append", default=[], **how)
    elif option.takes is Takes.DAY:
        parser.add_argument(name, type=_day, **how)
    else:
        parser.add_argument(name, default="", required=option.is_needed, **how)


def _day(text: str) -> date:
    day = read_day(text)
    if isinstance(day, Wrong):
        raise argparse.ArgumentTypeError(f"「{text}」{day.why}")
    return day


def _table(path: Path, kind: Kind) -> Table:
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as err:
        raise AskAgain(f"打不開「{path}」：{err.strerror}。請確認檔名和位置。") from err
    return read_table(path.name, data, kind.columns, _progress)


def _progress(rows: int) -> None:
    if rows >= 1000:
        print(f"讀了 {rows:,} 列", file=sys.stderr)


def _importer(engine: Engine, settings: Settings, kind: Kind, channel: str) -> Importer:
    found = load_library(settings.knowledge_dir).editions if kind.needs_plans else ()
    with engine.connect().execution_options(only_reads=True) as db:
        kept = channels.find(db, channel)
    if kept and kept.plans:
        found = tuple(edition for edition in found if edition.plan in kept.plans)
    editions = {edition.key: edition for edition in found}
    return Importer(
        channel_id=channel,
        edition_of=editions.get,
        now=clock.now(),
        look=lambda schools: SchoolNames(schools).look,
        editions=found,
    )


def _tell(carried: Carried, args: argparse.Namespace) -> None:
    found = carried.report
    for note in found.notes:
        print(note)
    _lines(found, args.all)
    print(found.total_words())
    if args.dry_run:
        print("這是試跑，沒有更動任何資料。")
    elif carried.is_applied:
        rest = "有問題的列沒有匯入。" if not found.is_clean else ""
        print(f"已匯入。{rest}")
    else:
        print("有問題的列改好之前，整份都沒有匯入；只匯入沒有問題的列，請加 --partly。")


def _lines(found: Report, is_all: bool) -> None:
    wanted = [one for one in found.lines if is_all or one.fate in _TO_LOOK_AT]
    if not is_all:
        wanted.sort(key=lambda one: (_TO_LOOK_AT.index(one.fate), one.number))
    shown = wanted if is_all else wanted[:MOST_LISTED]
    for one in shown:
        print(one)
    if len(shown) < len(wanted):
        print(f"…還有 {len(wanted) - len(shown)} 列；要看全部請加 --all。")
