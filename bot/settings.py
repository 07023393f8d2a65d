"""What the environment says, read once, checked, frozen.

Every field is one setting; its name in the environment is the field's name in capitals. A secret
may also be given as the path of a file that holds it: `LINE_CHANNEL_SECRET_FILE=/run/secrets/line`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot import setting_values as values
from bot.errors import SettingsError

SECRETS = (
    "LINE_CHANNEL_SECRET",
    "LINE_CHANNEL_SECRET_OLD",
    "LINE_CHANNEL_ACCESS_TOKEN",
    "DATABASE_URL",
    "LISTEN_URL",
    "SECRET_KEY",
    "SECRET_KEY_OLD",
    "SMTP_URL",
    "OIDC_CLIENT_SECRET",
    "METRICS_TOKEN",
)
CHANNEL_ID = "default"  # of the one channel that the settings describe
CHANNEL_TITLE = "預設頻道"  # what people call it


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one deployment; the LINE ones describe its default channel."""

    line_channel_secret: str = field(default="", repr=False)
    line_channel_secret_old: str = field(default="", repr=False)  # taken too, while it is replaced
    line_channel_access_token: str = field(default="", repr=False)
    line_api_base: str = "https://api.line.me"
    line_data_api_base: str = "https://api-data.line.me"
    database_url: str = field(default="sqlite:///var/shizhong.db", repr=False)
    listen_url: str = field(default="", repr=False)  # empty: workers look every few seconds
    port: int = 8000
    base_url: str = ""  # empty: http://127.0.0.1:PORT
    secret_key: str = field(default="", repr=False)
    secret_key_old: str = field(default="", repr=False)  # its links still open; it signs no more
    knowledge_dir: Path = Path("knowledge")
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_new_viewers: bool = False
    require_second_factor: bool = False
    trusted_proxies: int = 0
    metrics_token: str = field(default="", repr=False)
    log_format: str = ""  # json or text; empty: json for web and worker, else text
    log_level: str = "info"  # info, warning or error: what is less is not logged
    keep_questions_days: int = 180
    keep_events_days: int = 7
    keep_messages_days: int = 90

    @property
    def has_provider(self) -> bool:
        """Whether staff may sign in to the console by an identity provider."""
        return bool(self.oidc_issuer)

    @property
    def has_mail(self) -> bool:
        """Whether mail can be sent; without it nothing speaks of mail but to say so."""
        return bool(self.smtp_url)

    @property
    def has_channel(self) -> bool:
        """Whether a LINE channel is configured; without one there is only the simulator."""
        return bool(self.line_channel_secret)

    @property
    def address(self) -> str:
        """Where people reach this deployment, without a slash at the end."""
        return self.base_url or f"http://127.0.0.1:{self.port}"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The settings in `environ`; a setting that is absent or empty has its default.

        Args:
            environ: this process's environment unless given.

        Raises:
            SettingsError: one is wrong; the sentence names it and the cure.
        """
        environ = os.environ if environ is None else environ
        found = {n: _read(environ, n) for n in (f.upper() for f in cls.__dataclass_fields__)}
        secret = found["LINE_CHANNEL_SECRET"]
        token = found["LINE_CHANNEL_ACCESS_TOKEN"]
        if bool(secret) != bool(token):
            missing = "LINE_CHANNEL_ACCESS_TOKEN" if secret else "LINE_CHANNEL_SECRET"
            raise SettingsError(f"{missing} 沒有設定：兩個 LINE 設定要一起給，或兩個都不給。")
        values.check_mail(found)
        values.check_provider(found)
        return cls(
            line_channel_secret=secret,
            line_channel_secret_old=found["LINE_CHANNEL_SECRET_OLD"],
            line_channel_access_token=token,
            line_api_base=values.address("LINE_API_BASE", found, cls.line_api_base),
            line_data_api_base=values.address("LINE_DATA_API_BASE", found, cls.line_data_api_base),
            database_url=values.database_url(found["DATABASE_URL"] or cls.database_url),
            listen_url=values.listening(found["LISTEN_URL"]),
            port=values.port(found["PORT"]) if found["PORT"] else cls.port,
            base_url=values.address("BASE_URL", found, ""),
            secret_key=values.key("SECRET_KEY", found),
            secret_key_old=values.key("SECRET_KEY_OLD", found),
            knowledge_dir=Path(found["KNOWLEDGE_DIR"] or "knowledge"),
            smtp_url=found["SMTP_URL"],
            mail_from=found["MAIL_FROM"],
            oidc_issuer=values.issuer(found),
            oidc_client_id=found["OIDC_CLIENT_ID"],
            oidc_client_secret=found["OIDC_CLIENT_SECRET"],
            oidc_new_viewers=values.yes("OIDC_NEW_VIEWERS", found),
            require_second_factor=values.yes("REQUIRE_SECOND_FACTOR", found),
            trusted_proxies=values.proxies(found["TRUSTED_PROXIES"]),
            metrics_token=values.token(found["METRICS_TOKEN"]),
            log_format=values.log_format(found["LOG_FORMAT"]),
            log_level=values.log_level(found["LOG_LEVEL"]) or cls.log_level,
            keep_questions_days=values.days("KEEP_QUESTIONS_DAYS", found, cls.keep_questions_days),
            keep_events_days=values.days("KEEP_EVENTS_DAYS", found, cls.keep_events_days),
            keep_messages_days=values.days("KEEP_MESSAGES_DAYS", found, cls.keep_messages_days),
        )

    def shown(self) -> dict[str, str]:
        """Every setting by its name in the environment; of a secret only whether it is set."""
        found = {}
        for name, one in self.__dataclass_fields__.items():
            value = getattr(self, name)
            if not one.repr:
                value = "已設定" if value else "未設定"
            elif isinstance(value, bool):
                value = "yes" if value else "no"
            found[name.upper()] = str(value) or "未設定"
        return found

    @staticmethod
    def count_in(folder: Path) -> None:
        """Name the folder in which prometheus_client counts together."""
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)

    def require_channel(self) -> None:
        """Raise SettingsError unless a LINE channel is configured."""
        if not self.has_channel:
            raise SettingsError(
                "LINE_CHANNEL_SECRET 和 LINE_CHANNEL_ACCESS_TOKEN 沒有設定："
                "請填入 LINE Developers 主控台上這個頻道的值；"
                "沒有頻道時，請改用 python -m bot run，在瀏覽器裡用模擬器試。"
            )


def _read(environ: Mapping[str, str], name: str) -> str:
    return secret_of(name, environ) if name in SECRETS else environ.get(name, "").strip()


def secret_of(name: str, environ: Mapping[str, str] | None = None) -> str:
    """A secret of this name, or what the file holds that NAME_FILE names; empty: neither is set.

    Args:
        environ: this process's environment unless given.

    Raises:
        SettingsError: both are set, or the file cannot be read.
    """
    environ = os.environ if environ is None else environ
    value = environ.get(name, "").strip()
    path = environ.get(f"{name}_FILE", "").strip()
    if not path:
        return value
    if value:
        raise SettingsError(f"{name} 和 {name}_FILE 只能給一個，請刪掉其中一個。")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise SettingsError(
            f"{name}_FILE 指的檔案讀不到（{type(err).__name__}）：請確認路徑與權限。"
        ) from err
