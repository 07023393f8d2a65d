"""The builder of an audience: what can be chosen, and conditions joined one after another."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from werkzeug.datastructures import MultiDict

from bot.answers.audience_words import LEVELS, POSITIONS, STANDINGS
from bot.errors import AskAgain
from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    Audience,
    Being,
    Everybody,
    Follows,
    Not,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
    from_plain,
    parts_within,
    to_plain,
)
from bot.model.edition import Edition
from bot.model.schools import School
from bot.rules.owed import all_owed
from bot.store.audiences import Saved
from bot.understand.audience_names import OPEN_STANDINGS
from bot.understand.audience_reading import AudienceReader
from bot.understand.reader import Reader

NOBODY = AnyOf(())
JOINS = {"and": "並且", "or": "或者", "not": "但不含"}
LONGEST, MOST_CONDITIONS = 150_000, 60
_UNREADABLE = "對象看不懂了，沒有更動。請回到公告重新選對象。"
_NOTHING = "還沒選這個條件的內容，請選了再加。"
Options = Mapping[str, tuple[str, Audience]]  # value of an option → its words, what it means


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be chosen here and now."""

    reader: Reader
    now: datetime
    schools: Sequence[School]
    saved: Sequence[Saved]

    @property
    def editions(self) -> list[Edition]:
        """Every loaded edition, the newest of a plan first."""
        reader = self.reader
        return [e for plan in reader.plans for e in reversed(reader.editions(plan))]

    @property
    def plans(self) -> Options:
        """People who follow an edition."""
        return {
            e.key: (e.about.short, Follows(plan=e.plan, edition=e.edition)) for e in self.editions
        }

    @property
    def taking_part(self) -> Options:
        """Schools that take part in one."""
        return {
            e.key: (e.about.short, TakesPart(plan=e.plan, edition=e.edition)) for e in self.editions
        }

    @property
    def cities(self) -> list[str]:
        """Where there are schools."""
        return sorted({school.city for school in self.schools if school.city})

    @property
    def districts(self) -> Options:
        """Districts, each with its city: several have one name."""
        pairs = sorted({(s.city, s.district) for s in self.schools if s.city and s.district})
        return {
            f"{city}{one}": (f"{city}{one}", AllOf((Within((city,)), Around((one,)))))
            for city, one in pairs
        }

    @property
    def progress(self) -> Options:
        """What tracks require, and the parts of that."""
        found: dict[str, tuple[str, Audience]] = {}
        for e in self.editions:
            for track in e.tracks:
                for item in track.items if track.subject else ():
                    short = Short(
                        plan=e.plan, edition=e.edition, track=track.id, requirement=item.id
                    )
                    words, value = f"{e.about.short}：{item.title}", f"{e.key}/{track.id}/{item.id}"
                    found[value] = (words, short)
                    for part in item.parts:
                        one = replace(short, part=part.id)
                        found[f"{value}/{part.id}"] = (f"{words}－{part.title}", one)
        return found

    @property
    def owed(self) -> Options:
        """What schools owe."""
        return {
            f"{e.key}/{one.id}": (
                f"{e.about.short}：{one.title or entry.title}",
                Owing(plan=e.plan, edition=e.edition, deliverable=one.id, standings=OPEN_STANDINGS),
            )
            for e in self.editions
            for entry, one in all_owed(e)
        }

    @property
    def picks(self) -> dict[str, list[tuple[str, str]]]:
        """Values and words of all that is picked from lists."""
        options = {
            "plans": self.plans,
            "taking_part": self.taking_part,
            "districts": self.districts,
            "progress": self.progress,
            "owed": self.owed,
        }
        found = {
            name: [(value, words) for value, (words, _) in one.items()]
            for name, one in options.items()
        }
        found["cities"] = [(city, city) for city in self.cities]
        found["saved"] = [(one.id, one.name) for one in self.saved]
        return found


def kept(text: str) -> Audience:
    """The audience that a form carries along.

    Raises:
        AskAgain: it is none.
    """
    if not text:
        return NOBODY
    try:
        if len(text) > LONGEST:
            raise ValueError("too long")
        found = from_plain(json.loads(text))
        if len(parts_within(found)) > MOST_CONDITIONS * 3:
            raise AskAgain(f"條件太多了，最多 {MOST_CONDITIONS} 個。請拿掉一些，或改用上傳名單。")
        if not all(map(_is_sound, parts_within(found))):
            raise ValueError("values of the wrong kind")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, InvalidOperation):
        raise AskAgain(_UNREADABLE) from None
    return found


def carried(audience: Audience) -> str:
    """The audience as a form carries it along."""
    return json.dumps(to_plain(audience), ensure_ascii=False, separators=(",", ":"))


def condition(form: MultiDict[str, str], choices: Choices) -> Audience:
    """The condition that a form adds.

    Raises:
        AskAgain: nothing was chosen, or it is not understood.
    """
    readers: Mapping[str, Callable[[MultiDict[str, str], Choices], Audience]] = {
        "everybody": lambda *_: Everybody(),
        "words": _words,
        "being": lambda f, _: Being(Position(_one(f, POSITIONS))),
        "plan": lambda f, c: _option(f, c.plans),
        "takes_part": lambda f, c: _option(f, c.taking_part),
        "city": lambda f, c: Within(_several(f, c.cities)),
        "district": lambda f, c: _option(f, c.districts),
        "level": lambda f, _: AtLevel(_several(f, LEVELS)),
        "progress": _progress,
        "owing": _owing,
        "saved": _saved,
    }
    read = readers.get(form.get("kind", ""))
    if read is None:
        raise AskAgain(_NOTHING)
    return read(form, choices)


def joined(before: Audience, new: Audience, how: str) -> Audience:
    """Both as one: both hold, one of them, or the first without the second."""
    if how == "not":
        new = Not(new)
    if before == NOBODY:
        return new
    kind: type[AllOf | AnyOf] = AnyOf if how == "or" else AllOf
    parts = before.parts if isinstance(before, kind) else (before,)
    return kind((*parts, new))


def without_last(audience: Audience) -> Audience:
    """The audience as it was before the last condition was added, as far as that can be told."""
    if not isinstance(audience, AllOf | AnyOf) or not audience.parts:
        return NOBODY
    left = audience.parts[:-1]
    return left[0] if len(left) == 1 else type(audience)(left)


def _is_sound(part: Audience) -> bool:
    """Whether its values are of the kinds that rules and words expect."""
    values = [getattr(part, field.name) for field in fields(part)]
    inner = [one for value in values if isinstance(value, tuple) for one in value]
    plain = [value for value in values if not isinstance(value, tuple)]
    numbers = [value for value in plain if isinstance(value, Decimal)]
    return (
        all(value is None or isinstance(value, str | Decimal | Audience) for value in plain)
        and all(isinstance(one, str | Audience) for one in inner)
        and all(number.is_finite() for number in numbers)
    )


def _one(form: MultiDict[str, str], among: Mapping[str, str] | Mapping[Position, str]) -> str:
    value = form.get("value", "")
    if value not in {str(one) for one in among}:
        raise AskAgain(_NOTHING)
    return value


def _option(form: MultiDict[str, str], options: Options) -> Audience:
    found = options.get(form.get("value", ""))
    if found is None:
        raise AskAgain(_NOTHING)
    return found[1]


def _several(
    form: MultiDict[str, str], among: Sequence[str] | Mapping[str, str], field: str = "value"
) -> tuple[str, ...]:
    wanted = set(form.getlist(field))
    found = tuple(one for one in among if one in wanted)
    if not found:
        raise AskAgain(_NOTHING)
    return found


def _words(form: MultiDict[str, str], choices: Choices) -> Audience:
    said = form.get("value", "").strip()
    if not said:
        raise AskAgain(_NOTHING)
    saved = [(one.name, one.audience) for one in choices.saved]
    return AudienceReader(choices.reader, choices.now, saved, choices.schools).read(said[:200])


def _progress(form: MultiDict[str, str], choices: Choices) -> Audience:
    found = _option(form, choices.progress)
    assert isinstance(found, Short)
    if found.part:
        if form.get("least", "").strip() or form.get("most", "").strip():
            raise AskAgain("選了其中一門時不用填差幾門：請清空數字，或改選整項。")
        return found
    least, most = _number(form.get("least", "")) or Decimal(1), _number(form.get("most", ""))
    if most is not None and most < least:
        raise AskAgain("「最多差」要比「至少差」大，請改數字。")
    return replace(found, least=least, most=most)


def _owing(form: MultiDict[str, str], choices: Choices) -> Audience:
    found = _option(form, choices.owed)
    assert isinstance(found, Owing)
    return Owing(
        plan=found.plan,
        edition=found.edition,
        deliverable=found.deliverable,
        standings=_several(form, STANDINGS, "standing"),
    )


def _saved(form: MultiDict[str, str], choices: Choices) -> Audience:
    found = next((one for one in choices.saved if one.id == form.get("value")), None)
    if found is None:
        raise AskAgain(_NOTHING)
    return found.audience


def _number(text: str) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4:
        raise AskAgain("差幾門、幾次要填 0 以上的整數。")
    return Decimal(text)
