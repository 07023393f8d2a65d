"""What a person does on their phone: each thing becomes a bubble, an event, and a webhook call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.simulator.events import Event, Spot, event, mention_of, message
from bot.simulator.journal import Entry, Happened
from bot.simulator.pictures import PIXEL
from bot.simulator.platform import Platform
from bot.simulator.webhook import Posted, Webhook

UNHEARD = Posted(200, 0.0)  # said in a group without the bot: LINE tells it nothing


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the event that was sent, and how the bot's webhook took it."""

    event: Event
    posted: Posted

    @property
    def reply_token(self) -> str:
        """The token that answers the event; empty where there is none to answer."""
        return str(self.event.get("replyToken", ""))


class Phone:
    """The phones of everyone on one platform, all talking to one bot."""

    def __init__(self, platform: Platform, webhook_url: str) -> None:
        self.platform = platform
        account = platform.account
        self.webhook = Webhook(webhook_url, account.secret, account.user_id)

    def spot(self, user_id: str, chat_id: str = "", at: datetime | None = None) -> Spot:
        """This person in their own chat (or a group), now on the simulator's clock (or then)."""
        return Spot(user_id, chat_id or user_id, at or self.platform.daytime.now())

    def say(self, spot: Spot, text: str, *, mention: bool = False) -> Done:
        """Sends a text; in a group with `mention` it begins with the bot's name."""
        words: dict[str, Any] = {"text": text}
        if mention and spot.in_group:
            account = self.platform.account
            words = mention_of(account.user_id, account.name, text)
        return self._send(spot, message("text", **words))

    def send(self, spot: Spot, kind: str) -> Done:
        """Sends a sticker, a picture, a file or a place."""
        made = message(kind, **_SAMPLES[kind])
        if kind in ("image", "file"):
            self.platform.lookups.contents[made["id"]] = PIXEL
        return self._send(spot, made)

    def press(
        self, spot: Spot, data: str, shows: str = "", params: Mapping[str, str] | None = None
    ) -> Done:
        """Presses a button; `shows` is what LINE writes into the chat for it."""
        if shows:
            self._bubble(spot, {"type": "text", "text": shows})
        postback = {"data": data} | ({"params": dict(params)} if params else {})
        return self._post(spot, "postback", postback=postback)

    def turn(self, spot: Spot, alias: str, data: str) -> Done:
        """Turns the menu under the chat; the bot is only told of it."""
        status = self.platform.menus.turn(spot.user_id, alias)
        params = {"newRichMenuAliasId": alias, "status": status}
        return self._post(spot, "postback", postback={"data": data, "params": params})

    def follow(self, spot: Spot) -> Done:
        """Adds the account as a friend, or lifts a block."""
        person = self.platform.chats.people[spot.user_id]
        was_blocked, person.friend, person.blocked = person.blocked, True, False
        self._note(spot, "已解除封鎖" if was_blocked else "已加入好友")
        return self._post(spot, "follow", follow={"isUnblocked": was_blocked})

    def unfollow(self, spot: Spot) -> Done:
        """Blocks the account; nothing of its own arrives any more."""
        self.platform.chats.people[spot.user_id].blocked = True
        self._note(spot, "已封鎖這個帳號")
        return self._post(spot, "unfollow", answerable=False)

    def invite(self, spot: Spot) -> Done:
        """Brings the bot into the group."""
        self.platform.chats.groups[spot.chat_id].joined = True
        self._note(spot, f"{self.platform.account.name}已加入群組")
        return self._post(spot, "join")

    def remove(self, spot: Spot) -> Done:
        """Takes the bot out of the group."""
        self._note(spot, f"{self.platform.account.name}已退出群組")
        done = self._post(spot, "leave", answerable=False)
        self.platform.chats.groups[spot.chat_id].joined = False
        return done

    def redeliver(self, entry: Entry) -> Posted:
        """Sends the events of an earlier webhook call again, as LINE does after a failure."""
        again = []
        for earlier in entry.body["body"]["events"]:
            again.append({**earlier, "deliveryContext": {"isRedelivery": True}})
            if "replyToken" in earlier:
                self.platform.tokens.renew(earlier["replyToken"])
        return self._deliver(entry.chat_id, again)

    def test(self) -> dict[str, object]:
        """What LINE's own webhook test says: a call without events, which must get 200."""
        posted = self._deliver("", [])
        reason = "OK" if posted.status == 200 else "ERROR_STATUS_CODE"
        return {
            "success": posted.status == 200,
            "timestamp": self.platform.daytime.now().isoformat(timespec="milliseconds"),
            "statusCode": posted.status,
            "reason": reason if posted.status else "COULD_NOT_CONNECT",
            "detail": posted.error or str(posted.status),
        }

    def _send(self, spot: Spot, made: dict[str, Any]) -> Done:
        self._bubble(spot, made)
        person = self.platform.chats.people[spot.user_id]
        if not spot.in_group:
            person.wrote_at = spot.at
        return self._post(spot, "message", message=made)

    def _post(self, spot: Spot, kind: str, *, answerable: bool = True, **own: Any) -> Done:
        token = self.platform.tokens.issue(spot.chat_id) if answerable else None
        made = event(spot, kind, token, **own)
        if spot.in_group and not self.platform.chats.groups[spot.chat_id].joined:
            return Done(made, UNHEARD)
        return Done(made, self._deliver(spot.chat_id, [made]))

    def _deliver(self, chat_id: str, events: list[Event]) -> Posted:
        journal, daytime = self.platform.journal, self.platform.daytime
        body = self.webhook.body(events)
        sent = {"url": self.webhook.url, "body": body}
        entry = journal.put(Happened.WEBHOOK, daytime.now(), chat_id, sent)
        posted = self.webhook.post(body)
        taken = {
            "webhook": entry.number,
            "status": posted.status,
            "ms": round(posted.took_s * 1000, 1),
            "late": posted.late,
            "error": posted.error,
        }
        journal.put(Happened.TAKEN, daytime.now(), chat_id, taken)
        return posted

    def _bubble(self, spot: Spot, made: Mapping[str, Any]) -> None:
        body = {"from": spot.user_id, "how": "", "message": made}
        self.platform.journal.put(Happened.BUBBLE, spot.at, spot.chat_id, body)

    def _note(self, spot: Spot, text: str) -> None:
        self.platform.journal.put(Happened.NOTE, spot.at, spot.chat_id, {"text": text})


_SAMPLES: dict[str, dict[str, Any]] = {
    "sticker": {
        "packageId": "446",
        "stickerId": "1988",
        "stickerResourceType": "STATIC",
        "keywords": ["謝謝", "感謝"],
    },
    "image": {"contentProvider": {"type": "line"}},
    "file": {"fileName": "研習紀錄.pdf", "fileSize": len(PIXEL)},
    "location": {
        "title": "臺北市政府",
        "address": "臺北市信義區市府路1號",
        "latitude": 25.0375,
        "longitude": 121.5637,
    },
}
