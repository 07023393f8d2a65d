"""What comes in and what is said back, in our own words: no LINE object, no JSON of LINE's.

`Incoming` is one event of one chat. `Answer` is what a handler returns: parts in reading order
(plain text or cards) and quick replies under the last of them. `line/render` turns an answer into
LINE's messages; the simulator's terminal prints it as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model.plain import plain_of


class Kind(StrEnum):
    """What sort of event came in."""

    TEXT = "text"
    POSTBACK = "postback"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    JOIN = "join"
    STICKER = "sticker"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    UNSEND = "unsend"  # a message was taken back: nothing of it may stay
    OTHER = "other"  # let through quietly: nothing is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of one chat, as the platform reported it."""

    event_id: str
    kind: Kind
    at: datetime  # aware; when it happened, also on a redelivery
    channel_id: str
    chat_id: str  # the person's id in a one-to-one chat, else the group's or room's
    user_id: str | None = None
    in_group: bool = False
    mentioned: bool = False  # in a group: somebody called the bot by name
    text: str = ""  # the mention of the bot itself is already taken out
    data: str = ""  # a pressed button's data
    message_id: str = ""  # of the message written, or taken back
    reply_token: str | None = None
    redelivered: bool = False
    active: bool = True  # False in standby: another module answers this chat


class Tone(StrEnum):
    """How a card is coloured: what sort of answer it is."""

    ANSWER = "answer"
    PAST = "past"  # true, but over
    CONFLICT = "conflict"  # the document disagrees with itself
    ASK = "ask"  # a question back
    UNKNOWN = "unknown"  # the plans do not say


class Outcome(StrEnum):
    """What became of a question; logged for staff."""

    ANSWERED = "answered"
    ASKED = "asked"
    UNKNOWN = "unknown"
    CHAT = "chat"  # greeting, help, thanks: nothing was looked up
    SILENT = "silent"  # nothing is said
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press. Exactly one of `say`, `data`, `url` is set.

    `say` is sent as the person's own words; `data` comes back as a postback (at most 300 UTF-16
    units) and shows `label` in the chat; `url` opens a page (https, http, tel, line).
    """

    label: str
    say: str = ""
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.say, self.data, self.url))) != 1:
            raise ValueError(f"button {self.label!r} needs exactly one of say, data, url")


@dataclass(frozen=True, slots=True)
class Text:
    """A plain bubble of text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How much of something is done, to be seen at a glance."""

    title: str
    words: str  # 1／2門
    filled: int  # of so many cells
    cells: int

    @property
    def drawn(self) -> str:
        """▰▰▱"""
        return "▰" * self.filled + "▱" * (self.cells - self.filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list, and what can be pressed to deal with it."""

    text: str
    more: str = ""  # smaller, below it
    button: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some lines of a list under their heading."""

    heading: str
    lines: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One answer: its first line is the answer itself."""

    title: str  # small line above: the plan's short name, or what the card is
    lead: str  # the answer itself
    bars: tuple[Bar, ...] = ()  # what is done, above the facts
    facts: tuple[str, ...] = ()  # further facts, one a line, most useful first
    state: str = ""  # relative to now: 還有12天／已於7/31截止
    sources: tuple[str, ...] = ()  # clauses: 柒、一（三）
    document: str = ""  # the document that the clauses stand in
    tone: Tone = Tone.ANSWER
    buttons: tuple[Button, ...] = ()
    sections: tuple[Section, ...] = ()  # a list, below all but the clause
    picture: str = ""  # https address of what is seen above the words; they say it as well


@dataclass(frozen=True, slots=True)
class Row:
    """Several cards side by side; more than a platform shows at once go to further pages."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why this answer was chosen: for staff, never shown to the asker."""

    because: str = ""  # in a word or two which way it was found: best, nearest, gap, other year …
    plan: str = ""
    edition: str = ""
    entry: str = ""
    score: float = 0.0
    words: tuple[str, ...] = ()
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to one event; no parts: it says nothing."""

    parts: tuple[Text | Card | Row, ...]
    quick: tuple[Button, ...] = ()
    outcome: Outcome = Outcome.ANSWERED
    why: Why = field(default_factory=Why)
    riding: int = 0  # so many of the last parts came along: reminders that waited

    @property
    def bubbles(self) -> tuple[Text | Card, ...]:
        """Every text and card in reading order; those of a row one after another."""
        return tuple(b for p in self.parts for b in (p.cards if isinstance(p, Row) else (p,)))

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card in reading order."""
        return tuple(bubble for bubble in self.bubbles if isinstance(bubble, Card))

    @property
    def sources(self) -> tuple[str, ...]:
        """Every clause that the answer names, in reading order."""
        return tuple(source for card in self.cards for source in card.sources)


SILENCE = Answer(parts=(), outcome=Outcome.SILENT)


def together(answers: Sequence[Answer]) -> Answer:
    """Several answers as one: what is text first, as one text, then all their cards in a row."""
    if len(answers) == 1:
        return answers[0]
    said = [part.text for answer in answers for part in answer.parts if isinstance(part, Text)]
    texts = (Text("\n\n".join(said)),) if said else ()
    cards = tuple(card for answer in answers for card in answer.cards)
    row = (Row(cards),) if len(cards) > 1 else cards
    quick = dict.fromkeys(button for answer in answers for button in answer.quick)
    return Answer(parts=(*texts, *row), quick=tuple(quick), outcome=Outcome.CHAT)


def to_keep(answer: Answer) -> dict[str, Any]:
    """The answer as a JSON column takes it, for keeping it with its event."""
    parts = [{"type": type(part).__name__, **_fields_of(part)} for part in answer.parts]
    return {**_fields_of(answer), "parts": parts}


def to_plain(answer: Answer) -> dict[str, Any]:
    """The answer as JSON-ready values, as it is read from where it was kept (`from_plain`)."""
    plain: dict[str, Any] = plain_of(to_keep(answer))
    return plain


def _fields_of(value: Text | Card | Row | Answer) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def from_plain(plain: Mapping[str, Any]) -> Answer:
    """The answer that was kept."""
    return Answer(
        parts=tuple(_part(p) for p in plain["parts"]),
        quick=tuple(Button(**b) for b in plain["quick"]),
        outcome=Outcome(plain["outcome"]),
        why=why_from_plain(plain["why"]),
        riding=plain.get("riding", 0),  # older ones have none
    )


def why_from_plain(plain: Mapping[str, Any]) -> Why:
    """The reason that was kept with an answer or a question."""
    rivals = tuple((rival[0], rival[1]) for rival in plain["rivals"])
    return Why(**{**plain, "words": tuple(plain["words"]), "rivals": rivals})


def _part(plain: Mapping[str, Any]) -> Text | Card | Row:
    values = {k: v for k, v in plain.items() if k != "type"}
    match plain["type"]:
        case "Text":
            return Text(**values)
        case "Row":
            return Row(tuple(_card(c) for c in values["cards"]))
        case _:
            return _card(values)


def _card(values: Mapping[str, Any]) -> Card:
    return Card(
        **{
            **values,
            "bars": tuple(Bar(**b) for b in values.get("bars", ())),  # older ones have none
            "facts": tuple(values["facts"]),
            "sources": tuple(values["sources"]),
            "tone": Tone(values["tone"]),
            "buttons": tuple(Button(**b) for b in values["buttons"]),
            "sections": tuple(map(_section, values.get("sections", ()))),  # nor these
        }
    )


def _section(values: Mapping[str, Any]) -> Section:
    lines = tuple(
        Listed(**{**line, "button": Button(**line["button"]) if line["button"] else None})
        for line in values["lines"]
    )
    return Section(heading=values["heading"], lines=lines)
