"""Patterns of cases: Python's regular expressions, and shorthands for days, numbers and hours.

    @date:7/31     that day: 7月31日, 7/31, 07/31, 2022-07-31
    @ym:108/2      that month of a ROC year: 108年2月, 2019/2
    @num:20000     that number, never as a part of a longer one: 20,000, 2萬, 兩萬
    @time:13:30    that time of day: 13:30, 下午1點半

Texts are folded before they are searched (`fold`).
"""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache

_NUMERALS = "零一二三四五六七八九十"
_CURE = "照 tests/cases/README.md 的寫法，例如 @date:7/31、@num:20000"
_LARGEST = 10**12


def fold(text: str) -> str:
    """Full-width digits, letters, colons and brackets as their narrow ones."""
    return unicodedata.normalize("NFKC", text)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression over folded text.

    Raises:
        ValueError: it is neither a regular expression nor one of the shorthands; says why.
    """
    head, colon, rest = pattern.partition(":")
    if colon and head.startswith("@"):
        if head not in _SHORTHANDS:
            raise ValueError(f"沒有「{head}」這個簡寫：可以寫 {'、'.join(_SHORTHANDS)}")
        pattern = _expanded(head, rest)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError, Warning) as err:
        raise ValueError(f"「{pattern[:40]}」不是看得懂的比對式（{err}）") from err


def is_found(pattern: str, text: str) -> bool:
    """Whether the pattern is found in this folded text."""
    return compiled(pattern).search(text) is not None


def _expanded(head: str, rest: str) -> str:
    try:
        return _SHORTHANDS[head](rest.strip())
    except ValueError as err:
        raise ValueError(f"看不懂「{head}:{rest}」：{_CURE}") from err


def _two(text: str, between: str) -> tuple[int, int]:
    if not re.fullmatch(rf"[0-9]{{1,4}}{between}[0-9]{{1,2}}", text):
        raise ValueError(text)
    first, second = text.split(between)
    return int(first), int(second)


def _date(text: str) -> str:
    month, day = _two(text, "/")
    return rf"(?<!\d)0?{month}\s*[月/.\-]\s*0?{day}(?!\d)"


def _month(text: str) -> str:
    year, month = _two(text, "/")
    return rf"(?<!\d)(?:{year}|{year + 1911})\s*(?:年度?|[/.\-])\s*0?{month}(?!\d)"


def _time(text: str) -> str:
    hour, minute = _two(text, ":")
    forms = [rf"(?<!\d)0?{hour}\s*[:點時]\s*{minute:02d}(?!\d)"]
    tails = {0: "(?:00|整)?", 30: "(?:30|半)"}
    tail = tails.get(minute, f"{minute:02d}")
    if minute == 0:
        forms.append(rf"(?<!\d)0?{hour}\s*[點時](?!\s*\d)")
    if (hour, minute) == (12, 0):
        forms.append("中午|正午")
    if hour > 12:
        forms.append(rf"(?:下午|晚上|PM)\s*0?{hour - 12}\s*[:點時]\s*{tail}(?!\d)")
    return _any(forms)


def _number(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,13}(\.[0-9]{1,6})?", text):
        raise ValueError(text)
    if "." in text:
        return rf"(?<![\d.,]){re.escape(text)}0*(?!\d)"
    number = int(text)
    if number > _LARGEST:
        raise ValueError(text)
    # Not within a longer number, a date or an hour: 14 is neither in 1,400 nor in 14:00 or 7/14.
    alone = r"(?<!\d)(?<!\d[.,:/])(?:{})(?!\d|[.,]\d|\s*[:/]\s*\d|\s*[年月]\s*\d)"
    return _any([alone.format("|".join(_written(number))), *_in_characters(number)])


def _written(number: int) -> Iterator[str]:
    """A number in digits, with 萬 and 千 where it is round."""
    yield rf"{number}(?!\s*[萬千億])"
    if number >= 1000:
        yield rf"{number:,}(?!\s*[萬千億])"
    for word, unit in (("萬", 10_000), ("千", 1000)):
        if number >= unit and number % (unit // 10) == 0 and number < 10_000 * unit:
            yield rf"{number / unit:g}\s*{word}(?!\s*[\d一二三四五六七八九])"
    if number > 10_000 and number % 10_000 and number % 1000 == 0:
        yield rf"{number // 10_000}\s*萬\s*{number % 10_000 // 1000}\s*千?(?!\d)"


def _in_characters(number: int) -> Iterator[str]:
    """A small or round number in characters; 第三, 三月 and a clause's （三） are not it."""
    forms = [_NUMERALS[number]] if 0 < number <= 10 else []
    forms += ["兩"] if number == 2 else []
    for form in forms:
        yield (rf"(?<![一二三四五六七八九十第(]){form}(?![一二三四五六七八九十百千萬、月日)])")
    for word, unit in (("萬", 10_000), ("千", 1000)):
        if number % unit == 0 and 0 < number // unit <= 10:
            heads = _NUMERALS[number // unit] + ("兩" if number // unit == 2 else "")
            yield rf"[{heads}]\s*{word}"


def _any(forms: list[str]) -> str:
    return f"(?:{'|'.join(forms)})"


_SHORTHANDS: Mapping[str, Callable[[str], str]] = {
    "@date": _date,
    "@ym": _month,
    "@num": _number,
    "@time": _time,
}
