"""`bot account`: who may sign in to the console; the first admin is made here."""

import argparse
import sys

from sqlalchemy import Engine

from bot import clock
from bot.cli.of_channel import add_channel, known_channel
from bot.clock import minute_words
from bot.model.staff_roles import StaffRole
from bot.preparing import prepare_database
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in import staff_accounts
from bot.sign_in.staff_accounts import By, First
from bot.store import accounts
from bot.store.accounts import Account
from bot.store.engine import open_engine

ACTOR = "指令列"
NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose account, and what about it."""
    wanted = parser.add_subparsers(dest="wanted", required=True, metavar="add|list|revoke|reset")
    add = wanted.add_parser("add", help="建立帳號，印出第一次登入用的密碼")
    add.add_argument("mail", metavar="電子郵件")
    add.add_argument(
        "--role",
        choices=[role.value for role in StaffRole],
        default=StaffRole.VIEWER.value,
        help="、".join(f"{role.value} {role.called}" for role in StaffRole) + "（預設 viewer）",
    )
    listed = wanted.add_parser("list", help="所有帳號")
    revoke = wanted.add_parser("revoke", help="停用帳號；登入中的瀏覽器立刻失效")
    revoke.add_argument("mail", metavar="電子郵件")
    reset = wanted.add_parser("reset", help="重設密碼，印出第一次登入用的密碼；停用的帳號也恢復")
    reset.add_argument("mail", metavar="電子郵件")
    reset.add_argument("--factor", action="store_true", help="連驗證器一起移除（手機不見時）")
    add_channel(add, listed, revoke, reset)


def run(args: argparse.Namespace) -> int:
    """Do what is wanted."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        channel = known_channel(engine, args.channel)
        by = By(engine=engine, channel_id=channel, actor=ACTOR, now=clock.now())
        if args.wanted == "add":
            _tell(staff_accounts.add(by, args.mail, StaffRole(args.role)), settings, channel)
            return 0
        if args.wanted == "list":
            return _list(engine, channel)
        account = _find(engine, channel, args.mail)
        if account is None:
            print(f"沒有「{args.mail}」這個帳號：請用 bot account list 查。", file=sys.stderr)
            return NOT_FOUND
        if args.wanted == "revoke":
            staff_accounts.disable(by, account.id)
            print(f"已停用 {account.mail}，登入中的瀏覽器都已登出。")
            return 0
        first = staff_accounts.renew(by, account.id, drops_factor=args.factor)
        staff_accounts.enable(by, account.id)
        _tell(first, settings, channel)
    finally:
        engine.dispose()
    return 0


def _tell(first: First, settings: Settings, channel: str) -> None:
    """Print a first password; it cannot be shown again."""
    where = "" if channel == CHANNEL_ID else f"/sign-in?channel={channel}"
    print(f"登入網址：{settings.address}/console{where}")
    print(f"電子郵件：{first.mail}")
    print(f"第一次登入的密碼：{first.password}")
    print(f"{minute_words(first.until)}前有效，登入後要換成自己的密碼；不會再顯示，請只交給本人。")


def _list(engine: Engine, channel: str) -> int:
    with engine.connect().execution_options(only_reads=True) as db:
        found = accounts.every(db, channel)
    for one in found:
        state = "已停用" if one.disabled_at else "還沒換密碼" if one.is_first else "使用中"
        seen = minute_words(one.signed_in_at) if one.signed_in_at else "還沒有登入過"
        factor = "有驗證器" if one.has_factor else "沒有驗證器"
        print(f"{one.mail}  {one.role.called}  {state}  {factor}  最近登入 {seen}")
    if not found:
        print("目前沒有帳號：請用 bot account add 建立。", file=sys.stderr)
    return 0


def _find(engine: Engine, channel: str, mail: str) -> Account | None:
    with engine.connect().execution_options(only_reads=True) as db:
        return accounts.by_mail(db, channel, mail.strip())
