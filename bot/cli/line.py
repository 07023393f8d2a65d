"""`bot line check`: whether the channel's settings work, asked of LINE itself."""

import argparse

from bot.errors import DeliveryError, NotAllowed
from bot.line.channel import Account, ChannelApi, Trial
from bot.settings import Settings

WEBHOOK = "/callback"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the channel."""
    parser.add_argument(
        "what", choices=["check"], help="檢查存取權杖、webhook 網址，並請 LINE 試打"
    )


def run(args: argparse.Namespace) -> int:
    """Check the channel; 0 where LINE reaches us."""
    settings = Settings.from_env()
    settings.require_channel()
    api = ChannelApi(settings.line_api_base, settings.line_channel_access_token)
    try:
        account = api.account()
        print(_account(account))
        if not account.endpoint:
            print(f"✗ 還沒設定 webhook：請在 LINE Developers 填入 {settings.address}{WEBHOOK}")
            return 1
        trial = api.try_webhook()
    except NotAllowed:
        print("✗ LINE 不接受存取權杖：請重新核對 LINE_CHANNEL_ACCESS_TOKEN。")
        return 1
    except DeliveryError as err:
        print(f"✗ 問不到 LINE（{err}）：請稍後再試，或確認 LINE_API_BASE 與網路。")
        return 1
    print(_trial(trial))
    return 0 if trial.success and account.is_active else 1


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
