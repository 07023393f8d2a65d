"""`bot knowledge diff`: what changed between two editions, and what it touches."""

import logging
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from bot import clock
from bot.catalog.confirmation import answerable
from bot.catalog.load import LEXICON, PLANS, read_folder, read_sheet
from bot.cli.both_answers import differing
from bot.cli.diff_lines import DAYS, answer_lines, report_lines
from bot.errors import BotError
from bot.model.edition import Edition
from bot.settings import CHANNEL_ID, Settings
from bot.store import schema
from bot.store.asked import Asked, asked_by_entry
from bot.store.engine import open_engine


class CannotCompare(BotError):
    """One of the two cannot be read; the sentence says which and why."""


def compare(folder: Path, old_name: str, new_name: str) -> int:
    """Prints the difference; 0 also where there is none."""
    logging.getLogger().setLevel(logging.ERROR)
    now = clock.now()
    old, new = _edition(folder, old_name), _edition(folder, new_name)
    lexicon = read_folder(folder).library.lexicon if (folder / LEXICON).is_file() else None
    asked = _asked(Settings.from_env().database_url, old, now)
    called = lexicon.audiences if lexicon else {}
    for line in report_lines(old, new, now, asked or {}, called):
        print(line)
    if lexicon is not None:
        for line in answer_lines(differing(answerable([old, new]), lexicon)):
            print(line)
    if asked is None:
        print("沒有可用的資料庫，沒有列出最近有多少人問過。", file=sys.stderr)
    return 0


def _edition(folder: Path, name: str) -> Edition:
    """The edition of `plan/year`, or of a file."""
    path = folder / PLANS / f"{name}.yaml"
    if not path.is_file():
        path = Path(name)
    if not path.is_file():
        known = [p.relative_to(folder / PLANS) for p in sorted((folder / PLANS).glob("*/*.yaml"))]
        names = "、".join(p.with_suffix("").as_posix() for p in known) or "沒有任何計畫檔"
        raise CannotCompare(f"找不到「{name}」。寫 計畫/年度 或檔案路徑；現有：{names}。")
    place = path.resolve()
    sheet, findings = read_sheet(
        f"{PLANS}/{place.parent.name}/{place.stem}.yaml", path.read_bytes()
    )
    if sheet is None or findings:
        said = "\n".join(map(str, findings[:5]))
        raise CannotCompare(f"「{name}」有錯誤，先改好再比較：\n{said}")
    return sheet.edition


def _asked(url: str, old: Edition, now: datetime) -> Mapping[str, Asked] | None:
    """How often the old edition's entries were asked for; None where no database can tell."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return None  # to open it would make it
    engine = open_engine(url)
    try:
        if schema.fault(engine):
            return None
        with engine.connect().execution_options(only_reads=True) as db:
            since = now - timedelta(days=DAYS)
            return asked_by_entry(db, CHANNEL_ID, (old.plan, old.edition), since)
    finally:
        engine.dispose()
