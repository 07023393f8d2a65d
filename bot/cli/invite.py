"""`bot invite`: a code that makes its sender staff, once; who is staff; taking the role away."""

import argparse
import sys
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import clock
from bot.model.invitation_code import WORD
from bot.settings import CHANNEL_ID, Settings
from bot.store import invitations, people
from bot.store.engine import open_engine
from bot.store.people import ALIAS, Role, alias
from bot.wiring import prepare_database

MOST_DAYS = 90
NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to invite and for how long, or whose role to take away."""
    wanted = parser.add_subparsers(dest="wanted", required=True, metavar="staff|list|revoke")
    staff = wanted.add_parser(Role.STAFF.value, help="產生一組給承辦人員的邀請碼")
    staff.add_argument(
        "--days",
        type=_days,
        default=7,
        metavar="天",
        help=f"幾天內有效，1 到 {MOST_DAYS}（預設 7）",
    )
    wanted.add_parser("list", help="目前的承辦人員，以代號列出")
    revoke = wanted.add_parser("revoke", help="收回一個人的承辦人員身分；他的連結立刻失效")
    revoke.add_argument("alias", metavar="代號", help="網頁和 list 顯示的代號")


def run(args: argparse.Namespace) -> int:
    """Do what is wanted, in one transaction."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        with engine.begin() as db:
            if args.wanted == "list":
                return _list(db)
            if args.wanted == "revoke":
                return _revoke(db, args.alias)
            code, until = _invite(db, timedelta(days=args.days))
    finally:
        engine.dispose()
    _tell(code, until)  # not before it is kept
    return 0


def _invite(db: Connection, life: timedelta) -> tuple[str, datetime]:
    now = clock.now()
    return invitations.invite(db, CHANNEL_ID, Role.STAFF, now, life), now + life


def _tell(code: str, until: datetime) -> None:
    """Print a code; it cannot be shown again."""
    print(f"{WORD} {code}")
    print(f"請承辦人員在和師鐘的一對一聊天室傳上面這一行。{_minute(until)}前有效，只能用一次；")
    print("這組碼不會再顯示，請只交給本人。")


def _list(db: Connection) -> int:
    found = people.staff(db, CHANNEL_ID)
    for user_id, seen_at in found:
        print(f"{_told_apart(user_id, [other for other, _ in found])}  最近使用 {_minute(seen_at)}")
    if not found:
        print("目前沒有承辦人員。", file=sys.stderr)
    return 0


def _revoke(db: Connection, wanted: str) -> int:
    everybody = [user_id for user_id, _ in people.staff(db, CHANNEL_ID)]
    found = [u for u in everybody if len(wanted) >= ALIAS and u.endswith(wanted)]
    if not found:
        print(f"沒有代號「{wanted}」的承辦人員：請用 bot invite list 查代號。", file=sys.stderr)
        return NOT_FOUND
    if len(found) > 1:
        which = "、".join(_told_apart(u, everybody) for u in found)
        print(f"代號「{wanted}」不只一人，沒有收回任何人的：請改用 {which}。", file=sys.stderr)
        return NOT_FOUND
    people.give_role(db, CHANNEL_ID, found[0], Role.ANYBODY)
    print(f"已收回「{wanted}」的承辦人員身分，他手上的連結都打不開了。")
    return 0


def _told_apart(user_id: str, everybody: list[str]) -> str:
    """The alias; longer where another one's ends alike."""
    for length in range(len(alias(user_id)), len(user_id)):
        if sum(other.endswith(user_id[-length:]) for other in everybody) == 1:
            return user_id[-length:]
    return user_id


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"天數是「{text}」：要填 1 到 {MOST_DAYS} 的整數")
    return int(text)


def _minute(instant: datetime) -> str:
    return f"{instant.astimezone(clock.TAIPEI):%Y/%m/%d %H:%M}"
