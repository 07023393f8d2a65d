"""What LINE says about the channel."""

import pytest

from bot.errors import NotAllowed, TryLater
from bot.line.channel import ChannelApi
from bot.simulator.platform import Platform


def test_the_account_has_its_name_and_its_webhook(platform: Platform, line_url: str) -> None:
    platform.lookups.webhook_url = "https://bot.example.tw/callback"

    account = ChannelApi(line_url, platform.account.token).account()

    assert (account.name, account.basic_id) == (platform.account.name, platform.account.basic_id)
    assert account.endpoint == "https://bot.example.tw/callback"


def test_a_wrong_access_token_is_not_allowed(line_url: str) -> None:
    with pytest.raises(NotAllowed):
        ChannelApi(line_url, "wrong").account()


def test_a_line_that_is_away_is_for_later() -> None:
    with pytest.raises(TryLater):
        ChannelApi("http://127.0.0.1:1", "token").account()
