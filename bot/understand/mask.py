"""Takes out of people's words what must not be kept: ID numbers, passwords, phones, e-mails, codes.

What is masked is replaced by a name of its kind in angle quotes, so that a logged question can
still be understood; everything else stays as it was written.
"""

import re
from functools import lru_cache

from bot.model.invitation_code import MISREAD, SIGNS

ID, PASSWORD, ACCOUNT, PHONE, MAIL, CODE = (
    "〈身分證字號〉",
    "〈密碼〉",
    "〈帳號〉",
    "〈電話〉",
    "〈電子郵件〉",
    "〈邀請碼〉",
)

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    unseen: "-" for unseen in (*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD)
}
_GAP = r"[\s\-.,/_·、‐-―]{0,3}"
# A letter (or two, on older residence permits) and the digits of an ID, also at the end of a word:
# a default account is the school's name and the digits of the ID.
_ID = re.compile(rf"[A-Za-z]{_GAP}[1289A-Da-d]{_GAP}(?:\d{_GAP}){{7}}\d(?!\d)")
# Its digits alone, where they are said to be one.
_ID_SAID = re.compile(
    rf"(?P<label>(?:身[分份][證証](?:字號|號碼)?|居留證(?:號碼?)?)(?:後面?|末)?(?:是|為|[::])?\s{{0,3}})"
    rf"[A-Za-z]?(?:\d{_GAP}){{5,9}}\d(?!\d)"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}\s{0,3}@\s{0,3}"
    r"[A-Za-z0-9\-]{1,63}(?:\s?\.\s?[A-Za-z0-9\-]{1,63})+"
)
_SAID = r"\s{0,3}(?:是|為|叫|改成|設成|is|[::=])\s{0,3}"
_PASSWORD = re.compile(
    rf"(?P<label>(?:密\s?碼|密\s?码|帳\s?密|password|passwd|pwd)"
    rf"(?:{_SAID}|\s{{0,3}}(?=[!-~]*[\d!@#$%^&*]|[A-Za-z]{{6}})))[!-~]{{4,}}",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    rf"(?P<label>(?:帳號|账号|帐号|account)(?:{_SAID})?\s{{0,3}})[A-Za-z][\w.\-]{{3,40}}\d{{3,}}",
    re.IGNORECASE,
)
_MOBILE = re.compile(rf"(?<!\d)0{_GAP}9(?:{_GAP}\d){{8}}(?!\d)|零九[零〇一二三四五六七八九]{{8}}")
_APART = r"[\s\-._()·‐-―]{0,3}"  # no slash: days are written with it
_PHONE = re.compile(
    rf"(?<![\d.])(?:\(?0\d{{1,2}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}"
    rf"|\+886{_GAP}\d{{1,3}}{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}"
    rf"|\+{_GAP}8{_GAP}8{_GAP}6(?:{_APART}\d){{8,9}}|\(?0(?:{_APART}\d){{8,9}})(?!\d)"
)
# An invitation code: what is said to be one, and what has its shape, in groups or in one piece.
_CODE_SAID = re.compile(
    rf"(?P<label>邀[請请][碼码](?:{_SAID}|\s{{0,3}}))"
    rf"(?=[\d\s\-]{{0,20}}[A-Za-z])(?=[A-Za-z\s\-]{{0,20}}\d)(?:[A-Za-z0-9]{_GAP}){{5,15}}[A-Za-z0-9]"
)
_FOUR = rf"[{SIGNS}{MISREAD}]{{4}}"
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?=[\d\s\-]{{0,20}}[A-Za-z])(?=[A-Za-z\s\-]{{0,20}}\d)"
    rf"{_FOUR}{_GAP}{_FOUR}{_GAP}{_FOUR}(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_KINDS = (
    (_PASSWORD, PASSWORD),
    (_ACCOUNT, ACCOUNT),
    (_ID, ID),
    (_ID_SAID, ID),
    (_CODE_SAID, CODE),
    (_CODE, CODE),
    (_MAIL, MAIL),
    (_MOBILE, PHONE),
    (_PHONE, PHONE),
)


_MASKED = re.compile(
    r"(?:(?:我|他|她)(?:們)?的?)?(?:身[分份][證証](?:字號|號碼)?|居留證(?:號碼?)?|密碼|帳號|帳密|電話|手機|信箱"
    r"|e-?mail|邀請碼)?\s*(?:是|為|[::=])?\s*"
    rf"(?:{'|'.join((ID, PASSWORD, ACCOUNT, PHONE, MAIL, CODE))})",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_048)  # the words of a message are asked for by one handler after the other
def mask(text: str) -> str:
    """`text` without the ID numbers, passwords, accounts, phones, e-mails and codes in it."""
    shadow = text.translate(_NARROW)  # of the same length, so that places are the same in both
    for pattern, kind in _KINDS:
        for found in reversed(list(pattern.finditer(shadow))):
            start = found.end("label") if "label" in pattern.groupindex else found.start()
            text = text[:start] + kind + text[found.end() :]
            shadow = shadow[:start] + kind + shadow[found.end() :]
    return text


def holds_secret(masked: str) -> bool:
    """Whether something that nobody should send to a chat was masked in it."""
    return any(kind in masked for kind in (ID, PASSWORD))


def without_masks(masked: str) -> str:
    """The masked text with the names of what was masked taken out too, and what led to them."""
    return _MASKED.sub(" ", masked)
