"""我們學校交了嗎, 還缺什麼, 什麼時候要交, 誰還沒完成: answered to a confirmed contact alone."""

from collections.abc import Sequence

from bot.answers import owed_lines as lines
from bot.answers.teacher_lines import unfinished_card
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.known import names_of
from bot.handlers.schools.naming import in_order_of_days, naming
from bot.handlers.schools.nudging import offer_nudge
from bot.handlers.schools.owed_order import OF_SCHOOL
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row
from bot.model.schools import School
from bot.rules.school_standing import missing
from bot.school_reading import Stands, unfinished
from bot.understand.school_asks import Ask, SchoolAsk, hear_ask
from bot.understand.school_statements import SchoolAct, SchoolSaid

UPLOAD = "在學校頁面上傳名冊或研習完成名單：先看逐列的結果，確認後才會存入。"


def school_asks(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to what is asked of one's school; None for all else."""
    asked = hear_ask(incoming.text)
    if asked is None:
        return None
    contact = Contact(incoming, desk)
    if incoming.in_group:
        return contact.text(lines.ONE_TO_ONE) if asked.is_of_school else None
    held = contact.schools
    if asked.ask is Ask.CONTACT:
        return contact.said(_new_contact(held))
    if asked.thing and (named := _schools_named(contact, asked.thing)):
        return _of_named(contact, held, named, asked)
    if not held:
        return contact.text(lines.BECOME) if asked.is_of_school else None
    if asked.thing and not any(naming(contact, school, asked.thing) for school in held):
        return None  # a question to the plans
    if len(held) > 1:
        return contact.said(_which(held, asked))
    return _answer(contact, held[0], asked)


def of_school(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """The same of the school that a button names."""
    contact = Contact(incoming, desk)
    code, _, rest = value.partition("|")
    ask, _, thing = rest.partition("|")
    school = contact.school(code)
    if school is None or ask not in set(Ask):
        return contact.text(lines.NOT_YOURS)
    return _answer(contact, school, SchoolAsk(Ask(ask), thing, is_of_school=True))


def _schools_named(contact: Contact, thing: str) -> tuple[School, ...]:
    """The schools that an ask names in place of a thing: 大直國小交了嗎."""
    if not SchoolSaid(SchoolAct.TEACH, thing).names_one:
        return ()
    names = names_of(contact.incoming, contact.desk)
    found = names.look(thing) if names else None
    return found.schools if found and not found.is_part else ()


def _of_named(
    contact: Contact, held: Sequence[School], named: Sequence[School], asked: SchoolAsk
) -> Handled:
    """The answer of one's own school; of others nothing is told."""
    codes = {school.code for school in named}
    own = next((school for school in held if school.code in codes), None)
    if own is not None:
        return _answer(contact, own, SchoolAsk(asked.ask, is_of_school=True))
    if not held:
        return contact.text(lines.BECOME)
    names = "、".join(school.name for school in held)
    said = f"我只能給您看您承辦的學校（{names}）。其他學校的繳交情形請洽承辦單位。"
    return contact.said(lines.plain(said, *(Button(word, say=word) for word in lines.WAYS_ON)))


def _new_contact(held: Sequence[School]) -> Answer:
    if not held:
        return lines.plain(lines.NEW_CONTACT)
    names = "、".join(school.name for school in held)
    quick = (
        *(Button(word, say=word) for word in lines.WAYS_ON),
        Button("承辦人異動", say="承辦人異動"),
    )
    return lines.plain(f"您已經開通為{names}的承辦人，可以直接問我學校交了沒有。", *quick)


def _which(held: Sequence[School], asked: SchoolAsk) -> Answer:
    choice = [
        (school.name, f"{OF_SCHOOL}={school.code}|{asked.ask.value}|{asked.thing}")
        for school in held[:12]
    ]
    return lines.asked("學校", "您是幾所學校的承辦人，要看哪一所？", choice)


def _answer(contact: Contact, school: School, asked: SchoolAsk) -> Handled:
    if asked.ask is Ask.PAGE:
        return contact.said(_page(contact, school))
    if asked.ask is Ask.NUDGE:
        return offer_nudge(contact, school)
    stands = contact.stands(school)
    if not stands:
        return contact.text(f"{school.name}{lines.WITHOUT}")
    if asked.ask is Ask.WHO:
        return contact.said(_who(contact, school, asked, stands))
    return contact.said(_cards(contact, school, asked, stands))


def _cards(contact: Contact, school: School, asked: SchoolAsk, stands: Sequence[Stands]) -> Answer:
    named = naming(contact, school, asked.thing) if asked.thing else {}
    url, now = contact.page(school), contact.incoming.at
    made: list[Card] = []
    for one in in_order_of_days(stands):
        slots = one.slots
        if asked.thing:
            slots = tuple(s for s in slots if s.slot.owed.id in named.get(one.edition.key, ()))
        if asked.ask is not Ask.HANDED_IN and not missing(slots):
            continue
        if slots:
            made.append(lines.plan_card(school, one.edition, slots, now, url))
    if not made:
        of = f"的「{asked.thing}」" if asked.thing else ""
        return lines.plain(f"{school.name}{of}目前沒有還缺的，都交齊了。")
    quick = tuple(Button(word, say=word) for word in lines.WAYS_ON)
    parts = (made[0] if len(made) == 1 else Row(tuple(made)),)
    return Answer(parts, quick=quick, outcome=Outcome.ANSWERED)


def _who(contact: Contact, school: School, asked: SchoolAsk, stands: Sequence[Stands]) -> Answer:
    incoming = contact.incoming
    where = (contact.desk.db, incoming.channel_id, school.code)
    if asked.thing:
        keys = naming(contact, school, asked.thing)
        stands = [one for one in stands if one.edition.key in keys]
    found = unfinished(*where, stands, incoming.at)
    keys_found = dict.fromkeys(one.standing.edition.key for one in found)
    cards = tuple(
        unfinished_card(school, [u for u in found if u.standing.edition.key == key])
        for key in keys_found
    )
    if not cards:
        return lines.plain(
            f"{school.name}名冊上的老師沒有還沒完成的；名冊還沒上傳，或計畫沒有教師要完成的項目，"
            "也會是這個結果。",
            Button("上傳名冊", say="上傳名冊"),
        )
    quick = (Button("提醒老師", say="提醒老師"),)
    return Answer(
        (cards[0] if len(cards) == 1 else Row(cards),), quick=quick, outcome=Outcome.ANSWERED
    )


def _page(contact: Contact, school: School) -> Answer:
    url = contact.page(school, "/lists")
    if not url:
        return lines.plain("這裡沒有網頁可以開，請在 LINE 裡辦理，或洽承辦單位。")
    card = Card(
        title=f"{school.name}｜名冊",
        lead=UPLOAD,
        facts=("名單裡的身分證字號、電話不會讀取，也不會保存。",),
        buttons=(
            Button("上傳名冊或名單", url=url),
            Button("名冊和連結碼", url=contact.page(school, "/roster")),
        ),
    )
    return Answer((card,), outcome=Outcome.CHAT)
