"""What the environment says, read once, checked, frozen.

Every field is one setting; its name in the environment is the field's name in capitals. A secret
may also be given as the path of a file that holds it: `LINE_CHANNEL_SECRET_FILE=/run/secrets/line`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

SECRETS = (
    "LINE_CHANNEL_SECRET",
    "LINE_CHANNEL_ACCESS_TOKEN",
    "DATABASE_URL",
    "SECRET_KEY",
    "SMTP_URL",
    "OIDC_CLIENT_SECRET",
)
SHORTEST_KEY = 16
_MAILBOX = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*")
CHANNEL_ID = "default"  # of the one channel that the settings describe
CHANNEL_TITLE = "預設頻道"  # what people call it


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one deployment; the LINE ones describe its default channel."""

    line_channel_secret: str = field(default="", repr=False)
    line_channel_access_token: str = field(default="", repr=False)
    line_api_base: str = "https://api.line.me"
    line_data_api_base: str = "https://api-data.line.me"
    database_url: str = field(default="sqlite:///var/shizhong.db", repr=False)
    port: int = 8000
    base_url: str = ""  # empty: http://127.0.0.1:PORT
    secret_key: str = field(default="", repr=False)
    knowledge_dir: Path = Path("knowledge")
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_new_viewers: bool = False
    require_second_factor: bool = False
    trusted_proxies: int = 0

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
        _check_mail(found)
        _check_provider(found)
        return cls(
            line_channel_secret=secret,
            line_channel_access_token=token,
            line_api_base=_address("LINE_API_BASE", found, cls.line_api_base),
            line_data_api_base=_address("LINE_DATA_API_BASE", found, cls.line_data_api_base),
            database_url=_database(found["DATABASE_URL"] or cls.database_url),
            port=_port(found["PORT"]) if found["PORT"] else cls.port,
            base_url=_address("BASE_URL", found, ""),
            secret_key=_key(found["SECRET_KEY"]),
            knowledge_dir=Path(found["KNOWLEDGE_DIR"] or "knowledge"),
            smtp_url=found["SMTP_URL"],
            mail_from=found["MAIL_FROM"],
            oidc_issuer=_issuer(found),
            oidc_client_id=found["OIDC_CLIENT_ID"],
            oidc_client_secret=found["OIDC_CLIENT_SECRET"],
            oidc_new_viewers=_yes("OIDC_NEW_VIEWERS", found),
            require_second_factor=_yes("REQUIRE_SECOND_FACTOR", found),
            trusted_proxies=_proxies(found["TRUSTED_PROXIES"]),
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


def _address(name: str, found: Mapping[str, str], default: str) -> str:
    value = (found[name] or default).rstrip("/")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query
    except ValueError:  # such as an IPv6 address whose bracket is not closed
        good = False
    if not good:
        raise SettingsError(
            f"{name} 不是網址：要以 https:// 開頭（測試時可用 http://），後面接主機。"
        )
    return value


def _check_mail(found: Mapping[str, str]) -> None:
    url, sender = found["SMTP_URL"], found["MAIL_FROM"]
    if bool(url) != bool(sender):
        missing = "MAIL_FROM" if url else "SMTP_URL"
        raise SettingsError(f"{missing} 沒有設定：寄信的兩個設定要一起給，或兩個都不給。")
    if not url:
        return
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("smtp", "smtps", "starttls") and bool(parts.hostname)
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:  # the address itself may hold a password: it is not repeated
        raise SettingsError(
            "SMTP_URL 看不懂：請用 smtps://帳號:密碼@主機:465、starttls://帳號:密碼@主機:587 "
            "或 smtp://主機:25；帳號、密碼裡的符號要寫成 %40 這樣的編碼。"
        )
    if not sender.isprintable() or not _MAILBOX.fullmatch(parseaddr(sender)[1]):
        raise SettingsError("MAIL_FROM 不是信箱：請填像「師鐘 <bell@example.edu.tw>」的寄件人。")
    if not found["SECRET_KEY"]:
        raise SettingsError("SECRET_KEY 沒有設定：寄信需要它來簽確認信箱的連結，請用亂數產生。")


def _check_provider(found: Mapping[str, str]) -> None:
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    missing = [name for name in names if not found[name]]
    if missing and len(missing) < len(names):
        raise SettingsError(f"{missing[0]} 沒有設定：單一登入的三個 OIDC 設定要一起給，或都不給。")


def _issuer(found: Mapping[str, str]) -> str:
    """The issuer to the letter, a slash at its end too: tokens name it so."""
    issuer = found["OIDC_ISSUER"]
    if not issuer:
        return ""
    _address("OIDC_ISSUER", found, "")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsError("OIDC_ISSUER 要以 https:// 開頭：單一登入不能不加密。")
    return issuer


def _yes(name: str, found: Mapping[str, str]) -> bool:
    value = found[name].lower()
    if value not in ("", "yes", "no"):
        raise SettingsError(f"{name} 是「{found[name]}」：要填 yes 或 no。")
    return value == "yes"


def _proxies(value: str) -> int:
    if value and (not value.isascii() or not value.isdigit() or int(value) > 9):
        raise SettingsError(f"TRUSTED_PROXIES 是「{value}」：要填 0 到 9 的數字。")
    return int(value or 0)


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"PORT 是「{value}」：要填 1 到 65535 的數字。")
    return int(value)


def _key(value: str) -> str:
    if value and len(value) < SHORTEST_KEY:
        raise SettingsError(f"SECRET_KEY 太短：至少要 {SHORTEST_KEY} 個字元，請用亂數產生。")
    return value


def _database(value: str) -> str:
    scheme, found, rest = value.partition("://")
    if found and scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if found and scheme in ("sqlite", "postgresql+psycopg"):
        return value
    # The address itself may hold a password: it is not repeated.
    raise SettingsError(
        "DATABASE_URL 看不懂：請用 sqlite:///檔案路徑，或 postgresql://帳號:密碼@主機/資料庫。"
    )
