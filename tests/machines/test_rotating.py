"""Secrets that are replaced: what the old one signed holds until it is taken away."""

from datetime import UTC, datetime

import pytest

from bot import wiring
from bot.errors import BadWebhook, SettingsError
from bot.line.inbound import read_webhook
from bot.line.signature import sign
from bot.links import Purpose
from bot.model.channels import Channel
from bot.settings import Settings
from tests.line.bodies import body, event

OLD, NEW = "the key of last year", "the key of this year"
NOON = datetime(2022, 6, 1, 4, tzinfo=UTC)


def settings(key: str, old: str = "") -> Settings:
    return Settings(secret_key=key, secret_key_old=old)


def test_a_link_of_the_old_key_opens_while_it_is_named() -> None:
    token = wiring.links_of(settings(OLD)).token("default", "U1", Purpose.OWN, NOON)

    found = [
        wiring.links_of(known).read(token, NOON)
        for known in (settings(OLD), settings(NEW, OLD), settings(NEW))
    ]

    assert [bool(one) for one in found] == [True, True, False]


def test_new_links_are_signed_by_the_new_key() -> None:
    token = wiring.links_of(settings(NEW, OLD)).token("default", "U1", Purpose.OWN, NOON)

    assert wiring.links_of(settings(NEW)).read(token, NOON)


def test_a_confirmation_of_the_old_key_opens_while_it_is_named() -> None:
    url = wiring.links_of(settings(OLD)).confirmation("k", NOON)
    token = url.rpartition("/")[2]

    assert wiring.links_of(settings(NEW, OLD)).read_confirmation(token, NOON) == "k"
    assert wiring.links_of(settings(NEW)).read_confirmation(token, NOON) == ""


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_a_webhook_is_taken_by_either_secret_while_both_are_named(secret: str) -> None:
    raw = body(event("E1"))

    found = read_webhook(
        raw, sign(raw, secret), Channel(id="default", secret=NEW, old_secret=OLD), NOON
    )

    assert [incoming.event_id for incoming in found] == ["E1"]


@pytest.mark.parametrize(
    "channel", [Channel(id="default", secret=NEW), Channel(id="default", secret=NEW, old_secret="")]
)
def test_a_webhook_of_a_secret_that_is_named_no_more_is_refused(channel: Channel) -> None:
    raw = body(event("E1"))

    with pytest.raises(BadWebhook):
        read_webhook(raw, sign(raw, OLD), channel, NOON)


def test_no_old_secret_lets_nobody_in() -> None:
    raw = body(event("E1"))

    with pytest.raises(BadWebhook):
        read_webhook(raw, sign(raw, ""), Channel(id="default", secret="", old_secret=""), NOON)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"SECRET_KEY_OLD": OLD}, "SECRET_KEY 卻沒有"),
        ({"SECRET_KEY": NEW, "SECRET_KEY_OLD": "short"}, "SECRET_KEY_OLD 太短"),
        ({"LISTEN_URL": "sqlite:///x.db"}, "LISTEN_URL"),
        ({"LISTEN_URL": "nonsense"}, "LISTEN_URL 看不懂"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_env(environ)


def test_old_secrets_are_never_shown() -> None:
    given = {
        "SECRET_KEY": NEW,
        "SECRET_KEY_OLD": OLD,
        "LISTEN_URL": "postgresql://bot:hunter22@h/d",
        "LINE_CHANNEL_SECRET_OLD": "channel",
    }
    found = Settings.from_env(given)

    shown = repr(found) + repr(found.shown())
    for secret in (OLD, "hunter22", "channel"):
        assert secret not in shown.replace("LINE_CHANNEL", "").replace("line_channel", "")
