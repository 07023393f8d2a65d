"""Invitation codes: how one is made, shown, and found again in what somebody writes.

Twelve of 26 signs make 56 bits. No sign looks like another one: neither 0 nor O, 1 nor I nor L,
5 nor S, 8 nor B, 2 nor Z, V nor U.
"""

import hashlib
import re
import secrets
import unicodedata
from functools import lru_cache

SIGNS = "2346789ACDEFGHJKMNPQRTVWXY"
LENGTH, GROUP = 12, 4
WORD = "邀請碼"
# What a reader makes of a sign that is not in any code.
MISREAD = "BZU"
_READ = str.maketrans(MISREAD, "82V")
_SEPARATORS = re.compile(r"[\s\-‐-―ー_.,、，。・·/\u200b-\u200f\u2060\ufeff]+")
_ANNOUNCED = re.compile(rf"^(?:我的|這是|輸入)*{WORD}(?:是|為|[:=])*(?P<rest>.*)$")
# Three groups with dashes are meant as a code, also where a sign is missing or another one.
_GROUPED = re.compile(r"[A-Z0-9]{3,5}(?:-[A-Z0-9]{3,5}){2}")
_LATIN = re.compile(r"[A-Z0-9]*")


def new_code() -> str:
    """A random code as it is shown: K7QM-2F9X-4TRW, always with a letter and a digit."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if _is_bare_code(code):
            return "-".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP))


@lru_cache(maxsize=512)  # asked of one message by several
def find_code(text: str) -> str | None:
    """The code that a message is, bare; None where it is none.

    After 「邀請碼」 any Latin letters and digits count, so that a mistyped code is told to be one;
    empty where nothing stands after it. Without the word only what has a code's own shape counts,
    or groups of letters and digits as codes are shown in.
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    announced = _ANNOUNCED.match(plain)
    if announced:
        rest = announced["rest"].strip("「」『』[]()<>")
        return rest.translate(_READ) if _LATIN.fullmatch(rest) else None
    bare = plain.strip("「」『』[]()<>").translate(_READ)
    return bare if _is_bare_code(bare) or _looks_grouped(text) else None


def hash_of(code: str) -> str:
    """What is kept of a code. A code is random and soon void: it needs no salt."""
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()


def _looks_grouped(text: str) -> bool:
    said = unicodedata.normalize("NFKC", text).strip().upper()
    kinds = any(c.isdigit() for c in said) and any(c.isalpha() for c in said)
    return kinds and bool(_GROUPED.fullmatch(said))


def _is_bare_code(text: str) -> bool:
    return (
        len(text) == LENGTH
        and set(text) <= set(SIGNS)
        and any(sign.isdigit() for sign in text)
        and any(sign.isalpha() for sign in text)
    )
