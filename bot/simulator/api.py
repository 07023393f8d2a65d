"""What the page may ask of the simulator: what happened, and to do something. No Flask here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.clock import TAIPEI
from bot.simulator.events import Spot
from bot.simulator.faults import Fault
from bot.simulator.journal import Happened
from bot.simulator.people import Persona
from bot.simulator.phone import Phone
from bot.simulator.platform import Platform
from bot.simulator.wire import MONTHLY_LIMIT

WAIT_S = 5.0
FAULTS = {
    "500": Fault(status=500),
    "rate": Fault(status=429),
    "limit": Fault(status=429, message=MONTHLY_LIMIT),
    "slow": Fault(delay_s=3.0),
}

Plain = Mapping[str, Any]
Day = tuple[str, datetime]


class Unfit(Exception):
    """The page asked for something that cannot be done; the message is for its reader."""


class Api:
    """One platform and its phones, as the page drives them."""

    def __init__(self, platform: Platform, phone: Phone, days: Sequence[Day]) -> None:
        self.platform = platform
        self.phone = phone
        self.days = days
        self.run = uuid4().hex  # after a restart numbers begin anew: the page must too
        self._deeds: dict[str, Callable[[Plain], None]] = {
            "say": self._say,
            "press": self._press,
            "send": self._send,
            "turn": self._turn,
            "follow": lambda asked: self._do(self.phone.follow, asked),
            "unfollow": lambda asked: self._do(self.phone.unfollow, asked),
            "invite": lambda asked: self._do(self.phone.invite, asked),
            "remove": lambda asked: self._do(self.phone.remove, asked),
            "clock": self._clock,
            "person": self._person,
            "redeliver": self._redeliver,
            "fault": self._fault,
            "quota": self._quota,
        }

    def feed(self, after: int, wait_s: float) -> dict[str, Any]:
        """Entries after this number (waiting a little for the first), and how things stand."""
        entries = self.platform.journal.since(after, min(max(wait_s, 0.0), WAIT_S))
        return {
            "run": self.run,
            "entries": [entry.to_plain() for entry in entries],
            "state": self.state(),
        }

    def state(self) -> dict[str, Any]:
        """Who and what there is, and what time it is."""
        platform, chats = self.platform, self.platform.chats
        return {
            "account": {"name": platform.account.name, "id": platform.account.user_id},
            "people": [
                {
                    "id": uid,
                    "name": person.persona.name,
                    "role": person.persona.role,
                    "friend": person.friend,
                    "blocked": person.blocked,
                    "menu": platform.menus.shown_to(uid),
                }
                for uid, person in chats.people.items()
            ],
            "groups": [
                {"id": g.group_id, "name": g.name, "joined": g.joined, "size": len(g.member_ids)}
                for g in chats.groups.values()
            ],
            "now": int(platform.daytime.now().timestamp() * 1000),
            "real": platform.daytime.is_real,
            "days": [{"label": label, "at": int(at.timestamp() * 1000)} for label, at in self.days],
            "pushed": platform.sending.used,
            "quota": platform.sending.quota,
        }

    def do(self, asked: Plain) -> None:
        """Does what the page asks; Unfit with a sentence for its reader where that cannot be."""
        deed = self._deeds.get(str(asked.get("what")))
        if deed is None:
            raise Unfit("模擬器沒有這項操作。")
        deed(asked)

    def _spot(self, asked: Plain) -> Spot:
        user_id, chat_id = str(asked.get("person")), str(asked.get("chat") or "")
        chats = self.platform.chats
        if user_id not in chats.people:
            raise Unfit("找不到這個人，請重新選擇身分。")
        if chat_id and chat_id != user_id and chat_id not in chats.groups:
            raise Unfit("找不到這個聊天室。")
        return self.phone.spot(user_id, chat_id)

    def _do(self, deed: Callable[[Spot], object], asked: Plain) -> None:
        deed(self._spot(asked))

    def _writable(self, asked: Plain) -> Spot:
        spot = self._spot(asked)
        if not spot.in_group and self.platform.chats.people[spot.user_id].blocked:
            raise Unfit("您已封鎖這個帳號，解除封鎖後才能傳訊息。")
        return spot

    def _say(self, asked: Plain) -> None:
        spot, text = self._writable(asked), str(asked.get("text") or "").strip()
        if not text:
            raise Unfit("請先輸入文字。")
        if len(text) > 5000:
            raise Unfit("一則訊息最多 5,000 字。")
        self.phone.say(spot, text, mention=bool(asked.get("mention")))

    def _press(self, asked: Plain) -> None:
        spot, data = self._writable(asked), asked.get("data")
        if not isinstance(data, str) or not data:
            raise Unfit("這個按鈕沒有內容。")
        params = asked.get("params")
        shows = str(asked.get("shows") or "")
        self.phone.press(spot, data, shows, params if isinstance(params, dict) else None)

    def _send(self, asked: Plain) -> None:
        spot, kind = self._writable(asked), str(asked.get("kind"))
        if kind not in ("sticker", "image", "file", "location"):
            raise Unfit("模擬器不能傳這種訊息。")
        self.phone.send(spot, kind)

    def _turn(self, asked: Plain) -> None:
        spot, alias = self._writable(asked), str(asked.get("alias") or "")
        self.phone.turn(spot, alias, str(asked.get("data") or ""))

    def _clock(self, asked: Plain) -> None:
        self.platform.daytime.set_to(_instant(asked.get("at")))
        now = self.platform.daytime.now()
        self.platform.journal.put(Happened.CLOCK, now, "", {"real": asked.get("at") is None})

    def _person(self, asked: Plain) -> None:
        name, role = str(asked.get("name") or "").strip(), str(asked.get("role") or "").strip()
        if not 0 < len(name) <= 20 or len(role) > 20:
            raise Unfit("請填姓名（20 字以內）；身分也請在 20 字以內。")
        self.platform.chats.add(Persona(name, role))

    def _redeliver(self, asked: Plain) -> None:
        number = asked.get("number")
        entry = self.platform.journal.find(number) if isinstance(number, int) else None
        if entry is None or entry.kind is not Happened.WEBHOOK:
            raise Unfit("這筆紀錄已經不在了，不能重送。")
        self.phone.redeliver(entry)

    def _fault(self, asked: Plain) -> None:
        fault = FAULTS.get(str(asked.get("kind")))
        self.platform.faults.clear()
        if fault:
            self.platform.faults.add(fault)

    def _quota(self, asked: Plain) -> None:
        most = asked.get("most")
        if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 0):
            raise Unfit("每月則數要填 0 以上的整數；不填就是不限。")
        self.platform.sending.quota = most


def _instant(written: object) -> datetime | None:
    """The instant that the page wrote, Taipei's unless it says otherwise; None: real time."""
    if written is None:
        return None
    try:
        if isinstance(written, int):
            return datetime.fromtimestamp(written / 1000, TAIPEI)
        instant = datetime.fromisoformat(str(written))
    except (ValueError, OverflowError, OSError):
        raise Unfit("日期或時間寫錯了，例如：2022-06-15T09:00。") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=TAIPEI)
