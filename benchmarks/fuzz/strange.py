"""Values that nobody expects: of every type, size and script."""

import json
from random import Random
from typing import Any

LONG = 10_000
_BIDI = "\u202e\u2066\u200f\u061c"
_INVISIBLE = "\u200b\u200d\ufeff\u2060\u00ad"
TEXTS = (
    "",
    " ",
    "\0",
    "\0" * 300,
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "報名\ud83d截止",
    "\r\n\r\n",
    "\x1b[31m\x07\x7f",
    _BIDI + "什麼時候報名" + _BIDI,
    _INVISIBLE.join("什麼時候報名"),
    _INVISIBLE * 500,
    "👩‍👩‍👧‍👦" * 10_000,
    "Z̷̧̛̰̈" * 2_000,
    "﷽" * 3_000,
    "ｱ" * LONG,
    "(" * LONG,
    "「" * LONG,
    "，" * LONG,
    "？" * LONG,
    "1" * LONG,
    "7/8" * 3_000,
    "第" * LONG,
    "第一二三四五六七八九十百千萬" * 700,
    "A123456789 " * 900,
    "0912-345-678" * 800,
    "a@b.tw " * 1_400,
    "https://" * 1_200,
    "我們學校的" * 2_000,
    "酷課師" * 3_000,
    "什麼時候報名？" * 1_400,
    "還有另外順便" * 1_600,
    "國小" * 5_000,
    "=cmd|'/c calc'!A0",
    "'; DROP TABLE person; --",
    "%s%s%n{0}{}{{",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\\u0000",
    "null",
    "x" * 1_000_000,
)
NUMBERS = (
    "0", "-0", "-1", "0.5", "1e30", "-1e308", "1e999", "NaN", "Infinity", "-Infinity",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "253402300800000", "-62135596800001", "9" * 400, "9" * 5000, "1e-400",
)  # fmt: skip
DEPTHS = (1, 2, 10, 100, 990, 1_001, 10_000, 100_000)


class Raw(str):
    """JSON as it is to stand in the body: what no value of Python is written as."""


def strange(draw: Random) -> Any:
    """Any one of them: a text, a number, a nest, a truth value, nothing."""
    kind = draw.randrange(10)
    if kind < 4:
        return draw.choice(TEXTS[:-1]) if draw.random() < 0.995 else TEXTS[-1]
    if kind < 7:
        return Raw(draw.choice(NUMBERS))
    if kind == 7:
        return nest(draw)
    return draw.choice((None, True, False, [], {}, [None], {"": ""}, [[]], [{}], {"type": None}))


def nest(draw: Random) -> Raw:
    """Lists or objects in one another, mostly a few, sometimes very many."""
    depth = draw.choice(DEPTHS[: 4 if draw.random() < 0.8 else None])
    if draw.random() < 0.5:
        return Raw("[" * depth + "]" * depth)
    return Raw('{"a":' * depth + "1" + "}" * depth)


def salad(draw: Random, words: list[str]) -> str:
    """Words of the plans in any order, with strange ones between them."""
    picked = draw.choices(words, k=draw.randrange(1, 40))
    if draw.random() < 0.4:
        picked.insert(draw.randrange(len(picked)), draw.choice(TEXTS[:10]))
    return draw.choice(("", " ", "，", "\n", "？", "\u200b")).join(picked)


def written(value: Any) -> str:
    """The value as JSON, `Raw` as it is; nothing is escaped but what must be."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value)
