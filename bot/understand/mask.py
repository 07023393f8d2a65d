"""Takes out of people's words what must not be kept: ID numbers, passwords, phones, e-mails.

What is masked is replaced by a name of its kind in angle quotes, so that a logged question can
still be understood.
"""

import re

_GAP = r"[\s\-.‐-―_]*"
_LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"
_ID = re.compile(
    rf"(?<![A-Za-z]){_LETTER}{_GAP}[1289１２８９]{_GAP}(?:[0-9０-９]{_GAP}){{7}}[0-9０-９](?!\d)"
)
_MAIL = re.compile(r"[\w.+\-]+\s*[@＠]\s*[\w\-]+(?:\s*[.．]\s*[\w\-]+)+")
_PASSWORD = re.compile(
    r"(?P<label>(?:密碼|密码|password|passwd|pwd)\s*(?:是|為|为|叫|改成|設成)?\s*[:：=＝]?\s*)"
    r"(?P<secret>[!-~！-～]{4,})",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?P<label>(?:帳號|账号|帐号|account)\s*(?:是|為|为)?\s*[:：=＝]?\s*)(?P<secret>[A-Za-z][\w.\-]{4,}\d{4,})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d.])(?:[(（]?0\d{1,2}[)）]?"
    + _GAP
    + r"\d{3,4}"
    + _GAP
    + r"\d{3,4}|09\d{2}"
    + _GAP
    + r"\d{3}"
    + _GAP
    + r"\d{3}|\+886"
    + _GAP
    + r"\d{1,3}"
    + _GAP
    + r"\d{3,4}"
    + _GAP
    + r"\d{3,4})(?!\d)"
)

ID, PASSWORD, ACCOUNT, PHONE, MAIL = (
    "〈身分證字號〉",
    "〈密碼〉",
    "〈帳號〉",
    "〈電話〉",
    "〈電子郵件〉",
)


def mask(text: str) -> str:
    """`text` without the ID numbers, passwords, accounts, phones and e-mails in it."""
    text = _PASSWORD.sub(lambda m: m["label"] + PASSWORD, text)
    text = _ACCOUNT.sub(lambda m: m["label"] + ACCOUNT, text)
    text = _ID.sub(ID, text)
    text = _MAIL.sub(MAIL, text)
    return _PHONE.sub(PHONE, text)


def holds_secret(masked: str) -> bool:
    """Whether something that nobody should send to a chat was masked in it."""
    return any(kind in masked for kind in (ID, PASSWORD))


def without_masks(masked: str) -> str:
    """The masked text with the names of what was masked taken out too."""
    for kind in (ID, PASSWORD, ACCOUNT, PHONE, MAIL):
        masked = masked.replace(kind, " ")
    return masked
