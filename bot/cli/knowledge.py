"""`bot knowledge`: check the plan files, and write the schema that editors are helped by."""

import argparse
import importlib
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from bot.catalog.load import Reading, read_folder
from bot.catalog.schema import edition_schema
from bot.errors import Finding
from bot.settings import Settings

SCHEMA = "schema.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` and `schema`, and the folder that both work on."""
    what = parser.add_subparsers(dest="what", required=True, metavar="check|schema")
    check = what.add_parser("check", help="列出計畫檔的所有錯誤，並試跑例子")
    check.add_argument("--no-examples", action="store_true", help="不試跑例子")
    schema = what.add_parser("schema", help=f"把編輯器用的 {SCHEMA} 寫進資料夾")
    for each in (check, schema):
        each.add_argument("folder", nargs="?", type=Path, help="預設是 KNOWLEDGE_DIR")


def run(args: argparse.Namespace) -> int:
    """Check or write; 1 where something is wrong with the files."""
    folder = args.folder or Settings.from_env().knowledge_dir
    if not folder.is_dir():
        print(
            f"「{folder}」不是資料夾：請在專案的根目錄執行，或寫出計畫檔所在的資料夾。",
            file=sys.stderr,
        )
        return 1
    if args.what == "schema":
        (folder / SCHEMA).write_text(schema_text(), encoding="utf-8")
        return 0
    return _check(folder, with_examples=not args.no_examples)


def schema_text() -> str:
    """The schema as it is kept."""
    return json.dumps(edition_schema(), ensure_ascii=False, indent=1) + "\n"


def _check(folder: Path, with_examples: bool) -> int:
    logging.getLogger().setLevel(logging.ERROR)
    reading = read_folder(folder)
    if not reading.sheets and not reading.findings:
        print(f"「{folder}」裡沒有計畫檔（plans/<計畫>/<年度>.yaml）。", file=sys.stderr)
        return 1
    if reading.findings:
        later = ["例子還沒試跑：先改好以上的錯誤。"] if with_examples else []
        return _report(reading.findings, later)
    failed = _example_findings(reading) if with_examples else ()
    return _report(failed, []) if failed else _all_well(reading, with_examples)


def _report(findings: tuple[Finding, ...], later: list[str]) -> int:
    for finding in findings:
        print(finding)
    files = len({finding.file for finding in findings})
    print("\n".join([f"{files} 個檔案，共 {len(findings)} 個錯誤。", *later]), file=sys.stderr)
    return 1


def _all_well(reading: Reading, with_examples: bool) -> int:
    editions = reading.library.editions
    entries = sum(1 for edition in editions for _ in edition.entries())
    examples = sum(len(edition.examples) for edition in editions)
    tried = "全部通過" if with_examples else "沒有試跑"
    print(f"沒有錯誤：{len(editions)} 個計畫檔、{entries} 個項目、{examples} 個例子（{tried}）。")
    return 0


def _example_findings(reading: Reading) -> tuple[Finding, ...]:
    # Loaded only now: whoever checks files alone needs neither the handlers nor a database.
    examples = importlib.import_module("bot.cli.examples")
    try_all = cast(Callable[[Reading], tuple[Finding, ...]], examples.failed_examples)
    return try_all(reading)
