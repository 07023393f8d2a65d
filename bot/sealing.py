"""Secrets as they are kept: sealed by the deployment's key; the database alone opens none."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SealBroken

MARK = "sealed1:"  # what was kept before there were seals does not begin with it
_KEY_BYTES = 32
_PURPOSE = b"shizhong.sealing"  # other uses of the same key get other bytes


def seal(key: str, text: str) -> str:
    """`text` so that only `unseal` with the same key reads it; each time other signs.

    Args:
        key: `SECRET_KEY`, or what else the caller has; not empty.
    """
    return MARK + _fernet(key).encrypt(text.encode()).decode()


def unseal(key: str, sealed: str) -> str:
    """What `seal` was given.

    Raises:
        SealBroken: sealed with another key, changed, or never sealed.
    """
    if not is_sealed(sealed):
        raise SealBroken("this was never sealed")
    try:
        return _fernet(key).decrypt(sealed.removeprefix(MARK)).decode()
    except (InvalidToken, ValueError) as err:  # ValueError: not even of the right signs
        raise SealBroken("sealed with another key, or changed since") from err


def is_sealed(kept: str) -> bool:
    """Whether this came from `seal`, and not from the days when secrets were kept plain."""
    return kept.startswith(MARK)


def _fernet(key: str) -> Fernet:
    if not key:
        raise ValueError("a seal needs a key")
    derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
