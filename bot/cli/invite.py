"""`bot invite staff`: a code that makes whoever sends it to the bot a member of staff, once."""

import argparse
from datetime import datetime, timedelta

from bot import clock
from bot.model.invitation_code import WORD
from bot.settings import CHANNEL_ID, Settings
from bot.store import invitations
from bot.store.engine import open_engine
from bot.store.people import Role
from bot.wiring import prepare_database

MOST_DAYS = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, and for how long."""
    parser.add_argument("role", choices=[Role.STAFF.value], help="staff：承辦人員")
    parser.add_argument(
        "--days",
        type=_days,
        default=7,
        metavar="天",
        help=f"幾天內有效，1 到 {MOST_DAYS}（預設 7）",
    )


def run(args: argparse.Namespace) -> int:
    """Make one code and print it; it cannot be shown again."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine, now = open_engine(settings.database_url), clock.now()
    life = timedelta(days=args.days)
    try:
        with engine.begin() as db:
            code = invitations.invite(db, CHANNEL_ID, Role(args.role), now, life)
    finally:
        engine.dispose()
    print(f"{WORD} {code}")
    print(f"請承辦人員在和師鐘的一對一聊天室傳上面這一行。{_until(now + life)}前有效，只能用一次；")
    print("這組碼不會再顯示，請只交給本人。")
    return 0


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"天數是「{text}」：要填 1 到 {MOST_DAYS} 的整數")
    return int(text)


def _until(instant: datetime) -> str:
    return f"{instant.astimezone(clock.TAIPEI):%Y/%m/%d %H:%M}"
