"""Several people and the whole bot behind dispatch: what one does reaches another."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers import telling
from bot.messages import SILENCE, Answer, Button, Incoming, Kind
from bot.rounds import Rounds
from bot.store import people, referrals
from bot.store.people import Role
from bot.store.referrals import Passed
from bot.store.tables import Referral

PASS_ON = "轉給承辦人員"
NOTIFY = "有答覆時通知我"
UNKNOWN = "共讀工作坊會供餐嗎"
TEACHER, OTHER, CLERK = "U-teacher", "U-other", "U-clerk"
JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")


@dataclass
class Bot:
    """Each thing that happens takes a minute."""

    office: Office | Rounds
    at: datetime = JUNE
    numbers: Any = field(default_factory=count)

    def send(self, user: str, kind: Kind, **more: Any) -> Answer:
        """The answer to an event of this person's, one-to-one unless a chat is named."""
        self.at += timedelta(minutes=1)
        event_id = f"E{next(self.numbers)}"
        usual = {"chat_id": user, "message_id": f"M-{event_id}", "reply_token": "token"}
        incoming = Incoming(
            event_id=event_id,
            kind=kind,
            at=self.at,
            channel_id="default",
            user_id=user,
            **{**usual, **more},
        )
        owed = self.office.respond(incoming, self.at)
        return owed.answer if owed else SILENCE

    def ask(self, text: str, user: str = TEACHER, **more: Any) -> Answer:
        """The answer to words."""
        return self.send(user, Kind.TEXT, text=text, **more)

    def say(self, text: str, user: str = TEACHER, **more: Any) -> str:
        """The answer to words, as it is read."""
        return plain(self.ask(text, user, **more))

    def press(self, button: Button, user: str = TEACHER) -> Answer:
        """The answer to a pressed button."""
        return self.send(user, Kind.POSTBACK, data=button.data)

    def passed(self) -> list[Passed]:
        """Every question that was passed on."""
        with self.office.engine.connect() as db:
            ids = db.scalars(select(Referral.id).order_by(Referral.passed_on_at)).all()
            return [found for i in ids if (found := referrals.find(db, "default", i))]

    def pass_on(self, text: str, user: str = TEACHER) -> Passed:
        """A question that the bot cannot answer, passed on."""
        self.press(button(self.ask(text, user), PASS_ON), user)
        return self.passed()[-1]

    def answer(self, passed: Passed, text: str) -> None:
        """Staff answers."""
        self.at += timedelta(minutes=1)
        with self.office.engine.begin() as db:
            done = referrals.answer(db, passed, text, CLERK, self.at)
            assert done
            telling.announce(db, done, self.at)

    def role(self, user: str) -> Role:
        """The role of this person."""
        with self.office.engine.connect() as db:
            return people.role_of(db, "default", user)


def button(answer: Answer, label: str) -> Button:
    """The button of this label, under the answer or on one of its cards."""
    return next(b for b in buttons(answer) if b.label == label)


def buttons(answer: Answer) -> list[Button]:
    """Every button of an answer."""
    on_cards = [b for part in answer.parts for b in getattr(part, "buttons", ())]
    return [*answer.quick, *on_cards]


def labels(answer: Answer) -> list[str]:
    """What the answer's buttons are called."""
    return [b.label for b in buttons(answer)]
