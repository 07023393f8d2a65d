"""A pressed button: `entry=plan/edition#id` shows that entry; an unknown one says so.

Other buttons have their own name, and their handler in `BY_NAME`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.coming_lines import ABOUT
from bot.answers.key_targets import ENTRY, REPORT
from bot.answers.own_lines import ERASE
from bot.answers.reminder_lines import DONE, LATER, MUTE
from bot.answers.school_lines import RESIGN, SCHOOL, UNSCHOOL
from bot.handlers.answering import answer_with
from bot.handlers.decide import Choice
from bot.handlers.desk import Desk, Handled
from bot.handlers.forms import FORMS, press_forms
from bot.handlers.help import examples
from bot.handlers.inquiry import Inquiry
from bot.handlers.interview import CHECK, check
from bot.handlers.mailing import MAIL_VIA, choose
from bot.handlers.own_page import erase
from bot.handlers.passing_on import REFER, TELL, pass_on, want_push
from bot.handlers.progress.words import BUTTONS as PROGRESS
from bot.handlers.reminders import later, mute, noted, of_list
from bot.handlers.schools.asking import of_school
from bot.handlers.schools.called_on import ask_what_came
from bot.handlers.schools.hand_over import resign
from bot.handlers.schools.handing_in import owed_pressed
from bot.handlers.schools.my_school import choose_school, forget_school
from bot.handlers.schools.nudging import send_nudge
from bot.handlers.schools.owed_order import NUDGE, OF_SCHOOL, OWED, UNOWE
from bot.handlers.schools.owed_words import take_back
from bot.handlers.vouching import CODE, UNVOUCH, VOUCH, ask_for_check, unvouch, vouch
from bot.handlers.wishes import REMIND, STOP, remind, stop
from bot.messages import Answer, Incoming, Outcome, Text
from bot.understand.score import Candidate

BY_NAME: Mapping[str, Callable[[Incoming, Desk, str], Handled]] = {
    REFER: pass_on,
    TELL: want_push,
    CODE: ask_for_check,
    VOUCH: vouch,
    UNVOUCH: unvouch,
    CHECK: check,
    FORMS: press_forms,
    **PROGRESS,
    REMIND: remind,
    STOP: stop,
    DONE: noted,
    LATER: later,
    MUTE: mute,
    ABOUT: of_list,
    ERASE: erase,
    MAIL_VIA: choose,
    SCHOOL: choose_school,
    UNSCHOOL: forget_school,
    RESIGN: resign,
    OF_SCHOOL: of_school,
    OWED: owed_pressed,
    UNOWE: take_back,
    NUDGE: send_nudge,
    REPORT: ask_what_came,
}


def press(incoming: Incoming, desk: Desk) -> Handled:
    """Does what the button says, or answers with the entry that it names."""
    name, _, value = incoming.data.partition("=")
    if name in BY_NAME:
        return BY_NAME[name](incoming, desk, value)
    item = desk.reader.index.by_key.get(value) if name == ENTRY else None
    if item is None:
        said = "這個按鈕是較早的內容，現在已經用不了。請直接打字問我。"
        answer = Answer(parts=(Text(said),), quick=examples(desk.reader), outcome=Outcome.CHAT)
        return Handled(answer=answer, talk=desk.talk)
    question = desk.reader.question(item.entry.title, incoming.at)
    inquiry = Inquiry(
        question=question,
        talk=desk.talk.as_of(incoming.at),
        reader=desk.reader,
        now=incoming.at,
    )
    said_back = answer_with(inquiry, Choice(Candidate(item, 1.0, 1.0)), {})
    why = replace(said_back.answer.why, because="button")
    return Handled(answer=replace(said_back.answer, why=why), talk=said_back.talk)
