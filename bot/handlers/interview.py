"""Checking an eligibility from the start: which one, again from the beginning, or where it was."""

import re
from dataclasses import replace

from bot.handlers import eligible
from bot.handlers.desk import Desk, Handled
from bot.handlers.inquiry import Inquiry
from bot.handlers.passing_on import text_of
from bot.handlers.remembering import is_open, told_before
from bot.handlers.scope import named_scope
from bot.handlers.told_facts import UNSURE, eligibility_of, kept
from bot.messages import Answer, Button, Card, Incoming, Outcome, Text, Tone, Why
from bot.model.edition import Edition
from bot.model.entries import Eligibility
from bot.store.interviews import Told
from bot.understand.mask import mask
from bot.understand.said_facts import SaidFacts
from bot.understand.small_talk import bare

CHECK = "check"  # what a button brings back: check=<plan> or check=<entry key>
LONGEST = 30  # characters: a longer message asks something of its own
MOST_PLANS = 11

_MAY_I = re.compile(
    r"(?:請問)?(?:我|我們|本校|我們學校|這樣)?(?:可以|能|能不能|可不可以|有沒有|有|符合|符不符合)?"
    r"(?:報名|申請|參加|資格)(?:嗎|呢)?"
)
_ASKS = re.compile("嗎|能不能|可不可以|有沒有|符不符合")
_CHECK = re.compile(
    r"(?:請|可以|我想|我要|想要?|要)?(?:幫我)?(?:檢查|查|確認)(?:一下)?(?:我的)?(?P<of>.{0,14}?)的?資格"
    r"|(?P<whose>.{0,14}?)的?資格檢查"
)
_RESUME = re.compile(r"(?:繼續|接著)(?:檢查)?資格(?:檢查)?|繼續檢查(?:資格)?")
_AGAIN = re.compile(r"(?:重新|從頭|重頭)(?:開始)?(?:檢查|查)(?:資格|一次|一遍)?|資格重新檢查")
_NOTHING_LEFT = "沒有檢查到一半的資格。要檢查哪一個計畫的資格？"
_IN_GROUP = "檢查資格要問一些您個人的情形，請到和我的一對一聊天室寫「幫我檢查資格」。"
_ASKED = "我有資格嗎"  # the question that waits until it is known of what
_ANEW = "好的，先前說的都不算了，重新來。"


def interview_words(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is said to 幫我檢查資格, 繼續檢查資格, 重新檢查資格; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    said = bare(desk.reader.fold(mask(incoming.text)))
    picked = _picked(incoming, desk, said)
    if picked:
        return check(incoming, desk, picked)
    begins = _CHECK.fullmatch(said)
    goes_on, anew = _RESUME.fullmatch(said), _AGAIN.fullmatch(said)
    if incoming.in_group and (begins or goes_on or anew):
        return Handled(answer=text_of(_IN_GROUP), talk=desk.talk)
    if goes_on:
        return _resumed(incoming, desk)
    if anew:
        return _from_the_start(incoming, desk)
    question = desk.reader.question(mask(incoming.text), incoming.at)
    named = named_scope(question, desk.reader)
    if begins and (named or not (begins["of"] or begins["whose"])):
        return _begun(incoming, desk, list(named.plans) if named else [])
    may_i = _MAY_I.fullmatch(said) and _ASKS.search(said)
    talk = desk.talk.as_of(incoming.at)
    if may_i and not named and not talk.text:  # nothing was asked yet: at most a plan is followed
        return _which(incoming, desk, [talk.plan] if talk.plan else [])
    return None


def _picked(incoming: Incoming, desk: Desk, said: str) -> str:
    """What was offered and is now told by its number or its title; empty for all else."""
    talk, reader = desk.talk.as_of(incoming.at), desk.reader
    if talk.pending != _ASKED:
        return ""
    for number, offer in enumerate(talk.offered, 1):
        entry = eligibility_of(reader, offer)[1]
        plans = [] if entry else [e.about.short for e in reader.editions(offer)]
        titles = [entry.title] if entry else plans
        if said == str(number) or said in [bare(reader.fold(title)) for title in titles]:
            return offer
    return ""


def check(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """What a button does that names a plan or one of its eligibilities."""
    edition, entry = eligibility_of(desk.reader, value)
    if edition and entry:
        return _start(incoming, desk, edition, entry)
    plans = [value] if value in desk.reader.plans else []
    return _which(incoming, desk, plans)


def _begun(incoming: Incoming, desk: Desk, plans: list[str]) -> Handled:
    """Starts with the plan that is named, or the eligibility or plan that the talk is about."""
    talk = desk.talk.as_of(incoming.at)
    edition, entry = eligibility_of(desk.reader, talk.entry)
    if edition and entry and plans in ([], [edition.plan]):
        return _start(incoming, desk, edition, entry)
    return _which(incoming, desk, plans or ([talk.plan] if talk.plan else []))


def _resumed(incoming: Incoming, desk: Desk) -> Handled:
    """Goes on with what was begun last; what nobody was sure of is asked for again."""
    rows = told_before(incoming, desk)
    found = next((r for r in rows if is_open(desk.reader, r)), next(iter(rows), None))
    edition, entry = eligibility_of(desk.reader, found.entry if found else "")
    if edition is None or entry is None:
        return _which(incoming, desk, [], _NOTHING_LEFT)
    head = f"{edition.key}#{entry.id}:"
    facts = desk.talk.facts.items()
    known = {k: v for k, v in facts if v != UNSURE or not k.startswith(head)}
    return _start(incoming, replace(desk, talk=replace(desk.talk, facts=known)), edition, entry)


def _which(incoming: Incoming, desk: Desk, plans: list[str], lead: str = "") -> Handled:
    """Starts where only one eligibility can be meant, else asks which."""
    reader = desk.reader
    editions = [reader.edition_at(plan, incoming.at) for plan in plans or reader.plans]
    editions = [edition for edition in editions if edition.eligibility]
    if len(editions) == 1 and len(editions[0].eligibility) == 1:
        return _start(incoming, desk, editions[0], editions[0].eligibility[0])
    if not editions:
        lead = "這個計畫沒有列出資格條件。您想檢查的是哪一個計畫？"
        editions = [e for p in reader.plans if (e := reader.edition_at(p, incoming.at)).eligibility]
    if len(editions) == 1:
        title, lead = editions[0].about.short, lead or "您想檢查的是哪一項資格？"
        pairs = [(e.title, f"{editions[0].key}#{e.id}") for e in editions[0].eligibility]
        lines = tuple(f"{e.title}：可以{e.who}嗎" for e in editions[0].eligibility)
    else:
        title, lead = "檢查資格", lead or "您想檢查的是哪一個計畫的資格？"
        pairs = [(e.about.short, e.plan) for e in editions]
        lines = tuple(
            f"{e.about.short}：{'、'.join(x.title for x in e.eligibility)}" for e in editions
        )
    card = Card(title=title, lead=lead, facts=lines, tone=Tone.ASK)
    quick = tuple(Button(name, data=f"{CHECK}={value}") for name, value in pairs[:MOST_PLANS])
    talk = replace(
        desk.talk.as_of(incoming.at),
        at=incoming.at,
        pending=_ASKED,
        offered=tuple(value for _, value in pairs),
        expects="",
    )
    why = Why(because="which eligibility")
    return Handled(answer=Answer((card,), quick, Outcome.ASKED, why), talk=talk)


def _start(incoming: Incoming, desk: Desk, edition: Edition, entry: Eligibility) -> Handled:
    """The verdict on what is known of the person, and the first question."""
    key = f"{edition.key}#{entry.id}"
    question = desk.reader.question(entry.title, incoming.at)
    talk = desk.talk.as_of(incoming.at)
    inquiry = Inquiry(question=question, talk=talk, reader=desk.reader, now=incoming.at)
    facts = SaidFacts(kept(talk.facts, edition, entry))  # the title tells nothing of the person
    said = eligible.answer(inquiry, edition, entry, facts, in_turn=True)
    begun = {f: said.talk.facts[h] for f in _ids(entry) if (h := f"{key}:{f}") in talk.facts}
    return Handled(answer=said.answer, talk=said.talk, told=[Told(key, begun, incoming.at)])


def _ids(entry: Eligibility) -> list[str]:
    return [fact.id for fact in entry.facts]


def _from_the_start(incoming: Incoming, desk: Desk) -> Handled:
    """Forgets what was told about the eligibility that was last spoken of, and begins it anew."""
    talk = desk.talk.as_of(incoming.at)
    edition, entry = eligibility_of(desk.reader, talk.entry)
    if edition is None or entry is None:
        last = next(iter(told_before(incoming, desk)), None)
        edition, entry = eligibility_of(desk.reader, last.entry if last else "")
    if edition is None or entry is None:
        return _which(incoming, desk, [])
    head = f"{edition.key}#{entry.id}:"
    left = {k: v for k, v in talk.facts.items() if not k.startswith(head)}
    fresh = replace(talk, facts=left, facets={})
    handled = _start(incoming, replace(desk, talk=fresh), edition, entry)
    parts = (Text(_ANEW), *handled.answer.parts)
    return replace(handled, answer=replace(handled.answer, parts=parts))
