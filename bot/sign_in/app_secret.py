"""What an authenticator app and we share: kept sealed, so that the database alone opens nothing."""

from collections.abc import Mapping

from bot.errors import AskAgain, SealBroken
from bot.sealing import seal, unseal
from bot.store.accounts import Account

NOTHING: Mapping[str, None] = {"factor_secret": None, "factor_sealed": None}
KEY_CHANGED = (
    "系統的金鑰換過了，原來的驗證器不能再用。請改用備用碼登入，再重新設定驗證器；"
    "沒有備用碼時，請管理者移除您的驗證器。"
)


def as_kept(key: str, secret: str) -> dict[str, str | None]:
    """The columns that keep this secret.

    Args:
        key: of the deployment; empty where it has none that lasts: sealed by a key that dies with
            the process, the secret would be lost, so it is kept plain.
    """
    if not key:
        return {**NOTHING, "factor_secret": secret}
    return {**NOTHING, "factor_sealed": seal(key, secret)}


def is_to_seal(key: str, account: Account) -> bool:
    """Whether it is still kept plain, as it was before there were seals."""
    return bool(key) and account.factor_secret is not None


def secret_of(key: str, account: Account) -> str | None:
    """The account's secret; None where it has none.

    A plain one goes before a sealed one: only a process of before writes it, and then it is newer.

    Raises:
        AskAgain: it was sealed with another key.
    """
    if account.factor_secret or not account.factor_sealed:
        return account.factor_secret
    try:
        return unseal(key, account.factor_sealed) if key else _lost()
    except SealBroken:
        return _lost()


def _lost() -> str:
    raise AskAgain(KEY_CHANGED)
