"""A request for a form's file: 下載附件1, 報名表下載, 表單; and the button that brings it.

A question about forms stays a question: whom it must be signed by, where the plan keeps its file.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.form_lines import NONE_AT_ALL, called, paper_facts, papers_of, why_no_paper
from bot.handlers.decide import GOOD
from bot.handlers.desk import Desk, Handled
from bot.handlers.scope import named_scope
from bot.links import Purpose
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row, Text
from bot.model.edition import Edition
from bot.model.entries import Form, Unsaid
from bot.model.form_layout import Offer
from bot.store import enrolments
from bot.understand.gathered import once_a_reader
from bot.understand.mask import mask
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.small_talk import bare

CLEARLY = 0.15  # scores: how far ahead of another plan's matter a form must be
FORMS = "forms"  # a button's data: forms=<edition key>#<form id>, or forms=<edition key>
LONGEST = 40  # characters of a request
MOST_PLANS = 5  # cards side by side; of more plans, one card leads to the page of all
MOST_BUTTONS = 4
OUTSIDE = "?openExternalBrowser=1"  # LINE's own browser saves no files
IN_GROUP = "表件的連結只給本人使用，請到和我的一對一聊天室輸入「表單」。"
NO_PAGES = "這裡沒有網頁可以開；請在 LINE 裡輸入同樣的字。"
GONE = "找不到這一份表件，可能已經更新。請輸入「表單」看現有的表件。"
_WANTED = re.compile(r"下載|電子檔|可編輯的?檔?|(?:word|excel|pdf)(?:檔案?)?|檔案|空白的?")
# Whether we would fill it in: our file does come with what is known.
_FILL = re.compile(
    r"(?:可不可以|能不能|可以|能|會)?先?(?:(?:幫|替)(?:我們?|忙)?先?(?:填寫|填|寫)好?|預填|代填)(?:一下)?"
)
_ENDS_ASKING = re.compile(r"[嗎呢\W]+$")
_ASKS = re.compile(
    r"哪|嗎|還是|怎|什麼|誰|幾|多少|何|有沒有|能不能|可不可以|要不要|是不是|多久|呢|從"
)
_POLITE = re.compile(
    r"^(?:的|我們|我|想要|想|要|需要|請|麻煩|幫忙|幫我|給我|直接|去|看)+|(?:的|了|一下|給我|謝謝|一份|好)+$"
)
_EVERY = frozenset({"表單", "表件", "附件", "附件表單", "附件表格", "附件表件", "申請表單"})
_WITH_WANT = _EVERY | {"", "表格", "表", "全部附件", "所有附件", "全部表單", "所有表單"}
_NUMBER = re.compile(r"附件(\d)")
_YEAR = re.compile(r"^\d{2,3}(?:學?年度?)?的?")


def ask_for_forms(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to a request for a form's file; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    said = mask(incoming.text)
    if _FILL.search(said):
        said = _ENDS_ASKING.sub("", _FILL.sub("下載", said, count=1))
    question = desk.reader.question(said, incoming.at)
    wish = _wish(question, desk)
    if wish is None:
        return None
    found = _found(wish, question, incoming, desk)
    if not found:
        return None
    if incoming.in_group:
        return _said(desk, Answer(parts=(Text(IN_GROUP),), outcome=Outcome.CHAT))
    return _said(desk, _answer(incoming, desk, found))


def press_forms(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """The card with the way to the form, or the forms, that a button names."""
    key, _, form_id = value.partition("#")
    edition = desk.reader.edition(key)
    if edition is None or (form_id and all(form.id != form_id for form in edition.forms)):
        return _said(desk, Answer(parts=(Text(GONE),), outcome=Outcome.CHAT))
    if incoming.in_group:
        return _said(desk, Answer(parts=(Text(IN_GROUP),), outcome=Outcome.CHAT))
    named = tuple(form for form in edition.forms if form.id == form_id)
    return _said(desk, _answer(incoming, desk, [(edition, named or papers_of(edition))]))


def with_forms(incoming: Incoming, desk: Desk, handled: Handled) -> Handled:
    """What was handled, with the way to our own file where it is about a form."""
    answer = handled.answer
    item = desk.reader.index.by_key.get(
        f"{answer.why.plan}/{answer.why.edition}#{answer.why.entry}"
    )
    if item is None or incoming.in_group or incoming.user_id is None:
        return handled
    entry, edition = item.entry, item.edition
    if isinstance(entry, Form) and not why_no_paper(entry) and answer.outcome is Outcome.ANSWERED:
        button = Button("下載這張表", data=f"{FORMS}={edition.key}#{entry.id}")
        return replace(handled, answer=replace(answer, quick=(*answer.quick, button)))
    offers = isinstance(entry, Unsaid) and entry.offer is Offer.FORMS and papers_of(edition)
    if offers and answer.parts and isinstance(answer.parts[0], Card):
        card = answer.parts[0]
        buttons = _page_buttons(incoming, desk, [("下載師鐘重做的表件", f"/{edition.key}")])
        card = replace(card, buttons=(*card.buttons, *buttons))
        return replace(handled, answer=replace(answer, parts=(card, *answer.parts[1:])))
    return handled


def _wish(question: Question, desk: Desk) -> str | None:
    """What is wanted, without the names of plans; None where the message wants no file."""
    left = bare(_without_names(question))
    rest = _WANTED.sub("", left)
    wish = _POLITE.sub("", _YEAR.sub("", rest))
    if rest == left and wish not in _EVERY:
        return None
    if (
        _ASKS.search(question.text)
        or "?" in question.key
        or bare(question.key) in _sayings(desk.reader)
    ):
        return None
    return wish


@once_a_reader
def _sayings(reader: Reader) -> frozenset[str]:
    """How people ask where a plan keeps its files: those are questions."""
    return frozenset(
        bare(reader.word(saying))
        for edition in reader.library.editions
        for entry in edition.unsaid
        if entry.offer is Offer.FORMS
        for saying in entry.says
    )


def _without_names(question: Question) -> str:
    """The folded text without the plans and counties that it names."""
    key, starts, items = question.key, question.symbols.starts, question.symbols.items
    for named in sorted(question.named, key=lambda n: -n.first):
        key = key[: starts[named.first]] + key[starts[named.last] + len(items[named.last]) :]
    for place in question.places:
        key = key.replace(place, "")
    return key


def _found(
    wish: str, question: Question, incoming: Incoming, desk: Desk
) -> Sequence[tuple[Edition, tuple[Form, ...]]]:
    """The forms wished for: of the plan named, else the talk's, those followed, of all."""
    reader = desk.reader
    talk = desk.talk.as_of(incoming.at)
    scope = named_scope(question, reader)
    tries: list[Sequence[str]] = [scope.plans] if scope else []
    if not scope:
        tries = [(talk.plan,) if talk.plan else (), _followed(incoming, desk), reader.plans]
    for plans in tries:
        years = [year.year for year in question.years]
        editions = [reader.edition_at(p, incoming.at, years) for p in plans if p in reader.plans]
        found = [(e, forms) for e in editions if (forms := _matching(wish, e, desk))]
        if not found and wish not in _WITH_WANT and not _NUMBER.search(wish):
            found = _nearest(wish, plans, incoming, desk)
        if found:
            return found
        if scope and wish in _WITH_WANT:
            return [(edition, ()) for edition in editions]
    return []


def _followed(incoming: Incoming, desk: Desk) -> Sequence[str]:
    """The plans that the person follows, each once; in groups nothing is said of a person."""
    if incoming.in_group or incoming.user_id is None:
        return ()
    joined = enrolments.of_person(desk.db, incoming.channel_id, incoming.user_id)
    return tuple(dict.fromkeys(e.plan for e in joined))


def _matching(wish: str, edition: Edition, desk: Desk) -> tuple[Form, ...]:
    forms = papers_of(edition)
    if wish in _WITH_WANT:
        return forms
    word = desk.reader.word
    numbers = {f"附件{n}" for n in _NUMBER.findall(wish)}
    if numbers:
        return tuple(form for form in forms if word(form.number) in numbers)
    titles = [(form, bare(word(form.title)), bare(word(called(form)))) for form in forms]
    return tuple(
        f for f, title, full in titles if len(wish) > 1 and (wish in full or title in wish)
    )


def _nearest(
    wish: str, plans: Sequence[str], incoming: Incoming, desk: Desk
) -> list[tuple[Edition, tuple[Form, ...]]]:
    """The form that the wish, as a question, is about; empty where it is about something else."""
    reader = desk.reader
    known = [plan for plan in plans if plan in reader.plans]
    ranked = reader.rank(reader.question(wish, incoming.at), known, incoming.at)
    best = ranked[0] if ranked else None
    if best is None or best.score < GOOD or not isinstance(best.item.entry, Form):
        return []
    others = (c.score for c in ranked if c.item.edition.plan != best.item.edition.plan)
    if best.score < max(others, default=0.0) + CLEARLY:
        return []
    return [] if why_no_paper(best.item.entry) else [(best.item.edition, (best.item.entry,))]


def _answer(
    incoming: Incoming, desk: Desk, found: Sequence[tuple[Edition, tuple[Form, ...]]]
) -> Answer:
    if len(found) > MOST_PLANS:
        buttons = _page_buttons(incoming, desk, [("看各計畫的表件", "")])
        lead = f"有{len(found)}份計畫的表件可以下載。"
        return Answer((Card(title="表件下載", lead=lead, buttons=buttons),), outcome=Outcome.CHAT)
    cards = tuple(_card(incoming, desk, edition, forms) for edition, forms in found)
    return Answer(
        parts=(Row(cards),) if len(cards) > 1 else cards,
        outcome=Outcome.CHAT,
    )


def _card(incoming: Incoming, desk: Desk, edition: Edition, forms: Sequence[Form]) -> Card:
    short, key = edition.about.short, edition.key
    papers = [form for form in forms if not why_no_paper(form)]
    if not papers:
        why = why_no_paper(forms[0]) if forms else NONE_AT_ALL
        return Card(title=short, lead=why, document=edition.about.title)
    pages = [(f"填寫並下載{called(form)}", f"/{key}/{form.id}") for form in papers]
    if len(papers) == 1:
        lead, facts = f"「{called(papers[0])}」可以下載。", paper_facts(papers[0])
    else:
        lead = "可以下載：" + "、".join(map(called, papers)) + "。"
        facts = ()
    if len(pages) > MOST_BUTTONS:
        pages = [("看這份計畫的表件", f"/{key}")]
    buttons = _page_buttons(incoming, desk, pages)
    facts = facts if buttons else (*facts, NO_PAGES)
    return Card(title=short, lead=lead, facts=facts, buttons=buttons, document=edition.about.title)


def _page_buttons(
    incoming: Incoming, desk: Desk, pages: Sequence[tuple[str, str]]
) -> tuple[Button, ...]:
    """Buttons to pages of forms; none where there are no pages."""
    if desk.links is None or incoming.user_id is None:
        return ()
    whose = (incoming.channel_id, incoming.user_id)
    token = desk.links.token(*whose, Purpose.OWN, incoming.at)
    return tuple(
        Button(label, url=desk.links.page(token, f"forms{path}{OUTSIDE}")) for label, path in pages
    )


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
