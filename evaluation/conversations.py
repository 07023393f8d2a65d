"""Holds the conversations: each case a person of its own, several at once."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Any

from bot.messages import Answer
from bot.simulator.events import Spot
from bot.simulator.people import Persona
from bot.simulator.phone import Done
from bot.understand.reader import Reader
from evaluation.cases import Conversation, Turn
from evaluation.grades import Grade, Judged, has_clauses, is_cited, judge, worst
from evaluation.patterns import compiled, fold
from evaluation.replies import buttons, read_aloud, reply_text
from evaluation.stage import Stage, opened

WAIT_S = 10.0
AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn as it went."""

    turn: Turn
    words: str  # what the person said, or the button pressed
    reply: str  # as it is read
    recorded: Answer | None
    judged: Judged
    cited: bool | None = None  # names a clause that the case accepts; None: not asked for
    clauses: bool | None = None  # names the entry's own clauses; None: not asked for


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation as it went."""

    case: Conversation
    said: tuple[Said, ...]

    @property
    def grade(self) -> Grade:
        """Of its worst turn."""
        return worst([said.judged.grade for said in self.said])


@dataclass(frozen=True, slots=True)
class Held:
    """All conversations, in the order of the cases, and what LINE did not take."""

    transcripts: tuple[Transcript, ...]
    refusals: tuple[str, ...]


def hold(cases: Sequence[Conversation], reader: Reader, now: datetime) -> Held:
    """Hold every conversation.

    Cases with answers of staff have a stage and a reader of their own: those answers are live for
    everyone on it.

    Args:
        now: when people write whose case does not say.
    """
    found: dict[str, Transcript] = {}
    refusals: list[str] = []
    for _, same in groupby(sorted(cases, key=_seed_of), key=_seed_of):
        group = list(same)
        seeds = group[0].supplements
        with opened(Reader(reader.library) if seeds else reader) as stage:
            if seeds:
                stage.seed(seeds, group[0].instant(now))
            for transcript in _at_once(stage, group, now):
                found[transcript.case.id] = transcript
            refusals += stage.refusals()
    return Held(tuple(found[case.id] for case in cases), tuple(refusals))


def _seed_of(case: Conversation) -> str:
    return repr(case.supplements)


def _at_once(stage: Stage, cases: Sequence[Conversation], now: datetime) -> Iterator[Transcript]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda case: converse(stage, case, now), cases)


def converse(stage: Stage, case: Conversation, now: datetime) -> Transcript:
    """Hold one conversation; it ends where a button is missing that should be pressed."""
    person = stage.platform.chats.add(Persona(case.id, "evaluation")).persona
    spot = Spot(person.user_id, person.user_id, case.instant(now))
    said: list[Said] = []
    messages: list[dict[str, Any]] = []
    for turn in case.turns:
        pressed = _button(messages, turn.tap) if turn.tap else None
        if turn.tap and pressed is None:
            judged = Judged(Grade.SILENT, (f"沒有按鈕可以按：{turn.tap}",))
            words = f"〔{turn.tap}〕"
            said.append(Said(turn=turn, words=words, reply="", recorded=None, judged=judged))
            break
        done = _press(stage, spot, pressed) if pressed else stage.phone.say(spot, turn.say)
        words = f"〔{pressed.get('label', '')}〕" if pressed else turn.say
        messages, recorded = _answer(stage, done)
        said.append(_said(turn, words, messages, recorded))
    return Transcript(case, tuple(said))


def _said(
    turn: Turn, words: str, messages: Sequence[dict[str, Any]], recorded: Answer | None
) -> Said:
    text = reply_text(messages)
    return Said(
        turn=turn,
        words=words,
        reply=read_aloud(messages),
        recorded=recorded,
        judged=judge(turn, text, recorded),
        cited=is_cited(turn, text),
        clauses=has_clauses(turn, recorded),
    )


def _answer(stage: Stage, done: Done) -> tuple[list[dict[str, Any]], Answer | None]:
    """The reply as it arrived; what was recorded is committed before the webhook is answered."""
    recorded = stage.recorded(str(done.event["webhookEventId"]))
    if done.posted.status != HTTPStatus.OK or recorded is None:
        return [], recorded
    return stage.platform.reply_to(done.reply_token, WAIT_S) or [], recorded


def _press(stage: Stage, spot: Spot, action: dict[str, Any]) -> Done:
    if action["type"] == "message":
        return stage.phone.say(spot, action["text"])
    return stage.phone.press(spot, action["data"], action.get("displayText", ""))


def _button(messages: Sequence[dict[str, Any]], pattern: str) -> dict[str, Any] | None:
    wanted: re.Pattern[str] = compiled(pattern)
    return next(
        (
            action
            for action in buttons(messages)
            if action["type"] in ("message", "postback") and wanted.search(fold(action["label"]))
        ),
        None,
    )
