"""Passing a question on to staff: the button for it, and what pressing it does."""

from dataclasses import replace

from bot.answers.quoting import quoted
from bot.handlers.desk import Desk, Handled
from bot.handlers.telling import STAFFS_ANSWER, card_of
from bot.messages import Answer, Button, Card, Incoming, Kind, Outcome, Text
from bot.store import events, own_questions, referrals
from bot.store.own_questions import OwnQuestion
from bot.store.questions import KEPT_HERE
from bot.store.referrals import Passed
from bot.store.tables import ReferralState
from bot.understand.mask import mask
from bot.understand.reader import Reader
from bot.understand.small_talk import bare

LABEL = "轉給承辦人員"
REFER, TELL = "refer", "tell"  # what a button brings back: refer=<event id>, tell=<referral id>
LOOKED_UP = (Outcome.ANSWERED, Outcome.ASKED, Outcome.UNKNOWN)
LONGEST_CONTEXT = 500  # characters of what the bot had said
MOST_OPEN = 20  # questions of one person that wait: staff are few

GONE = "這個按鈕的問題已經找不到了。請把想問的事再寫一次，我再幫您轉給承辦人員。"
PASSED_ON = "已轉給承辦人員。有答覆時，您下次傳訊息就會看到。"
TOO_MANY = f"您已經有{MOST_OPEN}題在等承辦人員答覆，請等有答覆後再轉這一題。"
WILL_PUSH = "好的，承辦人員答覆時，我會傳訊息通知您。"
SAID_BEFORE = {
    ReferralState.OPEN: ("這一題已經轉給承辦人員了，還在等答覆。有答覆時，您下次傳訊息就會看到。"),
    ReferralState.ANSWERED: "這一題承辦人員已經答覆了。",
    ReferralState.CLOSED: "這一題承辦人員看過了，沒有另外的答覆。請直接洽計畫的承辦單位。",
}


def button_for(event_id: str) -> Button:
    """The button that passes on the question of this event."""
    return Button(LABEL, data=f"{REFER}={event_id}")


def with_offer(incoming: Incoming, desk: Desk, handled: Handled) -> Handled:
    """What was handled, with the button to pass it on where the bot did not know.

    After somebody asked for a person, the next question gets it whatever the answer.
    """
    answer = handled.answer
    one_to_one = incoming.kind is Kind.TEXT and not incoming.in_group and incoming.user_id
    if not one_to_one or answer.outcome not in LOOKED_UP or answer.why.entry in KEPT_HERE:
        return handled
    wanted = desk.talk.as_of(incoming.at).wants_people
    if answer.outcome is not Outcome.UNKNOWN and not wanted:
        return handled
    # A question back is not the answer yet: the one after it gets the button too.
    still = wanted and answer.outcome is Outcome.ASKED
    # First, so that it is seen without scrolling; what LINE has no room for is said in words.
    offered = replace(answer, quick=(button_for(incoming.event_id), *answer.quick))
    return replace(handled, answer=offered, talk=replace(handled.talk, wants_people=still))


def pass_on(incoming: Incoming, desk: Desk, event_id: str) -> Handled:
    """Passes on the question of this event, once, with what was said around it."""
    question = None
    if incoming.user_id and not incoming.in_group:
        question = own_questions.find(desk.db, incoming.channel_id, event_id, incoming.user_id)
    if question is None:
        return _said(desk, text_of(GONE))
    before, said = _context(desk, question)
    question = _meant(desk, question)
    was_passed_on = referrals.find_of(desk.db, question.channel_id, event_id)
    if not was_passed_on and _has_too_many(desk, question):
        return _said(desk, text_of(TOO_MANY))
    passed, is_new = referrals.pass_on(desk.db, question, before, said, incoming.at)
    if not is_new:
        return _said(desk, _where_it_stands(passed))
    card = Card(title=LABEL, lead=PASSED_ON, facts=(f"您問的是{quoted(passed.text)}",))
    return _said(desk, Answer(parts=(card,), quick=tell_buttons(passed), outcome=Outcome.CHAT))


def is_choice(question: OwnQuestion, reader: Reader) -> bool:
    """Whether it only picks what the bot offered: a number, a plan's name."""
    key = bare(reader.fold(question.text))
    names = {bare(reader.word(e.about.short)) for e in reader.library.editions}
    return key.isdigit() or key in names


def _meant(desk: Desk, question: OwnQuestion) -> OwnQuestion:
    """The question with the words that it was first asked in, where this message only picked."""
    if not is_choice(question, desk.reader):
        return question
    where = (question.channel_id, question.user_id, question.webhook_event_id)
    earlier = own_questions.written_before(desk.db, *where, question.asked_at)
    first = next((q for q in earlier if not is_choice(q, desk.reader)), question)
    return replace(question, text=first.text)


def want_push(incoming: Incoming, desk: Desk, referral_id: str) -> Handled:
    """Notes that the asker wants to be told by a push."""
    db, channel_id, user_id = desk.db, incoming.channel_id, incoming.user_id or ""
    passed = referrals.find(db, channel_id, referral_id)
    if passed is None or passed.user_id != user_id or incoming.in_group:
        return _said(desk, text_of(GONE))
    noted = referrals.want_push(db, channel_id, referral_id, user_id)
    if noted and noted.state is ReferralState.OPEN:
        return _said(desk, text_of(WILL_PUSH))
    return _said(desk, _where_it_stands(noted or passed))


def said_before(passed: Passed) -> str:
    """What became of a question that was passed on before, in a sentence."""
    return SAID_BEFORE[passed.state]


def tell_buttons(passed: Passed) -> tuple[Button, ...]:
    """The button that asks for a push, where there is still something to wait for."""
    if passed.wants_push or passed.state is not ReferralState.OPEN:
        return ()
    return (Button("有答覆時通知我", data=f"{TELL}={passed.id}"),)


def _where_it_stands(passed: Passed) -> Answer:
    # An answer that was not told yet stands above this very reply.
    again = (card_of(passed),) if passed.answer and passed.told_at else ()
    parts = (Text(said_before(passed)), *again)
    return Answer(parts=parts, quick=tell_buttons(passed), outcome=Outcome.CHAT)


def _has_too_many(desk: Desk, question: OwnQuestion) -> bool:
    waiting = referrals.count_open_of(desk.db, question.channel_id, question.user_id)
    return waiting >= MOST_OPEN


def _context(desk: Desk, question: OwnQuestion) -> tuple[str, str]:
    """The question before this one, and what the bot answered to this one; masked."""
    where = (question.channel_id, question.user_id, question.webhook_event_id)
    earlier = own_questions.written_before(desk.db, *where, question.asked_at)
    before = next((q.text for q in earlier if q.entry not in KEPT_HERE), "")
    answer = events.find_answer(desk.db, question.channel_id, question.webhook_event_id)
    return before, mask("\n".join(_leads(answer)))[:LONGEST_CONTEXT] if answer else ""


def _leads(answer: Answer) -> list[str]:
    own = [c for c in answer.bubbles if not isinstance(c, Card) or c.title != STAFFS_ANSWER]
    return [c.lead if isinstance(c, Card) else c.text for c in own]


def text_of(said: str) -> Answer:
    """A plain sentence that answers no question."""
    return Answer(parts=(Text(said),), outcome=Outcome.CHAT)


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
