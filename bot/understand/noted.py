"""What people write beside a deed: a reason, the number of an official letter; masked."""

import re

from bot.errors import Refused
from bot.understand.mask import mask

MOST_WHY = 500
MOST_NUMBER = 64
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}字第\d{4,14}[A-Z]?號")


def reason_of(why: str) -> str:
    """The reason, masked.

    Raises:
        Refused: there is none, or it is a novel.
    """
    reason = mask(why.strip())
    if not reason:
        raise Refused("請寫原因，沒有更動。學校會看到這句話，例如「第2頁缺校長核章」。")
    if len(reason) > MOST_WHY:
        raise Refused(f"原因最多{MOST_WHY}個字，沒有更動。請寫短一點。")
    return reason


def letter_number(number: str) -> str:
    """The number of an official letter as it is; anything else masked: it may be anybody's."""
    said = number.strip()
    kept = said if _NUMBER.fullmatch(said) else mask(said)
    if len(kept) > MOST_NUMBER:
        raise Refused("文號太長，沒有記下。請只寫發文字號，例如「北市中教字第1110001234號」。")
    return kept
