"""What may be typed on a form's page, and what was: used for one file, and kept nowhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from werkzeug.datastructures import MultiDict

from bot.model.edition import Edition
from bot.model.form_layout import FILLINGS, FormLayout
from bot.papers.known import LONGEST, MOST, Known, holds_id_number
from bot.understand.mask import ID, mask

CLEAR = 4  # characters that can say what a place is for
NO_ID = "身分證字號請在紙本上自己填，這裡不收；剛才填的沒有留下，請重新填這一格。"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """One thing that may be typed: a line, several lines, one choice or several."""

    name: str  # of FILLINGS
    label: str
    hint: str = ""
    is_many: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()  # where the form wants one each: what each is for
    values: tuple[str, ...] = ()
    fault: str = ""

    @property
    def value(self) -> str:
        """What stands in it, one a line."""
        return "\n".join(self.values)

    @property
    def in_places(self) -> list[tuple[str, str]]:
        """What each place is for, with what stands in it."""
        return list(zip_longest(self.places, self.values[: len(self.places)], fillvalue=""))


def typed_fields(edition: Edition, layout: FormLayout, known: Known) -> list[TypedField]:
    """The fields of a form's page, with what is known of the person already in them."""
    found = []
    for name in layout.fillings:
        filling = FILLINGS[name]
        if filling.is_typed:
            places = _places(layout, name) if filling.is_many else ()
            values = _texts(known.get(name, ""))
            made = TypedField(
                name=name,
                label=filling.label,
                hint=filling.hint,
                is_many=filling.is_many,
                choices=_choices(edition, layout, name),
                places=places,
                values=values[: len(places)] if places else values,
            )
            found.append(made)
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
    lines = [_clean(line) for text in sent for line in text.splitlines() or [""]]
    values = tuple(lines if typed.is_many else ["".join(lines)])
    while values and not values[-1]:
        values = values[:-1]
    if any(holds_id_number(value) or ID in mask(value) for value in values):
        return replace(typed, values=(), fault=NO_ID)
    if len(values) > MOST:
        fault = f"最多{MOST}行，現在有{len(values)}行，請刪減。"
        return replace(typed, values=values, fault=fault)
    values = values[: len(typed.places)] if typed.places else values
    longest = max(map(len, values), default=0)
    if longest > LONGEST:
        fault = f"最多{LONGEST}字，現在有{longest}字，請縮短。"
        return replace(typed, values=values, fault=fault)
    return replace(typed, values=values)


def _places(layout: FormLayout, name: str) -> tuple[str, ...]:
    """What each place is for, where the form wants several: {courses.1}, {courses.2}."""
    place = re.compile(rf"\{{{name}\.([1-9])\}}")
    lines = [line for field in layout.fields for line in field.lines]
    found = {int(match[1]): line for line in lines if (match := place.search(line))}
    return tuple(
        _called(found.get(n, ""), FILLINGS[name].label, n)
        for n in range(1, max(found, default=0) + 1)
    )


def _called(line: str, label: str, number: int) -> str:
    """What a place is for: the words before it, where they say so; else number."""
    before = line.partition("{")[0].rstrip("，第：: ")
    return before if len(before) >= CLEAR else f"{label}{number}"


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
