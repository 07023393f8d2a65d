"""`bot line check`: whether the channel's settings work, asked of LINE itself."""

import argparse

from bot.channels import own_channel
from bot.cli.of_channel import add_channel, channel_of
from bot.errors import DeliveryError, NotAllowed, SettingsError
from bot.line.channel import Account, ChannelApi, Trial
from bot.model.channels import Channel
from bot.settings import CHANNEL_ID, Settings
from bot.store import schema
from bot.store.engine import open_engine

WEBHOOK = "/callback"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the channel."""
    parser.add_argument(
        "what", choices=["check"], help="檢查存取權杖、webhook 網址，並請 LINE 試打"
    )
    add_channel(parser)


def run(args: argparse.Namespace) -> int:
    """Check the channel; 0 where LINE reaches us."""
    settings = Settings.from_env()
    if args.channel == CHANNEL_ID:  # asks no database
        settings.require_channel()
        return 0 if check(settings, own_channel(settings)) else 1
    engine = open_engine(settings.database_url)
    try:
        if fault := schema.fault(engine):
            raise SettingsError(fault)
        channel = channel_of(engine, settings, args.channel)
    finally:
        engine.dispose()
    return 0 if check(settings, channel) else 1


def check(settings: Settings, channel: Channel) -> bool:
    """Print how LINE sees this channel; gives whether it reaches us."""
    api = ChannelApi(settings.line_api_base, channel.token)
    try:
        account = api.account()
        print(_account(account))
        if channel.destination and account.user_id != channel.destination:
            print(
                f"✗ 存取權杖是另一個官方帳號的：它的 destination 是 {account.user_id}，"
                f"這裡登記的是 {channel.destination}。請用 bot channel add 重新設定。"
            )
            return False
        if not account.endpoint:
            print(f"✗ 還沒設定 webhook：請在 LINE Developers 填入 {settings.address}{WEBHOOK}")
            return False
        trial = api.try_webhook()
    except NotAllowed:
        print(f"✗ LINE 不接受存取權杖：{_token_cure(channel)}")
        return False
    except DeliveryError as err:
        print(f"✗ 問不到 LINE（{err}）：請稍後再試，或確認 LINE_API_BASE 與網路。")
        return False
    print(_trial(trial))
    return trial.success and account.is_active


def _token_cure(channel: Channel) -> str:
    if channel.id == CHANNEL_ID:
        return "請重新核對 LINE_CHANNEL_ACCESS_TOKEN。"
    return f"請用 bot channel add {channel.id} 重新輸入 access token。"


def _account(account: Account) -> str:
    lines = [f"✓ 帳號：{account.name}（{account.basic_id}）"]
    if account.endpoint:
        lines.append(f"✓ webhook：{account.endpoint}")
        if not account.is_active:
            lines.append("✗ webhook 沒有啟用：請在 LINE Developers 打開「Use webhook」。")
    return "\n".join(lines)


def _trial(trial: Trial) -> str:
    if trial.success:
        return f"✓ LINE 打得到 webhook（{trial.status}）"
    return (
        f"✗ LINE 打不到 webhook（{trial.status} {trial.reason}）：{trial.detail}\n"
        "  400 多半是 LINE_CHANNEL_SECRET 不對；沒有狀態碼時，請確認網址與 HTTPS 憑證。"
    )
