"""Secrets come from the environment or from files, and go nowhere else."""

import argparse
import importlib
import logging
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.cli
from bot import wiring
from bot.errors import BotError
from bot.mail.smtp import SmtpSender
from bot.readers import PlanReaders
from bot.settings import SECRETS, Settings
from tests.handlers_of_tests import EMPTY
from tests.source import ROOT

HIDDEN = {
    "LINE_CHANNEL_SECRET": "hunter2-line-secret",
    "LINE_CHANNEL_SECRET_OLD": "hunter2-line-secret-before",
    "LINE_CHANNEL_ACCESS_TOKEN": "hunter2-line-token",
    "DATABASE_URL": "postgresql://bell:hunter2-database@127.0.0.1:1/none",
    "LISTEN_URL": "postgresql://bell:hunter2-listening@127.0.0.1:1/none",
    "SECRET_KEY": "hunter2-key-of-links",
    "SECRET_KEY_OLD": "hunter2-key-of-links-before",
    "METRICS_TOKEN": "hunter2-token-of-counts",
    "SMTP_URL": "starttls://bell:hunter2-mail@127.0.0.1:1",
    "OIDC_CLIENT_SECRET": "hunter2-provider",
}
OPEN = {
    "MAIL_FROM": "bell@example.tw",
    "OIDC_ISSUER": "https://127.0.0.1:1",
    "OIDC_CLIENT_ID": "bell",
    "LINE_API_BASE": "http://127.0.0.1:1",
}
# A field of a form may be `secret` (an ID number is left blank): that is no secret of ours.
FORBIDDEN = {*(name.lower() for name in SECRETS), "password", "passwd", "token", "api_key"}
_NAMES = re.compile(r"secret|token|passw|database.?url|smtp|api.?key", re.IGNORECASE)


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The names of all options and arguments, of commands below as well."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options(below)
        yield from (*action.option_strings, action.dest)


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for found in pkgutil.iter_modules(bot.cli.__path__, "bot.cli."):
        module = importlib.import_module(found.name)
        if hasattr(module, "add_arguments"):
            parser = argparse.ArgumentParser()
            module.add_arguments(parser)
            yield found.name, parser


def keys(value: Any) -> Iterator[str]:
    """Every key of a file of YAML."""
    if isinstance(value, dict):
        yield from map(str, value)
    for below in value.values() if isinstance(value, dict) else value:
        if isinstance(below, dict | list):
            yield from keys(below)


def test_every_secret_is_tried_here_and_is_hidden_among_the_settings() -> None:
    hidden = {one.name.upper() for one in fields(Settings) if not one.repr}

    assert set(SECRETS) == set(HIDDEN) == hidden


def test_no_option_of_any_command_takes_a_secret() -> None:
    found = list(commands())

    taking = [f"{name} {o}" for name, parser in found for o in options(parser) if _NAMES.search(o)]

    assert len(found) > 8
    assert taking == []


def test_no_file_of_yaml_holds_a_key_for_a_secret() -> None:
    files = [p for p in (ROOT / "knowledge").rglob("*.yaml") if p.is_file()]

    found = [
        f"{path.name}: {key}"
        for path in files
        for key in keys(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        if key.lower().replace("-", "_") in FORBIDDEN
    ]

    assert len(files) > 5
    assert found == []


@pytest.fixture
def settings() -> Settings:
    return Settings.from_env({**HIDDEN, **OPEN})


def holds_one(text: str) -> bool:
    return "hunter2" in text


def test_what_is_held_open_shows_no_secret_when_it_is_printed(settings: Settings) -> None:
    house = wiring.open_house(settings)
    shown = [
        repr(one)
        for one in (
            settings, settings.shown(), house, house.engine, house.engine.url, house.channels,
            house.stations.own(), house.stations.own().mail, wiring.own_channel(settings),
            SmtpSender(settings.smtp_url, settings.mail_from), wiring._provider(settings),
            wiring._console_backstage(settings, house, PlanReaders(EMPTY, house.channels)),
        )
    ]  # fmt: skip
    house.close()

    assert [text for text in shown if holds_one(text)] == []


def test_an_app_whose_database_is_away_tells_no_secret_to_callers_or_logs(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house = wiring.open_house(settings)
    client = wiring.build_app(settings, house, EMPTY).test_client()

    said = [
        client.get(path).get_data(as_text=True)
        for path in ("/readyz", "/healthz", "/", "/console", "/console/sign-in", "/p/t/me")
    ]
    client.post("/callback", data=b"{}", headers={"x-line-signature": "x"})
    house.close()

    assert len(said[0]) > 20
    assert [text for text in said if holds_one(text)] == []
    assert not holds_one(caplog.text)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_whose_neighbours_are_wrong_is_not_repeated(name: str, tmp_path: Path) -> None:
    kept = tmp_path / "hunter2"
    kept.write_bytes(b"\xff\xfe")
    for wrong in (
        {**HIDDEN, **OPEN, name: "hunter2"[:8]},
        {name: HIDDEN[name], "PORT": "none"},
        {f"{name}_FILE": str(kept)},
    ):
        try:
            told = repr(Settings.from_env(wrong))
        except BotError as err:
            told = str(err)

        assert not holds_one(told)
