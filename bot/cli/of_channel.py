"""`--channel`: which official account a command is about."""

import argparse

from sqlalchemy import Engine

from bot.channels import opened, own_channel
from bot.errors import SealBroken, SettingsError
from bot.model.channels import Channel
from bot.settings import CHANNEL_ID, Settings
from bot.store import channels


def add_channel(*parsers: argparse.ArgumentParser) -> None:
    """Let these commands be about another channel than the one that the settings describe."""
    for parser in parsers:
        parser.add_argument(
            "--channel",
            default=CHANNEL_ID,
            metavar="代號",
            help="哪一個官方帳號（bot channel list 列出的代號；預設是環境設定的那一個）",
        )


def known_channel(engine: Engine, channel_id: str) -> str:
    """The id, where there is such a channel.

    Raises:
        SettingsError: there is none, or it is retired.
    """
    if channel_id != CHANNEL_ID:
        with engine.connect().execution_options(only_reads=True) as db:
            kept = channels.find(db, channel_id)
        if kept is None:
            raise SettingsError(f"沒有代號是「{channel_id}」的官方帳號：請用 bot channel list 查。")
        if kept.retired_at is not None:
            raise SettingsError(
                f"「{channel_id}」已經停用：要再使用，請用 bot channel add 重新設定。"
            )
    return channel_id


def channel_of(engine: Engine, settings: Settings, channel_id: str) -> Channel:
    """The channel of this id, with what opens it.

    Raises:
        SettingsError: there is none, it is retired, or SECRET_KEY is not the one that sealed it.
    """
    if known_channel(engine, channel_id) == CHANNEL_ID:
        settings.require_channel()
        return own_channel(settings)
    with engine.connect().execution_options(only_reads=True) as db:
        kept = channels.find(db, channel_id)
    if kept is None:  # gone meanwhile
        raise SettingsError(f"沒有代號是「{channel_id}」的官方帳號：請用 bot channel list 查。")
    try:
        return opened(kept, settings.secret_key)
    except SealBroken as err:
        raise SettingsError(sealed_off(channel_id)) from err


def sealed_off(channel_id: str) -> str:
    """What is said of a channel whose secrets cannot be read."""
    return (
        f"「{channel_id}」的密鑰讀不出來：SECRET_KEY 和存入時不同。"
        "請換回原來的 SECRET_KEY，或用 bot channel add 重新輸入這個官方帳號的兩個值。"
    )
