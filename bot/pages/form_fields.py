"""What may be typed on a form's page, and what was: used for one file, and kept nowhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from bot.model.edition import Edition
from bot.model.form_layout import FILLINGS, FormLayout
from bot.papers.known import LONGEST, MOST, Known, holds_id_number
from bot.understand.mask import ID, mask

NO_ID = "身分證字號請在紙本上自己填，這裡不收；剛才填的沒有留下，請重新填這一格。"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """One thing that may be typed: a line, several lines, one choice or several."""

    name: str  # of FILLINGS
    label: str
    hint: str = ""
    is_many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    fault: str = ""

    @property
    def value(self) -> str:
        """What stands in it, one a line."""
        return "\n".join(self.values)


def typed_fields(edition: Edition, layout: FormLayout, known: Known) -> list[TypedField]:
    """The fields of a form's page, with what is known of the person already in them."""
    found = []
    for name in layout.fillings:
        filling = FILLINGS[name]
        if filling.is_typed:
            made = TypedField(
                name=name,
                label=filling.label,
                hint=_order(layout, name) or filling.hint,
                is_many=filling.is_many,
                choices=_choices(edition, layout, name),
            )
            found.append(replace(made, values=_texts(known.get(name, ""))))
    return found


def read_typed(fields: Sequence[TypedField], form: MultiDict[str, str]) -> list[TypedField]:
    """The fields as they were sent, with what is wrong beside each."""
    return [_read(one, form) for one in fields]


def known_from(fields: Sequence[TypedField]) -> Known:
    """What was typed, as a form is filled in with it; for fields without faults."""
    return {f.name: f.values if f.is_many else f.value for f in fields if f.values}


def _read(typed: TypedField, form: MultiDict[str, str]) -> TypedField:
    sent = form.getlist(typed.name)
    if typed.choices:
        return replace(typed, values=tuple(v for v in dict.fromkeys(sent) if v in typed.choices))
    lines = [_clean(line) for text in sent for line in text.splitlines()]
    values = tuple(lines if typed.is_many else ["".join(lines)])
    while values and not values[-1]:
        values = values[:-1]
    if any(holds_id_number(value) or ID in mask(value) for value in values):
        return replace(typed, values=(), fault=NO_ID)
    if len(values) > MOST:
        fault = f"最多{MOST}行，現在有{len(values)}行，請刪減。"
        return replace(typed, values=values, fault=fault)
    longest = max(map(len, values), default=0)
    if longest > LONGEST:
        fault = f"最多{LONGEST}字，現在有{longest}字，請縮短。"
        return replace(typed, values=values, fault=fault)
    return replace(typed, values=values)


def _order(layout: FormLayout, name: str) -> str:
    """Which line goes where, for what the form wants at several places: 第1行填…；第2行填…."""
    found = re.compile(rf"^(.{{4,}}?)[，第]*\{{{name}\.([1-9])\}}")
    lines = (line for field in layout.fields for line in field.lines)
    places = {match[2]: match[1] for line in lines if (match := found.match(line))}
    return "；".join(f"第{place}行填「{said}」" for place, said in sorted(places.items()))


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, Sequence) else ()


def _choices(edition: Edition, layout: FormLayout, name: str) -> Mapping[str, str]:
    """What may be chosen: what the form prints to tick, else the values of the facet so named."""
    for one in layout.fields:
        if one.fill == name and one.options:
            return one.options
    facet = edition.facets.get(name)
    return {value: said.title for value, said in facet.values.items()} if facet else {}
