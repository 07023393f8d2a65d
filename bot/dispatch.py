"""One event → one answer, in one transaction. What is owed after it, others send.

The handler's effects, what the chat is about, the logged question and the answer itself are
committed together with the event's own id, or not at all: an event that comes again finds itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError, TimeoutError

from bot.counting.meter import Meter
from bot.errors import AskAgain
from bot.handlers import telling
from bot.handlers.desk import Desk, Handled
from bot.handlers.mailing import with_dead_address
from bot.handlers.progress.changes import with_changes
from bot.links import Links
from bot.messages import Answer, Incoming, Kind, Outcome, Text
from bot.model.invitation_code import find_code
from bot.model.talk import Talk
from bot.readers import PlansOf, Readers
from bot.store import at_hand as at_hands
from bot.store import (
    bursts,
    events,
    interviews,
    left_behind,
    outbox,
    people,
    questions,
    referrals,
    talks,
)
from bot.store.bursts import Pace
from bot.store.events import Owed
from bot.store.passing import is_passing
from bot.understand.mask import mask
from bot.understand.reader import Reader

log = logging.getLogger(__name__)

SORRY = (
    "抱歉，我這邊出了點問題，沒能回答您這一題。"
    "您的問題已記下，請稍後再試一次，或直接洽計畫承辦單位。"
)
TOO_FAST = "訊息來得太快，我來不及一一回答。請停一分鐘再問我；這之間的訊息我不會回覆。"
# Greetings and silence are no questions; what failed is kept apart, because we say that it is.
LOGGED = (Outcome.ANSWERED, Outcome.ASKED, Outcome.UNKNOWN)

QUIET = (Kind.OTHER, Kind.UNFOLLOW, Kind.UNSEND)

Handle = Callable[[Incoming, Desk], Handled]


@dataclass(frozen=True, slots=True)
class Office:
    """Where events are answered: the database, the plans, and who handles them."""

    engine: Engine
    handle: Handle
    reader: Reader  # of all plans; each channel has its own of them, and its staff add to it
    links: Links | None = None  # None: there are no pages
    mails: bool = False  # whether mail can be sent
    meter: Meter = field(default_factory=Meter)
    plans_of: PlansOf | None = None  # by channel; None: all of them, for every channel
    readers: Readers = field(init=False)

    def __post_init__(self) -> None:
        plans_of = self.plans_of or (lambda _channel_id: self.reader)
        object.__setattr__(self, "readers", Readers(plans_of))

    def respond(
        self, incoming: Incoming, received_at: datetime, counted: int | None = None
    ) -> Owed | None:
        """Handle one event, and give what must now be sent; None where nothing is to be said.

        An event that was handled before changes nothing; its answer is given once more only if it
        never went out. A handler that breaks is rolled back, and its person told.

        Args:
            received_at: aware, of the real clock: the reply token lives from then on.
            counted: how much its writer wrote within a minute, where this one was counted already.

        Raises:
            SQLAlchemyError: the database was away or held up, or a message could not be forgotten
                that its writer took back; the event may come again.
        """
        if not is_for_us(incoming):
            return None
        try:
            return self._in_a_transaction(incoming, received_at, counted)
        except SQLAlchemyError as err:
            if incoming.kind is Kind.UNSEND or is_passing(err):
                raise  # what was to be forgotten is still there, or all may go well next time
            return self._broke(incoming, received_at, err, counted)
        except AskAgain as err:
            asked = Answer((Text(err.say),), outcome=Outcome.ASKED)
            return self._respond_with(incoming, received_at, asked, counted)
        except Exception as err:  # noqa: BLE001  the top of one event: its neighbours go on
            return self._broke(incoming, received_at, err, counted)

    def _in_a_transaction(
        self, incoming: Incoming, received_at: datetime, counted: int | None
    ) -> Owed | None:
        """Twice where a lock or the connection failed; not where none was free for so long."""
        try:
            with self.engine.begin() as db:
                return self._respond(db, incoming, received_at, counted)
        except SQLAlchemyError as err:
            if not is_passing(err) or isinstance(err, TimeoutError):
                raise
            kind = type(getattr(err, "orig", err)).__name__
            log.warning("event %s once more: %s", incoming.event_id, kind)
        with self.engine.begin() as db:
            return self._respond(db, incoming, received_at, counted)

    def _respond(
        self, db: Connection, incoming: Incoming, received_at: datetime, counted: int | None
    ) -> Owed | None:
        if not events.put_first_seen(db, incoming, received_at):
            return _again(db, incoming, received_at)
        count = _note_person(db, incoming, counted)
        if incoming.kind is Kind.UNSEND:
            _take_back(db, incoming)
        if not wants_answer(incoming):
            return None
        desk, count = self._desk(db, incoming, count)
        if (pace := bursts.pace_of(count)) is not Pace.FINE:
            return _too_fast(db, incoming, pace, received_at)
        handled = self.handle(incoming, desk)
        if handled.talk != desk.talk:
            talks.put(db, incoming.channel_id, incoming.chat_id, handled.talk, incoming.at)
        interviews.put(db, incoming.channel_id, incoming.user_id or "", *handled.told)
        answer = self._with_what_waited(db, incoming, desk.reader, handled.answer)
        return _keep(db, incoming, answer, received_at)

    def _desk(self, db: Connection, incoming: Incoming, count: int) -> tuple[Desk, int]:
        """What the handler is handed, and how much came from this chat within a minute.

        Of one person that is known already, and their row is locked; a group's members may write
        at once.
        """
        channel_id, chat_id = incoming.channel_id, incoming.chat_id
        at_hand = at_hands.look(db, channel_id, chat_id, incoming.user_id)
        talk = at_hand.talk
        if incoming.in_group:
            talk, count = talks.find_in_group(db, channel_id, chat_id, incoming.at)
        changed_at = at_hand.staff_changed_at
        reader = self.readers.reader_as_of(db, channel_id, incoming.at, changed_at)
        desk = Desk(
            db=db,
            reader=reader,
            talk=talk or Talk(),
            links=self.links,
            mails=self.mails,
            at_hand=at_hand,
        )
        return desk, count

    def _with_what_waited(
        self, db: Connection, incoming: Incoming, reader: Reader, answer: Answer
    ) -> Answer:
        """The answer, with what else its reader is to be told; nothing of it in a group."""
        if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
            return answer
        who = (incoming.channel_id, incoming.user_id)
        waits = at_hands.is_anything_untold(db, *who, reader.library.version)
        if waits:
            answer = with_changes(db, incoming, reader, answer)
            answer = telling.with_untold(db, incoming, answer)
        if self.mails:
            answer = with_dead_address(db, incoming, answer)
        return telling.with_reminders(db, incoming, answer) if waits else answer

    def _respond_with(
        self, incoming: Incoming, received_at: datetime, answer: Answer, counted: int | None
    ) -> Owed | None:
        """Answer without the handler's effects, which were rolled back."""
        with self.engine.begin() as db:
            if not events.put_first_seen(db, incoming, received_at):
                return _again(db, incoming, received_at)
            _note_person(db, incoming, counted)
            return _keep(db, incoming, answer, received_at)

    def _broke(
        self, incoming: Incoming, received_at: datetime, err: Exception, counted: int | None
    ) -> Owed | None:
        # The traceback, not the message of the error: that may hold what the person wrote.
        where = "".join(_places(err))
        log.error("event %s broke: %s%s", incoming.event_id, type(err).__name__, where)
        self.meter.error("handler", type(err).__name__)
        return self._apologise(incoming, received_at, type(err).__name__, counted)

    def _apologise(
        self, incoming: Incoming, received_at: datetime, error: str, counted: int | None
    ) -> Owed | None:
        sorry = Answer((Text(SORRY),), outcome=Outcome.FAILED)
        with self.engine.begin() as db:
            if not events.put_first_seen(db, incoming, received_at):
                return None
            events.mark_failed(db, incoming, sorry, error)
            _note_person(db, incoming, counted)
            _note_question(db, incoming, sorry)
        token = incoming.reply_token
        return events.owed_for(incoming, token, sorry) if token else None


def is_for_us(incoming: Incoming) -> bool:
    """Whether the bot has any business with this event.

    What a group talks about among itself is not even noted: nothing was done about it that could
    be done twice.
    """
    by_itself = incoming.kind in (Kind.POSTBACK, Kind.JOIN, Kind.UNSEND)
    return not incoming.in_group or incoming.mentioned or by_itself


def _again(db: Connection, incoming: Incoming, received_at: datetime) -> Owed | None:
    """The answer that never went out, with what staff answered as it is to be told now."""
    owed = left_behind.claim_again(db, incoming, received_at)
    if owed is None:
        return None
    answer = telling.told_anew(db, incoming, owed.answer)
    if answer != owed.answer:
        events.put_answer(db, incoming, answer)
    return replace(owed, answer=answer)


def wants_answer(incoming: Incoming) -> bool:
    """Whether anything may be said to this event."""
    return incoming.active and incoming.kind not in QUIET


def _too_fast(db: Connection, incoming: Incoming, pace: Pace, received_at: datetime) -> Owed | None:
    if pace is Pace.SILENT:
        return None
    log.warning("event %s: too many within a minute", incoming.event_id)
    said = Answer((Text(TOO_FAST),), outcome=Outcome.CHAT)
    return _keep(db, incoming, said, received_at)


def _note_person(db: Connection, incoming: Incoming, counted: int | None = None) -> int:
    """Note who wrote; gives how much they wrote within a minute."""
    if incoming.user_id is None or incoming.in_group:
        return 0  # whoever speaks in a group did not come to us
    person = (db, incoming.channel_id, incoming.user_id, incoming.at)
    count = people.see(*person, counts=counted is None and wants_answer(incoming))
    if incoming.kind is Kind.FOLLOW:
        people.mark_followed(*person)
    if incoming.kind is Kind.UNFOLLOW:
        people.mark_blocked(*person)
    return count if counted is None else counted


def _take_back(db: Connection, incoming: Incoming) -> None:
    """Nothing of a message that was taken back stays: neither the question nor the talk."""
    if incoming.message_id:  # without an id nothing is known to be its own
        for taken in questions.take_back(db, incoming.channel_id, incoming.message_id):
            gone = referrals.take_back(db, taken)
            outbox.forget(db, incoming.channel_id, referrals.key_of(gone))
            interviews.forget(db, incoming.channel_id, taken.user_id, since=taken.asked_at)
    talks.forget(db, incoming.channel_id, incoming.chat_id)


def _keep(db: Connection, incoming: Incoming, answer: Answer, received_at: datetime) -> Owed | None:
    if answer.outcome in LOGGED:
        _note_question(db, incoming, answer)
    if not answer.parts or not incoming.reply_token:
        return None
    return events.owe(db, incoming, answer, received_at)


def _note_question(db: Connection, incoming: Incoming, answer: Answer) -> None:
    asked = question_of(incoming, answer)
    questions.put(db, [asked] if asked else [])


def question_of(incoming: Incoming, answer: Answer) -> questions.Asked | None:
    """What staff may read of what was asked; None where it is no question, or must not be kept."""
    text = mask(incoming.text or incoming.data)
    if not text or find_code(incoming.text) is not None:
        return None  # a sticker: nothing that staff could read; a code: nothing that they may
    why = replace(answer.why, words=tuple(map(mask, answer.why.words)))
    return questions.Asked(incoming=incoming, text=text, outcome=answer.outcome, why=why)


def _places(err: BaseException) -> list[str]:
    found = []
    step = err.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        found.append(f"\n  {code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return found
