"""Cases from everything but dates: amounts, what is handed in, contacts, terms, roles, gaps."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from bot.model.edition import Edition
from bot.model.entries import (
    Amount,
    Conflict,
    Contact,
    Deliverable,
    Entry,
    Form,
    Link,
    Note,
    Requirement,
    RoleMatrix,
    Setting,
    Term,
    Track,
    Unsaid,
)
from bot.model.facet import Given
from bot.model.quantity import Quantity
from evaluation.askable import Askable, exactly
from evaluation.cases import Conversation, Turn

REFUSED = "不行|不可以|不能|沒有"


def of_entry(edition: Edition, entry: Entry) -> Iterator[Conversation]:
    """Cases of one entry; none where nothing of it can be asked for honestly."""
    askable = Askable(edition, entry)
    for kind, make in _MAKERS:
        if isinstance(entry, kind):
            yield from make(askable, entry)


def _amounts(askable: Askable, entry: Any) -> Iterator[Conversation]:
    """Each amount that is stated, asked with the case for which it is."""
    kind = "budget" if any(q.unit == "元" for q in entry.amount) else "quantity"
    for number, quantity in enumerate(entry.amount):
        label = askable.label(quantity.given)
        known = _known(quantity.given)
        turn = Turn(
            say=askable.question(_how_many(quantity), label),
            all=tuple(_figures(quantity)),
            clauses=askable.clauses(known),
        )
        yield askable.case(f"amount-{number}", kind, turn)


def _known(given: Given) -> dict[str, str]:
    return {facet: wanted[0] for facet, wanted in given.needs.items()}


def _how_many(quantity: Quantity) -> str:
    if quantity.value.is_share:
        return "是百分之多少"
    return "是多少錢" if quantity.unit == "元" else "是多少"


def _figures(quantity: Quantity) -> Iterator[str]:
    sums = [quantity.value.low, quantity.value.high]
    sums += [quantity.more.low, quantity.more.high] if quantity.more else []
    for figure in dict.fromkeys(sums):
        plain = _plain(figure)
        yield rf"(?<![\d.]){re.escape(plain)}\s*%" if quantity.value.is_share else f"@num:{plain}"


def _plain(figure: Decimal) -> str:
    said = f"{figure:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _told(tail: str, kind: str) -> Callable[[Askable, Any], Iterator[Conversation]]:
    """Asks by title; the entry's first sentence must come, or else what it lists."""

    def make(askable: Askable, entry: Any) -> Iterator[Conversation]:
        wanted = (entry.text,) if entry.text else (*entry.points, *getattr(entry, "items", ()))
        if getattr(entry, "amount", ()) or askable.is_disputed or not wanted:
            return
        turn = Turn(
            say=askable.question(tail),
            all=tuple(exactly(words) for words in wanted),
            clauses=askable.clauses(),
        )
        yield askable.case("told", kind, turn)

    return make


def _handed_to(askable: Askable, entry: Any) -> Iterator[Conversation]:
    if entry.to:
        turn = Turn(say=askable.question("要交到哪裡"), all=(exactly(entry.to),))
        yield askable.case("to", "requirement", turn)


def _named(kind: str, tail: str, *fields: str) -> Callable[[Askable, Any], Iterator[Conversation]]:
    """Asks by title; the values of these fields must come."""

    def make(askable: Askable, entry: Any) -> Iterator[Conversation]:
        wanted = [getattr(entry, name) for name in fields if getattr(entry, name)]
        if wanted:
            turn = Turn(
                say=askable.question(tail),
                all=tuple(map(exactly, wanted)),
                clauses=askable.clauses(),
            )
            yield askable.case("named", kind, turn)

    return make


def _form_parts(askable: Askable, entry: Any) -> Iterator[Conversation]:
    parts = (("fields", "要填什麼", entry.fields), ("signs", "要誰核章", entry.signatures))
    for name, tail, wanted in parts:
        if wanted:
            turn = Turn(say=askable.question(tail), all=tuple(map(exactly, wanted)))
            yield askable.case(name, "form", turn)


def _track(askable: Askable, entry: Any) -> Iterator[Conversation]:
    titles = [item.title for item in entry.items]
    turn = Turn(
        say=askable.question("有哪些"),
        all=tuple(map(exactly, titles)),
        clauses=askable.clauses(),
    )
    yield askable.case("items", "requirement", turn)


def _conflict(askable: Askable, entry: Any) -> Iterator[Conversation]:
    turn = Turn(
        say=askable.question(""),
        all=tuple(exactly(value.text) for value in entry.values),
        clauses=askable.clauses(),
    )
    yield askable.case("values", "conflict", turn)


def _unsaid(askable: Askable, entry: Any) -> Iterator[Conversation]:
    turn = Turn(say=askable.question("有規定嗎"), unknown=True, clauses=askable.clauses())
    yield askable.case("gap", "unknown", turn)


def _roles(askable: Askable, entry: Any) -> Iterator[Conversation]:
    """Each cell of the matrix."""
    short = askable.edition.about.short
    for role in entry.roles:
        for permission in entry.permissions:
            may = permission.id in role.may
            note = role.notes.get(permission.id, "")
            wanted: Sequence[str] = (exactly(note),) if note else ("可以",) if may else (REFUSED,)
            turn = Turn(
                say=f"{short}裡{role.title}可以{permission.title}嗎",
                all=tuple(wanted),
                none=("不行", "不可以") if may else (),
                clauses=askable.clauses(),
            )
            yield askable.case(f"{role.id}-{permission.id}", "permission", turn)


_MAKERS: tuple[tuple[type[Entry], Callable[[Askable, Any], Iterator[Conversation]]], ...] = (
    (Amount, _amounts),
    (Requirement, _amounts),
    (Requirement, _told("要做什麼", "requirement")),
    (Deliverable, _amounts),
    (Deliverable, _told("要交什麼", "requirement")),
    (Deliverable, _handed_to),
    (Setting, _amounts),
    (Setting, _told("怎麼設定", "quantity")),
    (Contact, _named("contact", "怎麼聯絡", "phone", "extension", "email", "line")),
    (Link, _named("link", "網址是什麼", "url")),
    (Form, _named("form", "是附件幾", "number")),
    (Form, _form_parts),
    (Term, _told("是什麼意思", "definition")),
    (Note, _told("是什麼", "definition")),
    (Track, _track),
    (Conflict, _conflict),
    (RoleMatrix, _roles),
    (Unsaid, _unsaid),
)
