"""回報 in a broadcast: which school, and how many pieces came; a tap alone reports nothing."""

from collections.abc import Sequence

from bot.answers import owed_lines as lines
from bot.answers.key_targets import REPORT
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.handing_in import NO, TITLE
from bot.handlers.schools.owed_order import OWED, OwedOrder
from bot.messages import Incoming
from bot.model.schools import School
from bot.model.submission import Standing
from bot.rules.school_standing import SlotStanding
from bot.school_reading import Stands

NOT_NOW = ("還沒交", f"{OWED}={NO}")
SCHOOLS_AT_ONCE = 12


def ask_what_came(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Asks a contact how many of the thing were handed in; nobody else can report.

    Args:
        value: <edition key>#<id of what is owed>, behind it |<school code> where that is settled.
    """
    contact = Contact(incoming, desk)
    if incoming.in_group:
        return contact.text(lines.ONE_TO_ONE)
    target, _, code = value.partition("|")
    edition_key, _, owed = target.partition("#")
    held = contact.schools
    if not held:
        return contact.text(lines.BECOME)
    found = {
        school.code: (school, one, slots)
        for school in held
        if code in ("", school.code)
        for one in contact.stands(school)
        if one.edition.key == edition_key and (slots := _slots(one, owed))
    }
    if not found:
        return contact.text("貴校的應繳項目裡沒有這一項，不用回報。應該要有的話，請洽承辦單位。")
    if len(found) > 1:
        choice = [(s.name, f"{REPORT}={target}|{s.code}") for s, _, _ in found.values()]
        which = lines.asked(TITLE, "要回報哪一所學校的？", choice[:SCHOOLS_AT_ONCE])
        return contact.said(which)
    return _how_many(contact, *next(iter(found.values())))


def _slots(one: Stands, owed: str) -> list[SlotStanding]:
    return [stands for stands in one.slots if stands.slot.owed.id == owed]


def _how_many(
    contact: Contact, school: School, one: Stands, slots: Sequence[SlotStanding]
) -> Handled:
    """What is still open of it, as taps: one of it, or all of it."""
    title, unit = slots[0].slot.title, slots[0].slot.owed.unit
    so_far = lines.count_words(lines.total(slots))
    left = sum(stands.left for stands in slots)
    if not left:
        return contact.text(f"{school.name}的「{title}」都回報過了（{so_far}），不用再回報。")
    order = OwedOrder(school=school.code, edition=one.edition.key, owed=slots[0].slot.owed.id)
    asked_for = sum(s.left for s in slots if not s.counts[Standing.NOT_YET]) or left
    choice = [(f"交了1{unit}", order.but(count=1).data)]
    if asked_for > 1:
        choice.append((f"{asked_for}{unit}都交了", order.but(count=asked_for).data))
    lead = f"{school.name}的「{title}」交了嗎？"
    facts = (so_far, f"其他數量請直接寫，例如「{title}交了2{unit}」") if left > 1 else (so_far,)
    title_line = f"{TITLE}｜{one.edition.about.short}"
    return contact.said(lines.asked(title_line, lead, [*choice, NOT_NOW], *facts))
