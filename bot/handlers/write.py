"""Words that somebody wrote: greetings and help, secrets, one question or two."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import cast
from weakref import ref

from bot.handlers import help as helping
from bot.handlers.answering import NEAREST
from bot.handlers.ask import answer_question
from bot.handlers.chatting import small_talk
from bot.handlers.desk import Desk, Handled
from bot.handlers.inquiry import Said
from bot.messages import Answer, Card, Incoming, Outcome, Text, Tone, Why
from bot.model.talk import Talk
from bot.understand.gathered import once_a_reader
from bot.understand.mask import holds_secret, mask, without_masks
from bot.understand.reader import LONGEST, Reader
from bot.understand.script import is_foreign

MOST_QUESTIONS = 3
BEGINNINGS = 256  # of talks that are remembered for a minute: before a deadline many ask the same
PASTED_FROM = 160  # characters without a question mark: a pasted notice, not a question
_BREAK = re.compile(
    r"(?<=[?？。！!\n；;])|(?=還有(?!幾|多久|什麼|哪|沒有|機會)|另外(?=[,，、\s想請問再]|一[個題]|還)|順便(?=[想請問])|(?<=[,，\s])(?:另外|順便))"
)
_CLAUSE = re.compile(r"[\s,，、]+")
SHORTEST_QUESTION = 3  # characters: 幾點, 在哪 are aspects of one question
_ASKING = re.compile("多久|多長|什麼|誰|哪|幾|多少|怎|如何|嗎|何時|可以|能不能|幹嘛|幹麼|[?？]|呢")
_OF_EACH = re.compile(
    r"(?P<before>[^，。,？?]{2,40}?)(?:跟|和|與|及)(?P<second>[㐀-鿿A-Za-z0-9]{2,6}?)"
    r"(?:各自?|分別)(?P<asked>[^，。,]{2,20})"
)
_N = "[\\d一二兩三四五六七八九十]+"
# 外聘兩節加內聘一節總共多少
_OF_BOTH = re.compile(
    rf"(?P<first>[^，。,？?]{{2,20}}?{_N}(?P<unit>小時|[節場次份]))\s*(?:再?加上?|跟|和|與|[、，,])?\s*"
    rf"(?P<second>[^，。,？?\d]{{1,10}}?{_N}(?P=unit))[，,\s]*(?P<asked>[^，。,]{{0,8}}多少[^，。,]{{0,6}})"
)
_WARNING = "請不要在這裡輸入身分證字號或密碼；我沒有保存，也請您收回那則訊息。"


def write(incoming: Incoming, desk: Desk) -> Handled:
    """Answers a message of words."""
    now = incoming.at
    talk, masked = desk.talk.as_of(now), mask(incoming.text)
    if talk != Talk():
        return _written(masked, talk, desk.reader, now)
    handled = _beginnings(desk.reader)(masked, now.replace(second=0, microsecond=0))
    # No date closes within a minute; but how long ago somebody spoke is told to the second.
    return replace(handled, talk=replace(handled.talk, at=handled.talk.at and now))


@once_a_reader
def _beginnings(reader: Reader) -> Callable[[str, datetime], Handled]:
    """What is said to masked words with which a talk begins, in this minute; remembered."""
    held = ref(reader)  # what is kept with a reader must not keep it

    @lru_cache(maxsize=BEGINNINGS)
    def begun(masked: str, minute: datetime) -> Handled:
        return _written(masked, Talk(), cast(Reader, held()), minute)

    return begun


def _written(masked: str, talk: Talk, reader: Reader, now: datetime) -> Handled:
    if not masked.strip():
        return Handled(answer=helping.welcome(reader), talk=talk)
    small = small_talk(masked, talk, reader, now)
    if small:
        return Handled(answer=small.answer, talk=small.talk)
    said = _secret_only(masked, talk) or _pasted(masked, talk)
    if said is None:
        said = _questions(masked, talk, reader, now)
    answer = said.answer
    if answer.outcome in (Outcome.UNKNOWN, Outcome.ASKED) and is_foreign(without_masks(masked)):
        answer = helping.only_chinese(reader)
    if holds_secret(masked) and answer.outcome is not Outcome.SILENT:
        answer = replace(answer, parts=(Text(_WARNING), *answer.parts))
    return Handled(answer=answer, talk=said.talk)


def _questions(masked: str, talk: Talk, reader: Reader, now: datetime) -> Said:
    pieces = split_questions(masked)
    answers: list[Answer] = []
    for piece in pieces:
        for said in _each_of(piece, talk, reader, now):
            talk = said.talk
            answers.append(said.answer)
    if len(answers) == 1:
        return Said(answers[0], talk)
    main = next((a for a in answers if a.outcome is Outcome.ANSWERED), answers[0])
    parts = tuple(dict.fromkeys(p for a in answers for p in a.parts))
    return Said(replace(main, parts=parts), talk)


def _each_of(piece: str, talk: Talk, reader: Reader, now: datetime) -> list[Said]:
    """The answer to a question; of one that may be two or three, one for each.

    Where all are answered surely, or the first of them and not the whole: what looks like two
    things may be one.
    """
    some: list[Said] = []
    for parts in (one_each(piece), each_asked(piece)):
        each: list[Said] = []
        for part in parts:
            each.append(answer_question(part, each[-1].talk if each else talk, reader, now))
        if each and all(s.answer.outcome is Outcome.ANSWERED for s in each):
            return each
        some = some or each
    whole = answer_question(piece, talk, reader, now)
    is_begun = bool(some) and some[0].answer.outcome is Outcome.ANSWERED
    return some if is_begun and whole.answer.why.because == NEAREST else [whole]


def one_each(text: str) -> list[str]:
    """專業對話跟公開授課各要幾次 as two questions; empty for what asks one thing."""
    both = _OF_BOTH.fullmatch(text)
    if both:
        return [f"{both['first']}{both['asked']}", f"{both['second']}{both['asked']}"]
    found = _OF_EACH.fullmatch(text)
    if not found:
        return []
    before, second, asked = found["before"], found["second"], found["asked"]
    head = before[: max(0, len(before) - len(second))]  # the first is about as long as the second
    return [f"{before}{asked}", f"{head}{second}{asked}"]


def each_asked(text: str) -> list[str]:
    """打給誰 有LINE嗎 as two questions, or three; empty where fewer clauses ask something, or more.

    What asks nothing stays with the question after it, at the end with the one before.
    """
    parts: list[str] = []
    carried = ""
    for clause in filter(None, _CLAUSE.split(text)):
        carried = f"{carried} {clause}".strip()
        if _ASKING.search(clause) and len(clause) >= SHORTEST_QUESTION:
            parts.append(carried)
            carried = ""
    if not 2 <= len(parts) <= MOST_QUESTIONS or len(text) > LONGEST:
        return []
    return [*parts[:-1], f"{parts[-1]} {carried}".strip()]


def split_questions(text: str) -> list[str]:
    """The questions of one message, in order; what asks nothing stays with the question after it.

    At most three: what comes after belongs to the third.
    """
    if len(text) > LONGEST:
        return [text]  # of what is as long as that only beginning and end are read
    pieces = [p for p in _BREAK.split(text) if p and p.strip()]
    found: list[str] = []
    carried = ""
    for piece in pieces:
        carried += piece
        if _ASKING.search(piece) and len(found) < MOST_QUESTIONS:
            found.append(carried.strip())
            carried = ""
    if carried.strip():
        if not found:
            return [carried.strip()]
        found[-1] += carried
    return found


def _secret_only(masked: str, talk: Talk) -> Said | None:
    """The answer to a message that is a secret and little else; None for all else."""
    rest = re.sub(r"[\s\W]|我|的|是|身分證|字號|密碼|帳號|登入|幫我|幫", "", without_masks(masked))
    if not holds_secret(masked) or len(rest) > 6:
        return None
    card = Card(
        title="請保護個人資料",
        lead="我無法代您登入或查個人資料，也沒有保存您剛才的內容。",
        facts=("請不要在聊天室輸入身分證字號或密碼。", "想知道計畫的規定，直接問我就可以。"),
        tone=Tone.UNKNOWN,
    )
    return Said(
        Answer(parts=(card,), outcome=Outcome.UNKNOWN, why=Why(because="secret", entry="secret")),
        talk,
    )


def _pasted(masked: str, talk: Talk) -> Said | None:
    """The answer to a pasted notice; None for what may be a question."""
    if len(masked) < PASTED_FROM or _ASKING.search(masked[-60:]) or _ASKING.search(masked[:40]):
        return None
    card = Card(
        title="看起來是一段公告",
        lead="這段文字裡沒有我能回答的問題。",
        facts=("請用一句話告訴我您想問的事，例如「附件1什麼時候要交」。",),
        tone=Tone.UNKNOWN,
    )
    return Said(
        Answer(parts=(card,), outcome=Outcome.UNKNOWN, why=Why(because="pasted", entry="pasted")),
        talk,
    )
