"""What each setting may be, and the sentence that names it and the cure where it is not."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from urllib.parse import urlsplit

from bot.errors import SettingsError

SHORTEST_KEY = 16
_MAILBOX = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*")


def address(name: str, found: Mapping[str, str], default: str) -> str:
    """A web address without a slash at its end; this default where none is given."""
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


def check_mail(found: Mapping[str, str]) -> None:
    """Raise SettingsError unless what sends mail is given whole, or not at all."""
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


def check_provider(found: Mapping[str, str]) -> None:
    """Raise SettingsError unless single sign-on is given whole, or not at all."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    missing = [name for name in names if not found[name]]
    if missing and len(missing) < len(names):
        raise SettingsError(f"{missing[0]} 沒有設定：單一登入的三個 OIDC 設定要一起給，或都不給。")


def issuer(found: Mapping[str, str]) -> str:
    """The issuer to the letter, a slash at its end too: tokens name it so."""
    issuer = found["OIDC_ISSUER"]
    if not issuer:
        return ""
    address("OIDC_ISSUER", found, "")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsError("OIDC_ISSUER 要以 https:// 開頭：單一登入不能不加密。")
    return issuer


def yes(name: str, found: Mapping[str, str]) -> bool:
    """Whether it says yes; empty says no."""
    value = found[name].lower()
    if value not in ("", "yes", "no"):
        raise SettingsError(f"{name} 是「{found[name]}」：要填 yes 或 no。")
    return value == "yes"


def proxies(value: str) -> int:
    """How many proxies stand before us; empty: none."""
    if value and (not value.isascii() or not value.isdigit() or int(value) > 9):
        raise SettingsError(f"TRUSTED_PROXIES 是「{value}」：要填 0 到 9 的數字。")
    return int(value or 0)


def days(name: str, found: Mapping[str, str], default: int) -> int:
    """A number of days; this default where none is given."""
    value = found[name]
    if value and (not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 3650):
        raise SettingsError(f"{name} 是「{value}」：要填 1 到 3650 的天數。")
    return int(value or default)


def token(value: str) -> str:
    """A token that nobody guesses; empty: none."""
    if value and len(value) < SHORTEST_KEY:
        raise SettingsError(f"METRICS_TOKEN 太短：至少要 {SHORTEST_KEY} 個字元，請用亂數產生。")
    return value


def log_format(value: str) -> str:
    """The form of the log; empty: each command's own."""
    if value not in ("", "json", "text"):
        raise SettingsError(f"LOG_FORMAT 是「{value}」：要填 json 或 text。")
    return value


def log_level(value: str) -> str:
    """From which level on is logged; empty: the usual one."""
    if value.lower() not in ("", "info", "warning", "error"):
        raise SettingsError(f"LOG_LEVEL 是「{value}」：要填 info、warning 或 error。")
    return value.lower()


def port(value: str) -> int:
    """A port to listen on."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"PORT 是「{value}」：要填 1 到 65535 的數字。")
    return int(value)


def key(name: str, found: Mapping[str, str]) -> str:
    """A key that nobody guesses; empty: none."""
    value = found[name]
    if value and len(value) < SHORTEST_KEY:
        raise SettingsError(f"{name} 太短：至少要 {SHORTEST_KEY} 個字元，請用亂數產生。")
    if name != "SECRET_KEY" and value and not found["SECRET_KEY"]:
        raise SettingsError(f"{name} 有設定，SECRET_KEY 卻沒有：請把新的金鑰填在 SECRET_KEY。")
    return value


def listening(value: str) -> str:
    """The database's own address, for listening; empty: nobody listens."""
    url = database_url(value, "LISTEN_URL") if value else ""
    if url.startswith("sqlite"):
        raise SettingsError(
            "LISTEN_URL 只用在 PostgreSQL：請填直接連到資料庫、不經過 PgBouncer 的網址，或留空。"
        )
    return url


def database_url(value: str, name: str = "DATABASE_URL") -> str:
    """An address of a database, as the driver that we have wants it.

    Raises:
        SettingsError: it is none; the sentence names where it came from.
    """
    scheme, found, rest = value.partition("://")
    if found and scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if found and scheme in ("sqlite", "postgresql+psycopg"):
        return value
    # The address itself may hold a password: it is not repeated.
    raise SettingsError(
        f"{name} 看不懂：請用 sqlite:///檔案路徑，或 postgresql://帳號:密碼@主機/資料庫。"
    )
