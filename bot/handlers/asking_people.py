"""Somebody wants a person: their last question is offered to be passed on, or the next one."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.handlers import not_said
from bot.handlers.desk import Desk, Handled
from bot.handlers.passing_on import button_for, said_before, tell_buttons, text_of
from bot.handlers.telling import quoted
from bot.messages import Answer, Card, Incoming, Outcome, Tone
from bot.model.talk import Talk
from bot.store import own_questions, referrals
from bot.store.own_questions import OwnQuestion
from bot.store.questions import KEPT_HERE
from bot.understand.reader import LONGEST, Reader
from bot.understand.small_talk import bare

IN_GROUP = "要轉給承辦人員的問題，請到和我的一對一聊天室寫「找真人」。"
WRITE_FIRST = (
    "好的。請先把想問的事寫成一句話傳給我，"
    "我回覆的下面會有「轉給承辦人員」的按鈕，點一下就會轉過去。"
)
_POLITE = re.compile(
    r"^(?:請問|請|麻煩|拜託|可不可以|可以|能不能|能|幫我|幫忙|我|想|要|直接|給)+"
    r"|(?:嗎|吧|好|謝謝|一下|啊|呢|了|啦)+$"
)


def ask_for_people(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to 找真人 and its like; None for all else."""
    if not _calls_for_people(incoming.text, desk.reader):
        return None
    talk = desk.talk.as_of(incoming.at)
    if incoming.in_group:
        return Handled(answer=text_of(IN_GROUP), talk=desk.talk)
    question = _last_question(incoming, desk)
    answer = _offer(incoming, desk, talk, question) if question else text_of(WRITE_FIRST)
    return Handled(answer=answer, talk=replace(talk, at=incoming.at, wants_people=True))


def _calls_for_people(text: str, reader: Reader) -> bool:
    return _kernel(reader.fold(text[:LONGEST])) in _calls(reader)


@lru_cache(maxsize=1)
def _calls(reader: Reader) -> frozenset[str]:
    return frozenset(_kernel(reader.word(word)) for word in reader.library.lexicon.people)


def _kernel(folded: str) -> str:
    return _POLITE.sub("", bare(folded))


def _last_question(incoming: Incoming, desk: Desk) -> OwnQuestion | None:
    """The newest question of this talk that is one: no bare choice of a plan or a number."""
    where = (incoming.channel_id, incoming.user_id or "", incoming.event_id)
    written = own_questions.written_before(desk.db, *where, incoming.at)
    asked = (q for q in written if q.entry not in KEPT_HERE and not _is_choice(q, desk.reader))
    return next(asked, None)


def _is_choice(question: OwnQuestion, reader: Reader) -> bool:
    key = bare(reader.fold(question.text))
    names = {bare(reader.word(e.about.short)) for e in reader.library.editions}
    return key.isdigit() or key in names


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
