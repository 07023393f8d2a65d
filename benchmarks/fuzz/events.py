"""Good events of every kind, as LINE writes them, and every button that the bot knows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.answers.broadcast_lines import TOLD
from bot.handlers.announcing import ANNOUNCE
from bot.handlers.press import BY_NAME
from bot.handlers.staff_desk import ASIDE
from bot.simulator.events import Event, Spot, event, mention_of, message
from bot.understand.reader import Reader

PEOPLE = tuple(f"U{number:032x}" for number in range(40))
GROUPS = tuple(f"C{number:032x}" for number in range(4))
BOT_ID = "U" + "f" * 32
STEP = timedelta(seconds=2)  # between two events: so nobody writes too much in a minute
# What handlers take a button's data apart by.
_SIGNS = (
    "",
    "=",
    ":",
    "#",
    "/",
    "@",
    "|",
    ",",
    "-",
    "~",
    " ",
    "\0",
    "no",
    "\u200b",
    "１",
    "²",
    "٣",
)
MESSAGES = ("text", "sticker", "image", "audio", "video", "file", "location", "hologram")
OTHERS = (
    "follow", "unfollow", "join", "leave", "memberJoined", "memberLeft", "unsend", "beacon",
    "accountLink", "things", "module", "activated", "videoPlayComplete", "membership", "edit",
)  # fmt: skip


def words_of(reader: Reader) -> list[str]:
    """What the plans and the lexicon are asked by."""
    entries = [entry for edition in reader.library.editions for entry in edition.entries()]
    asked = {word for entry in entries for word in (entry.title, *entry.says)}
    said = {turn.say for e in reader.library.editions for x in e.examples for turn in x.turns}
    return sorted(
        asked | said | {"進度", "提醒我", "我的資料", "刪除我的資料", "資格", "/公告 全部"}
    )


@dataclass
class Events:
    """Makes good events one after another, a little later each time."""

    draw: Random
    reader: Reader
    at: datetime
    people: Sequence[str] = PEOPLE
    words: list[str] = field(init=False)
    keys: list[str] = field(init=False)
    _made: int = 0

    def __post_init__(self) -> None:
        self.words = words_of(self.reader)
        self.keys = [f"{key}" for key in self.reader.index.by_key]

    def one(self) -> Event:
        """An event of any kind, by any of the people, now and then in a group."""
        self._made += 1
        self.at += STEP
        user = self.people[self._made % len(self.people)]
        chat = self.draw.choice(GROUPS) if self.draw.random() < 0.1 else user
        spot = Spot(user, chat, self.at)
        kind = self.draw.randrange(10)
        if kind < 4:
            made = event(spot, "message", self._token(), message=self._message())
        elif kind < 8:
            made = event(spot, "postback", self._token(), postback={"data": self.data()})
        else:
            made = event(spot, self.draw.choice(OTHERS), self._token(), **self._own())
        if self.draw.random() < 0.03:
            made["mode"] = "standby"
        return made

    def data(self) -> str:
        """The data of a button: a name that is known, and what could stand behind it."""
        name = self.draw.choice([*BY_NAME, ANNOUNCE, ASIDE, TOLD, "entry", "nobody"])
        parts = self.draw.choices([*self._values(), *_SIGNS], k=self.draw.randrange(1, 6))
        return (name + "=" + self.draw.choice(("", *_SIGNS)).join(parts))[:300]

    def _values(self) -> list[str]:
        stamp = str(int(self.at.timestamp()))
        key = self.draw.choice(self.keys)
        plan = key.partition("/")[0]
        own = ["all", "yes", "no", "111", "0", "-1", "9" * 30, stamp, "1e9", "A", "school", "text"]
        return [*own, key, key, plan, key.partition("#")[0], key.partition("#")[2], "a" * 32]

    def _message(self) -> dict[str, Any]:
        kind = self.draw.choice(MESSAGES) if self.draw.random() < 0.3 else "text"
        if kind != "text":
            return message(kind)
        said = self.draw.choice(self.words)
        if self.draw.random() < 0.1:
            return message("text", **mention_of(BOT_ID, "師鐘", said))
        return message("text", text=said)

    def _own(self) -> dict[str, Any]:
        return {"unsend": {"messageId": "1"}, "joined": {"members": []}, "beacon": {"hwid": "d"}}

    def _token(self) -> str:
        return f"{self._made:032x}"
