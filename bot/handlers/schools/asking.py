"""我們學校交了嗎, 還缺什麼, 什麼時候要交, 誰還沒完成: answered to a confirmed contact alone."""

from collections.abc import Callable, Sequence

from bot.answers import owed_lines as lines
from bot.answers.teacher_lines import unfinished_card
from bot.handlers.desk import Desk, Handled
from bot.handlers.schools.contact import Contact
from bot.handlers.schools.nudging import offer_nudge
from bot.handlers.schools.owed_order import OF_SCHOOL
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row
from bot.model.schools import School
from bot.rules.school_standing import missing
from bot.school_reading import Stands, unfinished
from bot.understand.school_asks import Ask, SchoolAsk, hear_ask
from bot.understand.school_reports import OwedWords

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
    if not held:
        return contact.text(lines.BECOME) if asked.is_of_school else None
    if asked.thing and not any(_naming(contact, school, asked) for school in held):
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
        return contact.said(_who(contact, school, stands))
    return contact.said(_cards(contact, school, asked, stands))


def _cards(contact: Contact, school: School, asked: SchoolAsk, stands: Sequence[Stands]) -> Answer:
    named = _naming(contact, school, asked) if asked.thing else {}
    url, now = contact.page(school), contact.incoming.at
    made: list[Card] = []
    for one in stands:
        slots = one.slots
        if asked.thing:
            slots = tuple(s for s in slots if s.slot.owed.id in named.get(one.edition.key, ()))
        if asked.ask is not Ask.HANDED_IN and not missing(slots):
            continue
        if slots:
            made.append(lines.plan_card(school, one.edition, slots, now, url))
    if not made:
        return lines.plain(f"{school.name}目前沒有還缺的，都交齊了。")
    quick = tuple(Button(word, say=word) for word in lines.WAYS_ON)
    parts = (made[0] if len(made) == 1 else Row(tuple(made)),)
    return Answer(parts, quick=quick, outcome=Outcome.ANSWERED)


def _who(contact: Contact, school: School, stands: Sequence[Stands]) -> Answer:
    incoming = contact.incoming
    where = (contact.desk.db, incoming.channel_id, school.code)
    found = unfinished(*where, stands, incoming.at)
    keys = dict.fromkeys(one.standing.edition.key for one in found)
    cards = tuple(
        unfinished_card(school, [u for u in found if u.standing.edition.key == key]) for key in keys
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


def _naming(contact: Contact, school: School, asked: SchoolAsk) -> dict[str, tuple[str, ...]]:
    """What the thing that was asked of means, by edition; empty where the school owes no such."""
    reader = contact.desk.reader
    fold: Callable[[str], str] = reader.word
    found = {}
    for one in contact.stands(school):
        words = OwedWords(one.edition, [s.slot for s in one.slots], fold)
        named = words.named(fold(asked.thing))
        if named:
            found[one.edition.key] = named
    return found
