"""Webhook bodies with something wrong in them: what a good one becomes by a seed."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import islice
from random import Random
from typing import Any

from benchmarks.fuzz.events import Events
from benchmarks.fuzz.strange import TEXTS, Raw, nest, salad, strange, written

GOOD = 0.1  # of all bodies stay as they are: the neighbours that must not suffer
_ENCODINGS = ("utf-16", "utf-32", "utf-8-sig", "utf-16-le", "big5", "cp1252")
_JUNK = (b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\0", b"\xf8\x88\x80\x80\x80", b"}", b'"')


def bodies(events: Events) -> Iterator[bytes]:
    """Bodies without end; the same ones for the same seed and plans."""
    while True:
        yield body(events)


def body(events: Events) -> bytes:
    """One body: of one event or a few, mostly with one thing or several wrong."""
    draw = events.draw
    held = [events.one() for _ in range(draw.choice((1, 1, 1, 1, 2, 5)))]
    whole: Any = {"destination": "U" + "0" * 32, "events": held}
    if draw.random() < GOOD:
        return json.dumps(whole).encode()
    for _ in range(draw.choice((1, 1, 2, 4))):
        whole = draw.choice(_CHANGES)(whole, events)
    return _as_bytes(whole, draw)


def _as_bytes(whole: Any, draw: Random) -> bytes:
    text = written(whole)
    if draw.random() < 0.03:
        text = text.replace('"type"', f'"type":{written(strange(draw))},"type"', 3)  # keys twice
    if draw.random() < 0.03:
        return text.encode(draw.choice(_ENCODINGS), errors="replace")
    raw = text.encode("utf-8", "surrogatepass")
    if draw.random() < 0.04:
        place = draw.randrange(len(raw) + 1)
        raw = raw[:place] + draw.choice(_JUNK) + raw[place:]
    if draw.random() < 0.02:
        raw = raw[: draw.randrange(len(raw) + 1)]
    return raw


def _other_value(whole: Any, events: Events) -> Any:
    """Any value anywhere becomes another one."""
    places = list(_places(whole))
    if not places:
        return whole
    holder, key = events.draw.choice(places)
    holder[key] = strange(events.draw)
    return whole


def _no_key(whole: Any, events: Events) -> Any:
    places = list(_places(whole))
    if places:
        holder, key = events.draw.choice(places)
        del holder[key]
    return whole


def _more_keys(whole: Any, events: Events) -> Any:
    held = [one for one in _all_in(whole) if isinstance(one, dict)]
    if held:
        name = events.draw.choice(("future", "", "__class__", "\0", "text", "data", "source"))
        events.draw.choice(held)[name] = strange(events.draw)
    return whole


def _other_text(whole: Any, events: Events) -> Any:
    """A message says something else: words of the plans, or what no keyboard writes."""
    draw = events.draw
    for one in _some_with(whole, "text"):
        is_salad = draw.random() < 0.7
        one["text"] = salad(draw, events.words) if is_salad else draw.choice(TEXTS[:-1])
    return whole


def _other_data(whole: Any, events: Events) -> Any:
    """A button's data with a piece missing, doubled or strange."""
    draw = events.draw
    for one in _some_with(whole, "data"):
        data = one["data"]
        place = draw.randrange(len(data) + 1)
        piece = draw.choice(("", data, *TEXTS[:12], "\u200b", "=", ":", "/", "#"))
        one["data"] = data[:place] + piece + data[place + draw.randrange(4) :]
    return whole


def _many(whole: Any, events: Events) -> Any:
    """An event many times, as itself or each as a new one; seldom more than one call may bring."""
    held = whole.get("events") if isinstance(whole, dict) else None
    if not isinstance(held, list) or not held:
        return whole
    count = events.draw.choice((2, 2, 3, 3, 5, 5, 20, 20, 100, 501, 2_000))
    is_new = events.draw.random() < 0.3
    for number in range(count):
        made = deepcopy(held[0])
        if is_new and isinstance(made, dict):
            made["webhookEventId"] = f"{events.draw.getrandbits(64):x}-{number}"
        held.append(made)
    return whole


def _deep(whole: Any, events: Events) -> Any:
    return events.draw.choice((nest(events.draw), [whole], {"events": whole}, Raw(written(whole))))


def _other_whole(whole: Any, events: Events) -> Any:
    return strange(events.draw)


_Change = Callable[[Any, Events], Any]
_CHANGES: tuple[_Change, ...] = (
    *(_other_value,) * 6, *(_other_text,) * 6, *(_other_data,) * 4, *(_no_key,) * 3,
    *(_more_keys,) * 2, _many, _deep, _other_whole,
)  # fmt: skip


def _all_in(value: Any) -> Iterator[Any]:
    yield value
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for one in inside:
            yield from _all_in(one)


def _some_with(whole: Any, key: str) -> list[dict[str, Any]]:
    """The first few objects that have a text by this key."""
    found = (one for one in _all_in(whole) if isinstance(one, dict))
    return list(islice((one for one in found if isinstance(one.get(key), str)), 4))


def _places(whole: Any) -> Iterator[tuple[Any, Any]]:
    """Everything that could be another: its holder, and by which key or number."""
    for one in _all_in(whole):
        keys = one if isinstance(one, dict) else range(len(one) if isinstance(one, list) else 0)
        yield from ((one, key) for key in keys)
