"""The second factor: codes of an authenticator app, and recovery codes for a lost phone."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

ISSUER = "師鐘"
STEP_S = 30
EITHER_SIDE = 1  # steps by which a phone's clock may be wrong
DIGITS = 6
HOW_MANY = 8
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _SIGNS = 3, 5  # 74 bits: nobody tries them out


def new_secret() -> str:
    """What the app and we share."""
    return pyotp.random_base32()


def address_of(secret: str, mail: str) -> str:
    """What an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=mail, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of which this is the code, around `now`; None where it is of none of them.

    Whoever takes a code notes its step: no code of it, or of an earlier one, is taken again.
    """
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_S)
    current = int(now.timestamp()) // STEP_S
    typed = tidy(code)
    if not typed.isascii():
        return None
    for step in range(current - EITHER_SIDE, current + EITHER_SIDE + 1):
        if hmac.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes for the day on which the phone is lost: each is good once."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_SIGNS)) for _ in range(_GROUPS))
        for _ in range(HOW_MANY)
    ]


def hash_of(recovery_code: str) -> str:
    """How a recovery code is kept. Of so much chance that a plain hash is enough."""
    return hashlib.sha256(tidy(recovery_code).encode()).hexdigest()


def tidy(code: str) -> str:
    """A code without what people put in between."""
    return code.strip().lower().replace(" ", "").replace("-", "")
