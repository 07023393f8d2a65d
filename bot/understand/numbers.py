"""Numbers as people write them, turned into digits: 兩萬 → 20000, 第二梯次 → 第2梯次."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"兩": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二兩三四五六七八九十百千"
_MEASURES = (
    "門梯次場份張群組人位名班校所月日號年天小時節頁件項篇則分趴歲元塊級期堂個"
    "間支區部點條步筆台臺段週周種類%"
)
_VERY = r"(?!十分(?!鐘|之))"  # 十分重要 counts nothing
_COUNTED = re.compile(rf"(?<![{_CHINESE}哪這那某]){_VERY}([{_CHINESE}]+)(?=[{_MEASURES}](?!之))")
# A round number says by itself that it counts: 可以編八千嗎.
_ROUND = re.compile(
    rf"(?<![{_CHINESE}哪這那某幾數好上])([一二兩三四五六七八九]千[{_CHINESE}]*)(?!萬)"
)
_ORDINAL = re.compile(rf"(?<=第)([{_CHINESE}]+)")
_ATTACHED = re.compile(rf"(?<=附件)([{_CHINESE}]+)")
_DIGITS_RUN = r"(?<![\d.])\d{1,9}(?:\.\d{1,4})?"
_MONEY = re.compile(
    rf"({_DIGITS_RUN}|(?![十百千]萬)[{_CHINESE}]+)萬(?!萬)(\d{{1,4}}千?|[{_CHINESE}]+)?"
)
_THOUSANDS = re.compile(rf"({_DIGITS_RUN})千")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# 3個班 and 3班 are the same; 3個月 and 3月 are not.
_PIECES = re.compile(r"(?<=\d)個(?=班(?!級)|群|社群|組|小時|鐘頭)")
_MAY_COUNT = re.compile(f"[{_CHINESE}萬,個]")  # without one of these nothing is to be changed


def chinese_number(text: str) -> int:
    """The number that Chinese numerals up to 千 spell; digits one by one are read as written.

    >>> chinese_number("二十三"), chinese_number("兩百零五"), chinese_number("一一一")
    (23, 205, 111)
    """
    if len(text) > 1 and not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def to_digits(text: str) -> str:
    """`text` with its numbers in digits where they count or order something.

    >>> to_digits("第二梯次要選兩門，附件一和2萬元")
    '第2梯次要選2門，附件1和20000元'
    >>> to_digits("6/22兩門都上了")
    '6/22 2門都上了'
    >>> to_digits("三個班、3個月")
    '3班、3個月'
    """
    if not _MAY_COUNT.search(text):
        return text
    text = _COMMAS.sub("", text)
    text = _MONEY.sub(_ten_thousands, text)
    text = _THOUSANDS.sub(lambda m: str(round(float(m[1]) * 1000)), text)
    for pattern in (_ATTACHED, _ORDINAL, _COUNTED, _ROUND):
        text = pattern.sub(_in_digits, text)
    return _PIECES.sub("", text)


def _in_digits(found: re.Match[str]) -> str:
    """The number in digits, apart from a day that stands before it: 6/22兩門."""
    before = found.string[found.start() - 1 : found.start()]
    return f"{' ' if before.isdigit() else ''}{chinese_number(found[1])}"


def _ten_thousands(found: re.Match[str]) -> str:
    head, tail = found[1], found[2] or ""
    number = float(head) if head[0].isdigit() else chinese_number(head)
    return str(round(number * 10000) + _rest(tail))


def _rest(tail: str) -> int:
    """What stands after 萬: a lone digit counts thousands (3萬5), else it is read as it is."""
    if not tail:
        return 0
    if tail.endswith("千") and tail[0].isdigit():
        return int(tail[:-1]) * 1000
    number = int(tail) if tail.isdigit() else chinese_number(tail)
    return number * 1000 if len(tail) == 1 and number < 10 else number
