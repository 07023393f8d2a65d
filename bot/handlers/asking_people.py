"""Somebody wants a person: their last question is offered to be passed on, or the next one."""

from dataclasses import replace

from bot.answers.quoting import quoted
from bot.handlers import not_said
from bot.handlers.desk import Desk, Handled
from bot.handlers.passing_on import (
    LABEL,
    REFER,
    button_for,
    is_choice,
    pass_on,
    said_before,
    tell_buttons,
    text_of,
)
from bot.messages import Answer, Card, Incoming, Outcome, Tone
from bot.model.talk import Talk
from bot.store import own_questions, referrals
from bot.store.own_questions import OwnQuestion
from bot.store.questions import KEPT_HERE
from bot.understand.mask import mask
from bot.understand.reader import Reader
from bot.understand.short_replies import Reply, hear_reply
from bot.understand.small_talk import bare

IN_GROUP = "要轉給承辦人員的問題，請到和我的一對一聊天室寫「找真人」。"
WRITE_FIRST = (
    "好的。請先把想問的事寫成一句話傳給我，"
    "我回覆的下面會有「轉給承辦人員」的按鈕，點一下就會轉過去。"
)
NOT_PASSED = "好的，沒有轉。還想問什麼，直接寫給我就可以。"
_DO_SO = frozenset(
    {"好", "要", "好啊", "轉", "幫我轉", "麻煩你", "麻煩了", "好麻煩你", "好啊麻煩你", "1", "可以"}
)
_NOT_NOW = frozenset({"不用", "不用了", "不要", "先不要", "算了", "不必"})
LONGEST_CALL = 40  # characters: a longer message asks something


def ask_for_people(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to 找真人 and its like; None for all else."""
    talk = desk.talk.as_of(incoming.at)
    replied = _replied(incoming, desk, talk)
    if replied:
        return replied
    if not _calls_for_people(incoming.text, desk.reader):
        return None
    if incoming.in_group:
        return Handled(answer=text_of(IN_GROUP), talk=desk.talk)
    question = _last_question(incoming, desk)
    answer = _offer(incoming, desk, talk, question) if question else text_of(WRITE_FIRST)
    expects = f"{REFER}:{question.webhook_event_id}" if question else ""
    talk = replace(talk, at=incoming.at, wants_people=True, expects=expects)
    return Handled(answer=answer, talk=talk)


def _replied(incoming: Incoming, desk: Desk, talk: Talk) -> Handled | None:
    """What a yes or no to 要轉給承辦人員嗎 does; None where nothing was asked, or for all else."""
    name, _, event_id = talk.expects.partition(":")
    if name != REFER or incoming.in_group:
        return None
    said = bare(desk.reader.fold(incoming.text[:LONGEST_CALL]))
    reply = hear_reply(said)
    if reply is Reply.NO or said in _NOT_NOW:
        return Handled(answer=text_of(NOT_PASSED), talk=replace(talk, expects=""))
    if reply is Reply.YES or said in _DO_SO or desk.reader.word(LABEL) in said:
        done = pass_on(incoming, desk, event_id)
        return replace(done, talk=replace(done.talk, expects=""))
    return None


def _calls_for_people(text: str, reader: Reader) -> bool:
    if len(text) > LONGEST_CALL:
        return False
    masked = mask(text)
    heard = (reader.fold(masked), reader.key(masked))
    return any(map(reader.small_talk.calls_for_people, heard))


def _last_question(incoming: Incoming, desk: Desk) -> OwnQuestion | None:
    """The newest question of this talk that is one: no bare choice of a plan or a number."""
    where = (incoming.channel_id, incoming.user_id or "", incoming.event_id)
    written = own_questions.written_before(desk.db, *where, incoming.at)
    asked = (q for q in written if q.entry not in KEPT_HERE and not is_choice(q, desk.reader))
    return next(asked, None)


def _offer(incoming: Incoming, desk: Desk, talk: Talk, question: OwnQuestion) -> Answer:
    passed = referrals.find_of(desk.db, question.channel_id, question.webhook_event_id)
    lead = said_before(passed) if passed else "要把這一題轉給承辦人員嗎？"
    plan = talk.plan or question.plan
    offices: tuple[str, ...] = ()
    if plan in desk.reader.plans:
        offices = not_said.whom_to_ask(desk.reader.edition_at(plan, incoming.at))
    card = Card(
        title="找承辦人員",
        lead=f"{lead}{quoted(question.text)}",
        facts=("想轉的是另一題，直接把它寫給我就可以。", *offices),
        tone=Tone.ASK,
        buttons=() if passed else (button_for(question.webhook_event_id),),
    )
    quick = tell_buttons(passed) if passed else ()
    return Answer(parts=(card,), quick=quick, outcome=Outcome.CHAT)
