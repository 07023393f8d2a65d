"""我是大直高中的老師, 換學校, 我不在…了: where somebody teaches, by their own word.

It is written down unconfirmed, and opens nothing of the school's.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import school_lines as lines
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.hand_over import hand_over, resign_words
from bot.handlers.schools.known import held_by, names_of
from bot.messages import Answer, Incoming
from bot.model.schools import Affiliation, School, SchoolRole
from bot.store import affiliations, schools
from bot.understand.mask import mask
from bot.understand.school_names import NOTHING, Found, SchoolNames
from bot.understand.school_statements import LONGEST, SchoolAct, SchoolSaid, hear_school

EXPECTS = "school:"  # what the talk expects: the name of a school
TEACHES = SchoolRole.TEACHER


def school_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to what somebody says of their school; None for all else."""
    said = hear_school(incoming.text)
    if said is None:
        return _replied(incoming, desk)
    if incoming.in_group or incoming.user_id is None:
        spoken = said.act is SchoolAct.SHOW or said.names_one
        return _said(desk, lines.plain(lines.ONE_TO_ONE)) if spoken else None
    match said.act:
        case SchoolAct.SHOW:
            return _said(desk, lines.shown(held_by(incoming, desk)))
        case SchoolAct.HAND_OVER:
            return hand_over(incoming, desk)
        case SchoolAct.RESIGN:
            return resign_words(incoming, desk)
        case SchoolAct.LEAVE:
            return _left(incoming, desk, said)
    if said.act is SchoolAct.MOVE and not said.name:
        return _asked_which(incoming, desk)
    return _told(incoming, desk, said)


def choose_school(incoming: Incoming, desk: Desk, code: str) -> Handled:
    """Writes down the school of a button."""
    if incoming.in_group or incoming.user_id is None:
        return _said(desk, lines.plain(lines.ONE_TO_ONE))
    school = schools.find(desk.db, incoming.channel_id, code)
    return _said(desk, _tied(incoming, desk, school) if school else lines.plain(lines.GONE))


def forget_school(incoming: Incoming, desk: Desk, code: str) -> Handled:
    """Ends the tie of a button; twice does no harm."""
    if incoming.in_group or incoming.user_id is None:
        return _said(desk, lines.plain(lines.ONE_TO_ONE))
    school = schools.find(desk.db, incoming.channel_id, code)
    where = (desk.db, incoming.channel_id, incoming.user_id)
    if school is None or not affiliations.untie(*where, code, TEACHES):
        return _said(desk, lines.plain(lines.LEFT_NONE))
    return _said(desk, lines.left([school]))


def _told(incoming: Incoming, desk: Desk, said: SchoolSaid) -> Handled | None:
    names = names_of(incoming, desk)
    if names is None:
        return _said(desk, lines.plain(lines.NONE_KNOWN)) if said.names_one else None
    found = _meant(names, said)
    if found is not None:
        return _settled(incoming, desk, said.name, found)
    return _said(desk, lines.unknown(mask(said.name))) if said.names_one else None


def _meant(names: SchoolNames, said: SchoolSaid) -> Found | None:
    """The schools that a statement may mean; None where it says nothing of a school."""
    found = names.look(said.name)
    if found.is_part and not said.is_explicit:
        return None  # 我在大安: a place, perhaps
    if found.schools and (found.is_sure or said.names_one):
        return found
    return None


def _replied(incoming: Incoming, desk: Desk) -> Handled | None:
    """The name alone, where it was asked for."""
    if desk.talk.as_of(incoming.at).expects != EXPECTS or len(incoming.text) > LONGEST:
        return None
    names = None if incoming.in_group else names_of(incoming, desk)
    found = names.look(incoming.text) if names else NOTHING
    said = incoming.text.strip()
    is_name = found.is_sure or SchoolSaid(SchoolAct.TEACH, said).names_one
    if not found.schools or not is_name:
        return None
    return _settled(incoming, desk, said, found)


def _settled(incoming: Incoming, desk: Desk, said: str, found: Found) -> Handled:
    if found.is_sure and len(found.schools) == 1:
        return _said(desk, _tied(incoming, desk, found.schools[0]))
    return _said(desk, lines.offer(found.schools, mask(said), is_sure=found.is_sure))


def _tied(incoming: Incoming, desk: Desk, school: School) -> Answer:
    """One school at a time: the new one takes the place of the one before."""
    before = [s for _, s in held_by(incoming, desk, TEACHES)]
    if [s.code for s in before] == [school.code]:
        return lines.already(school)
    where = (desk.db, incoming.channel_id, incoming.user_id or "")
    affiliations.untie_all(*where, TEACHES)
    own_word = Affiliation(school.code, TEACHES, incoming.at, confirmed=False)
    affiliations.tie(*where, own_word)
    return lines.tied(school, [s for s in before if s.code != school.code])


def _left(incoming: Incoming, desk: Desk, said: SchoolSaid) -> Handled | None:
    held = held_by(incoming, desk)
    if not said.name:
        return _ended(incoming, desk, [s for tie, s in held if tie.role is TEACHES])
    names = names_of(incoming, desk)
    found = names.look(said.name).schools if names else ()
    if not found and not said.names_one:
        return None
    codes = {school.code for school in found}
    meant = [s for tie, s in held if tie.role is TEACHES and s.code in codes]
    answers_for = [s for tie, s in held if tie.role is SchoolRole.CONTACT and s.code in codes]
    if answers_for and not meant:
        return resign_words(incoming, desk)
    return _ended(incoming, desk, meant)


def _ended(incoming: Incoming, desk: Desk, gone: Sequence[School]) -> Handled:
    where = (desk.db, incoming.channel_id, incoming.user_id or "")
    for school in gone:  # of one person: one, or two at most
        affiliations.untie(*where, school.code, TEACHES)
    return _said(desk, lines.left(gone) if gone else lines.plain(lines.LEFT_NONE))


def _asked_which(incoming: Incoming, desk: Desk) -> Handled:
    talk = replace(desk.talk.as_of(incoming.at), at=incoming.at, expects=EXPECTS)
    return Handled(answer=lines.plain(lines.ASK_WHICH), talk=talk)


def _said(desk: Desk, answer: Answer) -> Handled:
    is_over = desk.talk.expects == EXPECTS
    return Handled(answer=answer, talk=replace(desk.talk, expects="") if is_over else desk.talk)
