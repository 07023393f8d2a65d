"""`bot person`: what a letter asks for: all that is kept about somebody, or that it be erased."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot import clock
from bot.preparing import prepare_database
from bot.settings import CHANNEL_ID, Settings
from bot.store import audit, export, people, traces
from bot.store.audit import AuditNote
from bot.store.engine import open_engine

ACTOR = "指令列"
NOT_FOUND, NOT_SURE = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose data, and what about them."""
    wanted = parser.add_subparsers(dest="wanted", required=True, metavar="export|erase")
    exporting = wanted.add_parser("export", help="匯出這個人留下的全部資料（JSON）")
    exporting.add_argument("--to", type=Path, metavar="檔案", help="寫進檔案；不給就印出來")
    erasing = wanted.add_parser("erase", help="刪除這個人留下的全部資料，不能復原")
    erasing.add_argument("--sure", action="store_true", help="確定刪除；不給就只列出會刪除什麼")
    for one in (exporting, erasing):
        one.add_argument("--channel", default=CHANNEL_ID, help=f"頻道（預設 {CHANNEL_ID}）")
        one.add_argument("--user", required=True, metavar="U…", help="LINE 使用者代號")


def run(args: argparse.Namespace) -> int:
    """Do what is wanted, and note it in the audit."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        with engine.begin() as db:
            people.hold(db, args.channel, args.user)
            kept = traces.all_of(db, args.channel, args.user)
            if not kept:
                print("沒有這個人的資料：請確認 --channel 和 --user。", file=sys.stderr)
                return NOT_FOUND
            return _export(db, args) if args.wanted == "export" else _erase(db, args, kept)
    finally:
        engine.dispose()


def _export(db: Connection, args: argparse.Namespace) -> int:
    text = export.written(db, args.channel, args.user, clock.now())
    _note(db, args)
    if args.to is None:
        print(text)
        return 0
    args.to.write_text(text, encoding="utf-8")
    print(f"已寫進 {args.to}。請只交給本人，交付後刪除檔案。")
    return 0


def _erase(db: Connection, args: argparse.Namespace, kept: Mapping[str, list[Any]]) -> int:
    counts = "、".join(f"{name} {len(rows)}" for name, rows in sorted(kept.items()))
    if not args.sure:
        print(f"這個人留下的資料：{counts}。確定刪除請加 --sure；刪除後不能復原。")
        return NOT_SURE
    traces.erase(db, args.channel, args.user, clock.now())
    _note(db, args)
    print(f"已刪除：{counts}。學校名冊、繳交紀錄和稽核紀錄依規定保留，不再連到這個人。")
    return 0


def _note(db: Connection, args: argparse.Namespace) -> None:
    audit.note(
        db,
        AuditNote(
            channel_id=args.channel,
            at=clock.now(),
            actor=ACTOR,
            what=f"person.{args.wanted}",
            subject=people.alias(args.user),
        ),
    )
