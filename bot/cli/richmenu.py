"""`bot richmenu sync`: LINE's menus become those of `knowledge/menus`."""

import argparse
import sys
import time

from bot.catalog.menus import load_menus
from bot.channels import own_channel
from bot.cli.of_channel import add_channel, channel_of
from bot.errors import DeliveryError, NotAllowed, TryLater
from bot.line.menus import MenuClient
from bot.menus.decide import Todo
from bot.menus.sync import hang, look
from bot.model.channels import Channel
from bot.model.menus import MenuRack
from bot.preparing import prepare_database
from bot.settings import CHANNEL_ID, Settings
from bot.store import menu_marks
from bot.store.engine import open_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and whether to do it."""
    parser.add_argument("what", choices=["sync"], help="把選單更新到 LINE")
    parser.add_argument("--dry-run", action="store_true", help="只列出要改什麼，不更動")
    add_channel(parser)


def run(args: argparse.Namespace) -> int:
    """Bring LINE's menus up to date; 1 where LINE did not take all of it."""
    settings = Settings.from_env()
    channel = _channel(settings, args.channel)
    rack = load_menus(settings.knowledge_dir)
    wall = MenuClient(settings.line_api_base, settings.line_data_api_base, channel.token)
    try:
        todo = _check(wall, rack) if args.dry_run else hang(wall, rack, time.sleep)
    except DeliveryError as err:
        print(_trouble(err), file=sys.stderr)
        return 1
    finally:
        wall.close()
    print("\n".join(todo.lines()))
    if args.dry_run:
        print("以上只是預覽，沒有更動。")
    else:
        _let_all_see(settings, channel.id)
    return 0


def _channel(settings: Settings, channel_id: str) -> Channel:
    if channel_id == CHANNEL_ID:  # asks no database
        settings.require_channel()
        return own_channel(settings)
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        return channel_of(engine, settings, channel_id)
    finally:
        engine.dispose()


def _check(wall: MenuClient, rack: MenuRack) -> Todo:
    """What would be done, with LINE's own check of each menu that is new."""
    _, todo = look(wall, rack)
    for menu in todo.make:
        wall.check(menu, menu.id)
    return todo


def _let_all_see(settings: Settings, channel_id: str) -> None:
    """Everybody who has a role gets its menu, told to LINE by the worker."""
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        with engine.begin() as db:
            menu_marks.mark_all_with_a_role(db, channel_id)
    finally:
        engine.dispose()
    print("選單已更新。承辦人員的選單由 worker 在幾秒內換好；一般老師重新打開聊天室就會看到。")


def _trouble(err: DeliveryError) -> str:
    again = "已完成的不會重做，也不會留下多餘的選單；再執行一次就會接著做。"
    if isinstance(err, NotAllowed):
        return f"✗ LINE 不接受存取權杖：請重新核對 LINE_CHANNEL_ACCESS_TOKEN。{again}"
    if isinstance(err, TryLater):
        return f"✗ LINE 現在沒有接受（{err}）：請過幾分鐘再執行一次。{again}"
    return f"✗ LINE 拒絕了選單（{err}）：請執行 bot knowledge check 檢查選單。{again}"
