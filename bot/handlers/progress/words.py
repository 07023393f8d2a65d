"""Words about one's own progress: replies to what was asked, undoing, showing, joining, reports.

What none of them takes is a question.
"""

import json

from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.joining import (
    is_about_joining,
    join_by_words,
    join_pressed,
    leave_by_words,
    leave_pressed,
    name_told,
)
from bot.handlers.progress.orders import DID, JOIN, LEAVE, LONGEST_LABEL, MISSED, PICK, UNDO
from bot.handlers.progress.own import CHOICE, IN_GROUP, LABEL, Own
from bot.handlers.progress.reporting import did_pressed, report
from bot.handlers.progress.sessions import choose, miss, missed_pressed, pick_pressed
from bot.handlers.progress.showing import asks_for_progress, check_by_words, show_by_words
from bot.handlers.progress.undoing import correct, undo_by_words, undo_pressed
from bot.messages import Incoming
from bot.understand.mask import mask
from bot.understand.short_replies import Reply, hear_reply
from bot.understand.small_talk import bare

LONGEST = 120  # characters: a longer message reports nothing
BUTTONS = {
    JOIN: join_pressed,
    DID: did_pressed,
    PICK: pick_pressed,
    MISSED: missed_pressed,
    UNDO: undo_pressed,
    LEAVE: leave_pressed,
}
# In this order: what is a reply to a question of ours is nothing else.
_TRIED = (
    undo_by_words,
    join_by_words,
    leave_by_words,
    show_by_words,
    check_by_words,
    correct,
    report,
    miss,
    choose,
)


def progress_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is done about words on one's own progress; None for all else."""
    if incoming.user_id is None or len(incoming.text) > LONGEST:
        return None
    folded = desk.reader.fold(mask(incoming.text))
    own = Own(incoming, desk)
    if incoming.in_group:
        is_own = asks_for_progress(folded) or (
            is_about_joining(folded) and ("進度" in folded or "追蹤" in folded)
        )
        return own.text(IN_GROUP) if is_own else None
    replied = _replied(own, folded)
    if replied:
        return replied
    for handler in _TRIED:
        handled = handler(own, folded)
        if handled:
            return handled
    return None


def _replied(own: Own, folded: str) -> Handled | None:
    """What a typed answer to our own question does; None where it is none."""
    expects = own.desk.talk.as_of(own.incoming.at).expects
    said = bare(folded)
    if expects.startswith(LABEL) and 0 < len(said) <= LONGEST_LABEL and not _asks(own, folded):
        return name_told(own, mask(own.incoming.text), expects.removeprefix(LABEL))
    if not expects.startswith(CHOICE):
        return None
    choice = [(label, data) for label, data in json.loads(expects.removeprefix(CHOICE))]
    data = _chosen(own, said, choice)
    if not data:
        return None
    name, _, value = data.partition("=")
    return BUTTONS[name](own.incoming, own.desk, value)


def _chosen(own: Own, said: str, choice: list[tuple[str, str]]) -> str:
    """The data of the button that a typed answer means: by its words, its number, yes or no."""
    if said.isdigit() and 0 < int(said) <= len(choice):
        return choice[int(said) - 1][1]
    titles = [(bare(own.desk.reader.fold(label)), data) for label, data in choice]
    exact = [data for title, data in titles if title == said]
    inside = [data for title, data in titles if len(said) > 1 and said in title]
    if exact or len(inside) == 1:
        return (exact or inside)[0]
    is_yes_or_no = len(choice) == 2 and choice[1][0].startswith(("不", "先不"))
    reply = hear_reply(said) if is_yes_or_no else None
    refused = said in ("不用", "不要", "先不要", "不用了", "算了")
    if reply is Reply.YES or (is_yes_or_no and said in ("要", "好", "加入", "確定")):
        return choice[0][1]
    return choice[1][1] if reply is Reply.NO or (is_yes_or_no and refused) else ""


def _asks(own: Own, folded: str) -> bool:
    """Whether a message asks something, in place of giving a name."""
    return bool(own.desk.reader.question(folded, own.incoming.at).asked.wants) or "?" in folded
