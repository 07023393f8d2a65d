"""`bot knowledge`: check the plan files, start one, compare two, write the editor's schema."""

import argparse
import importlib
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bot import clock
from bot.catalog.load import Reading, read_folder
from bot.catalog.menus import read_menus
from bot.catalog.schema import edition_schema
from bot.cli.new_edition import Wanted, start
from bot.cli.still_open import waiting_lines
from bot.errors import Finding
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.examples import Trial

SCHEMA = "schema.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check`, `new`, `diff` and `schema`, and the folder that they work on."""
    what = parser.add_subparsers(dest="what", required=True, metavar="check|new|diff|schema")
    check = what.add_parser("check", help="列出計畫檔的所有錯誤，並試跑例子")
    check.add_argument("--no-examples", action="store_true", help="不試跑例子")
    schema = what.add_parser("schema", help=f"把編輯器用的 {SCHEMA} 寫進資料夾")
    for each in (check, schema):
        each.add_argument("folder", nargs="?", type=Path, help="預設是 KNOWLEDGE_DIR")
    new = what.add_parser("new", help="開一個新檔：下一個年度，或全新的計畫")
    new.add_argument("plan", metavar="計畫", help="資料夾名稱，例如 digital-teaching")
    new.add_argument("--from", dest="edition", default="", metavar="年度", help="照這個年度開")
    new.add_argument("--to", dest="year", type=int, metavar="年度", help="新的年度（民國年）")
    diff = what.add_parser("diff", help="列出兩個年度的差別，和因此改變的回答")
    diff.add_argument("old", metavar="舊", help="計畫/年度，例如 digital-teaching/112，或檔案")
    diff.add_argument("new", metavar="新", help="計畫/年度，或檔案")
    for each in (new, diff):
        each.add_argument("--folder", type=Path, help="預設是 KNOWLEDGE_DIR")


def run(args: argparse.Namespace) -> int:
    """Do what is named; 1 where something is wrong with the files."""
    folder = args.folder or Settings.from_env().knowledge_dir
    if not folder.is_dir():
        print(
            f"「{folder}」不是資料夾：請在專案的根目錄執行，或寫出計畫檔所在的資料夾。",
            file=sys.stderr,
        )
        return 1
    match args.what:
        case "schema":
            (folder / SCHEMA).write_text(schema_text(), encoding="utf-8")
            return 0
        case "new":
            return _new(folder, Wanted(args.plan, args.edition, args.year))
        case "diff":
            # Loaded only now: it needs the handlers, which checking alone does not.
            compare = importlib.import_module("bot.cli.edition_diff").compare
            return cast(Callable[[Path, str, str], int], compare)(folder, args.old, args.new)
    return _check(folder, with_examples=not args.no_examples)


def schema_text() -> str:
    """The schema as it is kept."""
    return json.dumps(edition_schema(), ensure_ascii=False, indent=1) + "\n"


def _new(folder: Path, wanted: Wanted) -> int:
    path = start(folder, wanted, clock.taipei_day(clock.now()))
    print(f"開好了：{path}")
    if wanted.edition:
        print("每一項都標了待確認，回答時會說還未確認。核對一項，就刪掉那一項的 to_confirm: true。")
    else:
        print("把每個〔填：…〕換成內容。")
    print("看還剩哪些：python -m bot knowledge check")
    return 0


def _check(folder: Path, with_examples: bool) -> int:
    logging.getLogger().setLevel(logging.ERROR)
    reading = read_folder(folder)
    if not reading.sheets and not reading.findings:
        print(f"「{folder}」裡沒有計畫檔（plans/<計畫>/<年度>.yaml）。", file=sys.stderr)
        return 1
    menus = read_menus(folder).findings
    if reading.findings:
        later = ["例子還沒試跑：先改好以上的錯誤。"] if with_examples else []
        return _report((*reading.findings, *menus), later)
    trial = _trial(reading) if with_examples else None
    found = (*(trial.findings if trial else ()), *menus)
    if found:
        return _report(found, [])
    _all_well(reading, trial)
    return 0


def _report(findings: tuple[Finding, ...], later: list[str]) -> int:
    for finding in findings:
        print(finding)
    files = len({finding.file for finding in findings})
    print("\n".join([f"{files} 個檔案，共 {len(findings)} 個錯誤。", *later]), file=sys.stderr)
    return 1


def _all_well(reading: Reading, trial: "Trial | None") -> None:
    editions = [sheet.edition for sheet in reading.sheets]
    entries = sum(1 for edition in editions for _ in edition.entries())
    examples = sum(len(edition.examples) for edition in editions)
    tried = "沒有試跑"
    if trial:
        tried = f"{trial.waiting} 個等確認後再試，其餘通過" if trial.waiting else "全部通過"
    print(f"沒有錯誤：{len(editions)} 個計畫檔、{entries} 個項目、{examples} 個例子（{tried}）。")
    for sheet in reading.sheets:
        for line in waiting_lines(sheet):
            print(line)


def _trial(reading: Reading) -> "Trial":
    # Loaded only now: whoever checks files alone needs neither the handlers nor a database.
    examples = importlib.import_module("bot.cli.examples")
    return cast(Callable[[Reading], "Trial"], examples.try_examples)(reading)
