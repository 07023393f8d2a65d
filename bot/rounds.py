"""Many plain questions at once: thought about without the database, kept in one transaction.

Most people who write follow nothing and are owed nothing; what they ask changes nothing but what
the chat is about. Their answers are found without touching the database, and all that came
meanwhile are written down together, where nothing changed under them. Whatever is not as plain as
that goes its own way (`dispatch`), as if nobody had tried.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Never, cast

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError

from bot.dispatch import LOGGED, Office, is_for_us, question_of, wants_answer
from bot.handlers.desk import Desk, Handled
from bot.log_lines import about
from bot.messages import Incoming, Kind
from bot.model.talk import Talk
from bot.store import answered, at_hand, bursts, events, people
from bot.store.answered import Findings
from bot.store.at_hand import Around, AtHand
from bot.store.bursts import Pace
from bot.store.events import Owed
from bot.store.interviews import Told
from bot.store.reserve import Reserve
from bot.together import Together
from bot.understand.reader import Reader

log = logging.getLogger(__name__)

# Who comes or goes is more than a line of talk.
NOT_PLAIN = (Kind.FOLLOW, Kind.UNFOLLOW, Kind.JOIN, Kind.UNSEND, Kind.OTHER)


AT_A_TIME = 2  # rounds
ENOUGH = 8  # events for a second one: what a round costs itself, they share


class NotPlain(Exception):
    """An answer that cannot be found without the database."""


class _NoDatabase:
    """Stands where a handler expects its transaction: whoever reaches for it, gives up."""

    def __getattr__(self, name: str) -> Never:
        raise NotPlain(name)


NO_DATABASE = cast(Connection, _NoDatabase())


@dataclass(slots=True, kw_only=True)
class Case:
    """One event on its way.

    Args:
        talk: what the chat was about when it was thought about.
        told: what its writer had told of themselves then.
        staff_changed_at: when the channel's own answers had last changed then.
        handled: what is to be said, as long as all three are so.
        counted: how much its writer wrote within a minute, once it was counted.
        owed: the answer that was kept, and is to be sent.
    """

    incoming: Incoming
    user_id: str
    received_at: datetime
    talk: Talk | None = None
    told: Sequence[Told] = ()
    staff_changed_at: datetime | None = None
    handled: Handled | None = None
    counted: int | None = None
    owed: Owed | None = None


class Rounds:
    """Answers events, the plain ones together. Threads share it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._one_writes = office.engine.dialect.name == "sqlite"
        # While one of them waits for PostgreSQL another thinks.
        leaders = 1 if self._one_writes else AT_A_TIME
        self._reserve = Reserve(office.engine)
        self._round = Together(self._answer, _fits, leaders=leaders, enough=ENOUGH)

    def respond(self, incoming: Incoming, received_at: datetime) -> Owed | None:
        """As `Office.respond`."""
        user_id = incoming.user_id
        if user_id is None or not _may_be_plain(incoming):
            return self.office.respond(incoming, received_at)
        case = Case(incoming=incoming, user_id=user_id, received_at=received_at)
        try:
            self._round.do(case)
        except TimeoutError:  # no connection was free: waiting for one again would take too long
            raise
        except Exception as err:  # noqa: BLE001  whatever it is, the long way meets it again
            log.warning("a round broke: %s", type(err).__name__)
        if case.owed is not None:
            return case.owed
        return self.office.respond(incoming, received_at, case.counted)

    def _answer(self, cases: Sequence[Case]) -> None:
        if self._one_writes:
            self._answer_in_turn(cases)
        else:
            self._answer_unless_changed(cases)

    def _answer_unless_changed(self, cases: Sequence[Case]) -> None:
        """Look, think while nothing is locked, keep: of what changed meanwhile, nothing."""
        with self._reserve.connection() as db:
            cases = _new_ones(db, cases)
            if not cases:
                return
            around = _look(db, cases)
            self._think(db, cases, around)
            found = [case for case in cases if case.handled and _has_a_pause(case, around)]
            if not found:
                return
            kept = answered.put_unless_changed(db, _findings(found), around.versions)
        for case in found:
            if case.incoming.event_id in kept:
                _owe(case)

    def _answer_in_turn(self, cases: Sequence[Case]) -> None:
        """Where one writes at a time, several are thought about before it is their turn."""
        first = len(cases) > 1
        if first:
            with self.office.engine.connect().execution_options(only_reads=True) as db:
                cases = _new_ones(db, cases)
                self._think(db, cases, _look(db, cases))
            cases = [case for case in cases if case.handled]
        if cases:
            self._keep(cases, thinking=not first)

    def _keep(self, cases: Sequence[Case], thinking: bool) -> None:
        with self.office.engine.begin() as db:
            cases = _new_ones(db, cases)
            if not cases:
                return
            people.see_all(db, _channel_of(cases), {c.user_id: c.incoming.at for c in cases})
            around = _look(db, cases)
            if thinking:
                self._think(db, cases, around)
            found = _put(db, cases, around)
        _note(found, cases, around)

    def _think(self, db: Connection, cases: Sequence[Case], around: Around) -> None:
        """Find what is to be said, and write down nothing."""
        channel_id, changed_at = _channel_of(cases), around.staff_changed_at
        for case in cases:
            if case.user_id in around.plain:
                at = case.incoming.at
                reader = self.office.readers.reader_as_of(db, channel_id, at, changed_at)
                self._think_of(case, reader, around)

    def _think_of(self, case: Case, reader: Reader, around: Around) -> None:
        case.talk = around.talks.get(case.user_id)
        case.staff_changed_at = around.staff_changed_at
        case.told = around.told.get(case.user_id, ())
        desk = Desk(
            db=NO_DATABASE,
            apart=True,
            reader=reader,
            talk=case.talk or Talk(),
            links=self.office.links,
            mails=self.office.mails,
            at_hand=AtHand(talk=case.talk, told=case.told, has_joined=False),
        )
        with about(case.incoming.event_id, case.incoming.channel_id):
            try:
                handled = self.office.handle(case.incoming, desk)
            except Exception:  # noqa: BLE001  not plain, or broken: the long way says which
                return
        case.handled = handled if handled.answer.parts else None


def _channel_of(cases: Sequence[Case]) -> str:
    return cases[0].incoming.channel_id


def _look(db: Connection, cases: Sequence[Case]) -> Around:
    return at_hand.look_around(db, _channel_of(cases), [case.user_id for case in cases])


def _new_ones(db: Connection, cases: Sequence[Case]) -> Sequence[Case]:
    """Without those that came before and were noted then: most that come again were sent away."""
    again = [case.incoming.event_id for case in cases if case.incoming.redelivered]
    known = events.noted(db, _channel_of(cases), again) if again else set()
    return [case for case in cases if case.incoming.event_id not in known]


def _note(found: Sequence[Case], cases: Sequence[Case], around: Around) -> None:
    """Note in the cases what was kept, after the commit."""
    for case in cases:
        case.counted = around.bursts[case.user_id]
    for case in found:
        _owe(case)


def _owe(case: Case) -> None:
    if case.handled:
        token = case.incoming.reply_token or ""
        case.owed = events.owed_for(case.incoming, token, case.handled.answer)


def _may_be_plain(incoming: Incoming) -> bool:
    return (
        is_for_us(incoming)
        and wants_answer(incoming)
        and incoming.kind not in NOT_PLAIN
        and incoming.chat_id == incoming.user_id
        and bool(incoming.reply_token)
    )


def _fits(before: Sequence[Case], one: Case) -> bool:
    """Whether it is of the same channel as those before, and of another person."""
    others = (case.user_id != one.user_id for case in before)
    return not before or (before[0].incoming.channel_id == one.incoming.channel_id and all(others))


def _holds(case: Case, around: Around) -> bool:
    """Whether nothing came between the thought and its keeping, and its writer has a pause."""
    return (
        case.user_id in around.plain
        and case.staff_changed_at == around.staff_changed_at
        and case.talk == around.talks.get(case.user_id)
        and case.told == around.told.get(case.user_id, ())
        and bursts.pace_of(around.bursts[case.user_id]) is Pace.FINE
    )


def _has_a_pause(case: Case, around: Around) -> bool:
    """Whether its writer, who is not counted yet, does not write too much."""
    return bursts.pace_of(around.bursts.get(case.user_id, 0) + 1) is Pace.FINE


def _put(db: Connection, cases: Sequence[Case], around: Around) -> Sequence[Case]:
    """Keep all that still holds, and give it.

    Raises:
        NotPlain: one of them was noted before; the transaction must be rolled back.
    """
    found = [case for case in cases if case.handled and _holds(case, around)]
    if found and not answered.put(db, _findings(found)):
        raise NotPlain("noted before")
    return found


def _findings(cases: Sequence[Case]) -> Findings:
    found = [(case, case.handled) for case in cases if case.handled]
    owed = [(case.incoming, handled.answer) for case, handled in found]
    changed = [
        (case.incoming.chat_id, handled.talk, case.incoming.at)
        for case, handled in found
        if handled.talk != (case.talk or Talk())
    ]
    logged = (question_of(*one) for one in owed if one[1].outcome in LOGGED)
    return Findings(
        owed=owed,
        received_at={case.incoming.event_id: case.received_at for case, _ in found},
        chats=changed,
        asked=[one for one in logged if one],
        told=[(case.user_id, one) for case, handled in found for one in handled.told],
    )
