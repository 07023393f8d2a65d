"""Whoever writes, with what they follow; and the small answers that all of progress needs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot import ledger
from bot.handlers.desk import Desk, Handled
from bot.handlers.not_said import whom_to_ask
from bot.handlers.progress.orders import Order, button
from bot.handlers.reminded import refresh_own
from bot.messages import Answer, Button, Card, Incoming, Outcome, Text, Tone
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.talk import Talk
from bot.rules.progress import TrackStanding

CHOICE = "choice:"  # what the talk expects: one of these, pressed or typed
LABEL = "label:"  # what the talk expects: whose it is, for this order
Choice = tuple[str, str]  # what it is called, and what its button brings back
MY_PROGRESS = "我的進度"
IN_GROUP = "進度是您個人的紀錄，請到和我的一對一聊天室再傳一次，這裡不顯示。"
NOT_THERE = f"這個按鈕是較早的內容，現在已經用不了。請輸入「{MY_PROGRESS}」看目前的進度。"


@dataclass(slots=True)
class Own:
    """The writer of one event; what they follow is read when it is first needed."""

    incoming: Incoming
    desk: Desk
    _standings: list[TrackStanding] | None = field(default=None, init=False)

    @property
    def user_id(self) -> str:
        """The writer's id."""
        return self.incoming.user_id or ""

    @property
    def standings(self) -> list[TrackStanding]:
        """How far each followed track has come."""
        if self._standings is None:
            accounts = ledger.accounts_of(self.desk.db, self.incoming.channel_id, self.user_id)
            self._standings = ledger.standings_of(accounts, self.desk.reader.edition)
        return self._standings

    def changed(self) -> None:
        """Call it after something was written: reminders follow, and what was read is stale."""
        refresh_own(self.incoming, self.desk)
        self._standings = None

    def standing_of(self, order: Order) -> TrackStanding | None:
        """The followed track that an order means; None where it is not followed."""
        return next(
            (
                s
                for s in self.standings
                if s.edition.key == order.edition
                and s.track.id == order.track
                and (s.account.enrolment.label == order.label)
            ),
            None,
        )

    def by_id(self, enrolment_id: str) -> TrackStanding | None:
        """The followed track of this enrolment."""
        return next((s for s in self.standings if s.account.enrolment.id == enrolment_id), None)

    def tracks(self) -> list[tuple[Edition, Track]]:
        """Every track that can be followed, of the editions in force."""
        reader = self.desk.reader
        editions = [reader.edition_at(p, self.incoming.at) for p in reader.plans]
        return [(e, t) for e in editions for t in e.tracks if t.subject]

    def said(self, answer: Answer, expects: str = "", noted: str | None = None) -> Handled:
        """The answer; what the talk expects is over unless it is said anew."""
        talk = self.desk.talk.as_of(self.incoming.at)
        noted = talk.noted if noted is None else noted
        changed = replace(talk, at=self.incoming.at, expects=expects, noted=noted)
        return Handled(answer=answer, talk=changed)

    def turned_to(self, handled: Handled, edition: Edition) -> Handled:
        """The same, with the talk about this edition's plan from here on."""
        talk = handled.talk
        if talk.plan == edition.plan:
            return handled
        begun = Talk(at=talk.at, plan=edition.plan, edition=edition.edition)
        kept = replace(begun, facts=talk.facts, recent=talk.recent, expects=talk.expects)
        return replace(handled, talk=replace(kept, noted=talk.noted))

    def text(self, words: str, *quick: Button) -> Handled:
        """A plain sentence."""
        return self.said(Answer((Text(words),), quick=quick, outcome=Outcome.CHAT))

    def ask(self, title: str, lead: str, choice: Sequence[Choice], *facts: str) -> Handled:
        """A question with answers to tap; typed, its words or its number do the same."""
        card = Card(title=title, lead=lead, facts=facts, tone=Tone.ASK)
        expects = CHOICE + json.dumps(choice, ensure_ascii=False)
        quick = tuple(button(label, data) for label, data in choice)
        return self.said(Answer((card,), quick=quick, outcome=Outcome.CHAT), expects=expects)


def order_of(found: TrackStanding) -> Order:
    """An order for nothing yet, on a track that is followed."""
    return Order(found.edition.key, found.track.id, found.account.enrolment.label)


def office_of(edition: Edition) -> str:
    """Whom to ask, without the plea."""
    return "；".join(whom_to_ask(edition)).removeprefix("請洽").lstrip("：").rstrip("。")


def show_button() -> Button:
    """The button to one's progress."""
    return Button(MY_PROGRESS, say=MY_PROGRESS)
