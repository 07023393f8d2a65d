"""Which handler answers which kind of event."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.clock import taipei_day
from bot.handlers.announcing import announce
from bot.handlers.asking_people import ask_for_people
from bot.handlers.checking import open_checks
from bot.handlers.desk import Desk, Handled
from bot.handlers.disliking import dislike
from bot.handlers.follow import follow, join
from bot.handlers.forms import ask_for_forms, with_forms
from bot.handlers.interview import interview_words
from bot.handlers.invited import invited
from bot.handlers.linking import link_console
from bot.handlers.mailing import own_mail
from bot.handlers.media import media
from bot.handlers.own_calendar import own_calendar
from bot.handlers.own_days import own_day
from bot.handlers.own_page import own_page
from bot.handlers.passing_on import with_offer
from bot.handlers.press import press
from bot.handlers.progress.words import progress_words
from bot.handlers.remembering import with_memory
from bot.handlers.reminders import reminder_words
from bot.handlers.schools.asking import school_asks
from bot.handlers.schools.my_school import school_words
from bot.handlers.schools.owed_words import owed_words
from bot.handlers.staff_desk import for_staff
from bot.handlers.stopping import stopping_words
from bot.handlers.tapping import as_meant
from bot.handlers.vouching import for_vouching
from bot.handlers.wishes import own_wishes, write_or_remind
from bot.messages import SILENCE, Incoming, Kind
from bot.model.talk import Talk
from bot.understand.gathered import once_a_reader
from bot.understand.reader import Reader

# Words that are no question, tried in this order; what none of them takes is one.
NO_QUESTIONS: Sequence[Callable[[Incoming, Desk], Handled | None]] = (
    invited,
    ask_for_people,
    dislike,
    for_vouching,
    interview_words,
    school_asks,
    owed_words,
    school_words,
    reminder_words,
    stopping_words,
    own_day,
    open_checks,
    ask_for_forms,
    progress_words,
    own_page,
    own_calendar,
    own_mail,
    own_wishes,
)


OF_A_PLAN = (ask_for_forms,)  # of these: what they take hangs on the plan that the talk is about
REMEMBERED = 1_024  # questions: on the evening before a deadline many ask in the same words


def words(incoming: Incoming, desk: Desk) -> Handled:
    """Answers a message of words: what is no question first."""
    said, questions = (incoming.text, taipei_day(incoming.at)), _questions(desk.reader)
    talk, by_nobody = desk.talk.as_of(incoming.at), _is_by_nobody(incoming, desk)
    tried = NO_QUESTIONS
    if said in questions and by_nobody and not _waits(talk):
        tried = OF_A_PLAN if talk.plan else ()
    for handler in tried:
        handled = handler(incoming, desk)
        if handled:
            return handled
    if by_nobody and talk == Talk():
        if len(questions) >= REMEMBERED:
            questions.clear()
        questions.add(said)
    return with_offer(incoming, desk, with_forms(incoming, desk, write_or_remind(incoming, desk)))


def _is_by_nobody(incoming: Incoming, desk: Desk) -> bool:
    """Whether nothing that is kept of their writer has a say in what these words are."""
    at_hand = desk.at_hand
    is_known = incoming.in_group or at_hand.has_joined or at_hand.told or at_hand.told is None
    return desk.apart and not is_known


def _waits(talk: Talk) -> bool:
    """Whether something that was said before waits for a reply, or may be taken back."""
    return bool(talk.expects or talk.pending or talk.offered or talk.noted or talk.wants_people)


@once_a_reader
def _questions(_reader: Reader) -> set[tuple[str, date]]:
    """Words that none of `NO_QUESTIONS` took on a day, from somebody of whom nothing is known."""
    return set()


def pressed(incoming: Incoming, desk: Desk) -> Handled:
    """Answers a pressed button; what is said of a form leads to its file."""
    return with_forms(incoming, desk, press(incoming, desk))


HANDLERS: Mapping[Kind, Callable[[Incoming, Desk], Handled]] = {
    Kind.TEXT: words,
    Kind.POSTBACK: pressed,
    Kind.FOLLOW: follow,
    Kind.JOIN: join,
    Kind.STICKER: media,
    Kind.IMAGE: media,
    Kind.AUDIO: media,
    Kind.VIDEO: media,
    Kind.FILE: media,
    Kind.LOCATION: media,
}


def handle(incoming: Incoming, desk: Desk) -> Handled:
    """What is said to an event.

    Kinds without a handler, and groups that did not call the bot, get silence.
    """
    incoming = as_meant(incoming, desk)
    handler = HANDLERS.get(incoming.kind)
    unasked = incoming.in_group and not incoming.mentioned and incoming.kind not in _IN_GROUPS
    if handler is None or unasked or not incoming.active:
        return Handled(answer=SILENCE, talk=desk.talk)
    staffs = link_console(incoming, desk) or for_staff(incoming, desk) or announce(incoming, desk)
    return staffs or with_memory(incoming, desk, handler)


_IN_GROUPS = (Kind.JOIN, Kind.POSTBACK)
