"""One field of an entry as lines, in the words that answers use."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.answers.amount_lines import given_words
from bot.answers.figures import stated
from bot.model.edition import Edition
from bot.model.entries import Before, DateCase, DateKind, Role, Stated
from bot.model.facet import Given
from bot.model.form_layout import Offer
from bot.model.goals import Every, Goal, Subject
from bot.model.owed import Owed
from bot.model.quantity import Quantity
from bot.model.rule import All, AnyOf, AtLeast, Fact, Is, Not, Rule


def lines_of(edition: Edition, value: Any) -> tuple[str, ...]:
    """What a field says, a line for each thing; nothing where it is empty."""
    match value:
        case tuple():
            return tuple(line for item in value for line in lines_of(edition, item))
        case bool():
            return ("是",) if value else ()
        case None | "":
            return ()
        case StrEnum():
            return (_CALLED.get(value, value.value),)
        case str() | int():
            return (_title(edition, str(value)),)
        case Mapping():
            return tuple(f"{key}：{said}" for key, said in value.items())
        case Is() | All() | AnyOf() | AtLeast() | Not():
            return (rule_words(value),)
        case _:
            return (_words(edition, value),) if value else ()


def _title(edition: Edition, said: str) -> str:
    """What is said; the title of an entry where only its id stands there."""
    if not said.isascii():
        return said
    named = edition.by_id.get(said)
    return named.title if named else said


# As the handbook of the plans' files calls them.
_CALLED: Mapping[StrEnum, str] = {
    DateKind.DEADLINE: "截止日",
    DateKind.WINDOW: "期間",
    DateKind.SESSION: "上課或營隊",
    DateKind.MEETING: "會議或比賽",
    DateKind.ANNOUNCEMENT: "公告",
    DateKind.PERIOD: "計畫期程",
    DateKind.MILESTONE: "往事",
    Subject.TEACHER: "教師",
    Subject.SCHOOL: "學校",
    Subject.CLASS: "班級",
    Subject.COMMUNITY: "社群",
    Subject.COUNTY: "縣市",
    Offer.FORMS: "表件下載",
}


def _words(edition: Edition, value: Any) -> str:
    match value:
        case Given():
            return given_words(edition, value)
        case DateCase():
            label = value.title or given_words(edition, value.given)
            note = f"（{value.note}）" if value.note else ""
            return f"{label + '：' if label else ''}{value.at.words()}{note}"
        case Before():
            titles = {entry.id: entry.title for entry in edition.dates}
            return f"「{titles.get(value.date, value.date)}」前{value.days}天"
        case Quantity() | Goal() | Owed():
            return _stated(edition, value)
        case Fact(title=title, ask=said):
            return f"{title}：{said}"
        case Stated(text=said, source=source):
            return f"{said}（{'、'.join(source)}）"
        case Role():
            notes = "；".join(value.notes.values())
            return f"{value.title}：{'、'.join(value.may) or '都不可以'}{notes and f'（{notes}）'}"
        case _:
            return str(getattr(value, "title", value))  # a requirement, a permission


_EACH = {
    Subject.SCHOOL: "每校",
    Subject.CLASS: "每班",
    Subject.COMMUNITY: "每社群",
    Subject.TEACHER: "每位教師",
}


def _owed(edition: Edition, value: Owed) -> str:
    """每班每學期1份（心得；期限：教師心得繳交時間）."""
    titles = {entry.id: entry.title for entry in edition.dates}
    said = [
        value.title or "、".join(value.words[:1]) or value.id,
        given_words(edition, value.given),
    ]
    said += [f"{word}：{titles.get(name, name)}" for word, name in _dates_of(value) if name]
    every = "每學期" if value.every is Every.TERM else ""
    each = _EACH.get(value.subject, "")
    return f"{each}{every}{value.count}{value.unit}（{'；'.join(filter(None, said))}）"


def _dates_of(value: Owed) -> tuple[tuple[str, str], ...]:
    return ("期限", value.due), ("最後期限", value.last)


def _stated(edition: Edition, value: Quantity | Goal | Owed) -> str:
    if isinstance(value, Owed):
        return _owed(edition, value)
    label = given_words(edition, value.given)
    return f"{label + '：' if label else ''}{_figure(edition, value)}"


def _figure(edition: Edition, value: Quantity | Goal) -> str:
    """上限20,000元; of a goal 每學期至少1次（到校）."""
    if isinstance(value, Quantity):
        facet = edition.facets.get(value.per)
        return stated(value, facet.unit if facet else "")
    titles = {entry.id: entry.title for entry in edition.dates}
    more = "、".join(filter(None, (value.mark, titles.get(value.by, value.by))))
    every = "每學期" if value.every is Every.TERM else ""
    return f"{every}至少{value.least}{value.unit}{f'（{more}）' if more else ''}"


def rule_words(rule: Rule) -> str:
    """A rule in one line: 擇一（在職教師；至少2項（…））."""
    match rule:
        case Is():
            return rule.text
        case Not(not_=part):
            return f"不可以（{rule_words(part)}）"
        case All(all=parts):
            return f"都要（{'；'.join(map(rule_words, parts))}）"
        case AnyOf(any=parts):
            return f"擇一（{'；'.join(map(rule_words, parts))}）"
        case AtLeast(at_least=n, of=parts):
            return f"至少{n}項（{'；'.join(map(rule_words, parts))}）"
