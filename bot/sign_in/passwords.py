"""Passwords: which ones are taken, and how they are kept."""

import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
FEWEST_SIGNS = 5  # different ones
COMMON = Path(__file__).parent / "common_passwords.txt"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
_FIRST = (4, 5)  # groups, and signs of each: 99 bits

# 19 MiB and two passes: a sign-in takes some 30 ms of one core, and eight at once are no burden.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def fault(password: str, mail: str) -> str:
    """What is wrong with a new password, with the cure; empty: nothing."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return f"密碼太短：至少要 {SHORTEST} 個字，例如用幾個不相干的詞連起來。"
    if len(password) > LONGEST:
        return f"密碼太長：最多 {LONGEST} 個字。"
    name = mail.casefold().partition("@")[0]
    if mail.casefold() in plain or plain.strip("0123456789!.@") == name:
        return "密碼不能用自己的電子郵件：請換一個別人猜不到的。"
    if len(set(plain)) < FEWEST_SIGNS or plain in _common():
        return "這個密碼太常見，很容易被猜到：請換一個。"
    return ""


def new_first() -> str:
    """A first password: by chance, to be replaced at once by its owner's own."""
    groups, signs = _FIRST
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(signs)) for _ in range(groups))


def hash_of(password: str) -> str:
    """How a password is kept."""
    return _HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; takes as long where there is no account to hold it to."""
    try:
        right = _HASHER.verify(password_hash or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed by other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
