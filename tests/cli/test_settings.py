"""The environment is read once, checked, and a mistake is named with its cure."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings

CHANNEL = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}


def test_without_a_word_there_are_defaults() -> None:
    settings = Settings.from_env({})

    assert settings == Settings()
    assert settings.address == "http://127.0.0.1:8000"
    assert not settings.has_channel


def test_an_empty_setting_is_one_that_is_not_there() -> None:
    assert Settings.from_env({"PORT": "", "LINE_API_BASE": " ", "KNOWLEDGE_DIR": ""}) == Settings()


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")

    settings = Settings.from_env(
        {
            "LINE_CHANNEL_SECRET_FILE": str(tmp_path / "secret"),
            "LINE_CHANNEL_ACCESS_TOKEN": "t",
        }
    )

    assert settings.line_channel_secret == "from a file"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:///var/x.db", "sqlite:///var/x.db"),
    ],
)
def test_a_database_is_spoken_to_by_the_driver_that_we_have(given: str, meant: str) -> None:
    assert Settings.from_env({"DATABASE_URL": given}).database_url == meant


def test_an_address_has_no_slash_at_its_end() -> None:
    assert Settings.from_env({"BASE_URL": "https://bot.tw/"}).address == "https://bot.tw"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PORT": "８０００"}, "PORT"),
        ({"LINE_API_BASE": "api.line.me"}, "LINE_API_BASE"),
        ({"LINE_API_BASE": "ftp://api.line.me"}, "LINE_API_BASE"),
        ({"BASE_URL": "https://"}, "BASE_URL"),
        ({"BASE_URL": "https://[::1"}, "BASE_URL"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://u:p@h/d"}, "DATABASE_URL"),
        ({"LINE_CHANNEL_SECRET": "s"}, "LINE_CHANNEL_ACCESS_TOKEN"),
        ({"LINE_CHANNEL_ACCESS_TOKEN": "t"}, "LINE_CHANNEL_SECRET"),
        ({"SECRET_KEY_FILE": "no/such/file"}, "SECRET_KEY_FILE"),
        ({**CHANNEL, "LINE_CHANNEL_SECRET_FILE": "x"}, "LINE_CHANNEL_SECRET_FILE"),
    ],
)
def test_a_mistake_is_named(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_env(environ)


def test_a_password_is_not_repeated_where_a_mistake_is_told() -> None:
    with pytest.raises(SettingsError) as told:
        Settings.from_env({"DATABASE_URL": "mysql://u:hunter22@h/d"})

    assert "hunter22" not in str(told.value)


def test_secrets_are_not_shown_with_the_settings() -> None:
    shown = repr(Settings.from_env({**CHANNEL, "DATABASE_URL": "postgres://u:hunter22@h/d"}))

    assert "hunter22" not in shown
    assert "secret='s'" not in shown


def test_web_needs_a_channel_and_says_where_to_get_one() -> None:
    with pytest.raises(SettingsError, match=r"LINE Developers.*bot run"):
        Settings.from_env({}).require_channel()


MAIL = {
    "SMTP_URL": "starttls://bell:hunter22@mail.example.tw:587",
    "MAIL_FROM": "師鐘 <bell@example.tw>",
    "SECRET_KEY": "k" * 16,
}


def test_mail_is_set_by_its_two_settings_and_shows_no_password() -> None:
    settings = Settings.from_env(MAIL)

    assert settings.has_mail
    assert not Settings().has_mail
    assert "hunter22" not in repr(settings)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"MAIL_FROM": "師鐘"}, "MAIL_FROM"),
        ({"MAIL_FROM": "a@b.tw\nBcc: c@d.tw"}, "MAIL_FROM"),
        ({"SMTP_URL": "https://bell:hunter22@mail.example.tw"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://bell:hunter22@mail.example.tw:99999"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://bell:hunter22@"}, "SMTP_URL"),
    ],
)
def test_a_mistake_about_mail_is_named_without_its_password(
    wrong: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError) as told:
        Settings.from_env({**MAIL, **wrong})

    assert named in str(told.value)
    assert "hunter22" not in str(told.value)


OIDC = {
    "OIDC_ISSUER": "https://id.example.tw/realm/",
    "OIDC_CLIENT_ID": "bell",
    "OIDC_CLIENT_SECRET": "hunter22",
}


def test_single_sign_on_is_set_by_three_settings_and_shows_no_secret() -> None:
    settings = Settings.from_env({**OIDC, "OIDC_NEW_VIEWERS": "yes", "TRUSTED_PROXIES": "1"})

    assert settings.has_provider
    assert settings.oidc_issuer == "https://id.example.tw/realm/"
    assert "hunter22" not in repr(settings) + repr(settings.shown())
    assert settings.shown()["OIDC_CLIENT_SECRET"] == "已設定"
    assert settings.shown()["OIDC_NEW_VIEWERS"] == "yes"
    assert settings.shown()["SMTP_URL"] == "未設定"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
        ({"OIDC_ISSUER": "http://id.example.tw"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "id.example.tw"}, "OIDC_ISSUER"),
        ({"OIDC_NEW_VIEWERS": "1"}, "OIDC_NEW_VIEWERS"),
        ({"REQUIRE_SECOND_FACTOR": "please"}, "REQUIRE_SECOND_FACTOR"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ],
)
def test_a_mistake_about_the_console_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as told:
        Settings.from_env({**OIDC, **wrong})

    assert named in str(told.value)
