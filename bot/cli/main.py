"""The commands, and how one is found.

A command is a module here with `add_arguments(parser)` and `run(args) -> int`. Only the one that is
asked for is imported: `bot web` needs no scheduler, `bot knowledge` no database.
"""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from bot import log_lines
from bot.errors import BotError

COMMANDS = {
    "run": "在這台電腦上執行全部（沒有 LINE 頻道時，用瀏覽器裡的模擬器）",
    "web": "接收 LINE 的 webhook（正式環境）",
    "worker": "送出等著的通知和留下來的回覆（正式環境）",
    "tick": "安排並送出某一刻到期的提醒，印出做了什麼；--dry-run 只看不做",
    "migrate": "把資料庫更新到最新的結構",
    "migrate-data": "把 SQLite 的全部資料搬到 PostgreSQL",
    "backup": "備份 SQLite 資料庫；執行中也可以",
    "invite": "產生邀請碼，讓承辦人員和學校承辦人在 LINE 裡取得身分；列出或收回這些身分",
    "channel": "加入、列出、停用、檢查這套系統服務的其他官方帳號",
    "import": "匯入學校、教師名冊、研習完成名單；--dry-run 只看結果",
    "account": "建立、列出、停用、重設後台的帳號",
    "person": "書面申請：匯出或刪除一個人的資料",
    "ask": "在終端機裡問一題",
    "questions": "看大家問了什麼、為什麼這樣回；把答過的題目寫成測試",
    "richmenu": "把聊天室下方的圖文選單更新到 LINE；--dry-run 只看不做",
    "line": "檢查 LINE 頻道的設定",
    "knowledge": "檢查計畫檔、開新年度、比較兩個年度",
}
MODULES = {
    "import": "importing",
    "migrate-data": "migrate_data",
}  # of commands that no module can be named for
# These wait for the network most of the time, for many people at once: in place of threads, which
# take turns at the interpreter, they have greenlets (decision 16).
GREEN = ("web",)
WRONG_USE = 2


class Command(Protocol):
    """What a command's module gives."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; gives the exit code."""


def be_green(argv: Sequence[str]) -> None:
    """Make all waiting of this process green where the command that `argv` names is to wait so.

    Before anything else is imported: whoever took hold of a lock or a queue earlier stands still.
    """
    if argv and argv[0] in GREEN:
        importlib.import_module("gevent.monkey").patch_all()


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` names; gives its exit code."""
    if not argv or argv[0] in ("-h", "--help"):
        print(_overview())
        return 0 if argv else WRONG_USE
    name, *rest = argv
    if name not in COMMANDS:
        print(f"沒有「{name}」這個指令。\n\n{_overview()}", file=sys.stderr)
        return WRONG_USE
    log_lines.set_up(log_lines.TEXT)
    # Its plugins announce themselves one by one.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command = cast(Command, importlib.import_module(f"bot.cli.{MODULES.get(name, name)}"))
    parser = argparse.ArgumentParser(prog=f"bot {name}", description=COMMANDS[name])
    command.add_arguments(parser)
    try:
        code = command.run(parser.parse_args(rest))
        sys.stdout.flush()
        return code
    except BotError as err:
        print(err, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads has heard enough: … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "usage: python -m bot 指令 [選項]\n\n" + "\n".join(lines) + "\n\n每個指令都有 --help。"
