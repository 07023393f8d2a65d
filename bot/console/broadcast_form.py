"""The form of a broadcast: what was typed, what it says of it, and the parts that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.answers.broadcast_lines import answer_of
from bot.answers.key_targets import KIND_WORDS, LABELS, KeyTargets
from bot.errors import AskAgain
from bot.messages import Card, Row, Text
from bot.model.broadcasts import (
    LONGEST_TEXT,
    MOST_BUTTONS,
    CardPiece,
    Key,
    PicturePiece,
    Piece,
    TextPiece,
)

Typed = Mapping[str, str]
CARD = "公告"  # the small line above a card that is about no plan
SAY, URL = "say", "url"
BUTTON_KINDS = {SAY: "問這句話", URL: "開這個網頁", **KIND_WORDS}
NUMBERS = tuple(range(1, MOST_BUTTONS + 1))
FIELDS = (
    "text", "picture_url", "picture_words", "card_plan", "card_lead", "card_state", "card_facts",
    *(f"{name}{n}" for n in NUMBERS for name in ("label", "kind", "value", "target")),
)  # fmt: skip
NOTHING = "還沒有內容：請寫文字、放圖片，或填卡片的主旨。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What came of what was typed."""

    typed: Typed
    pieces: tuple[Piece, ...]
    faults: tuple[str, ...]  # sentences; empty: it can be kept
    shown: tuple[Text | Card | Row, ...]  # as people will see it

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than it may be."""
        return len(self.typed["text"]) > LONGEST_TEXT

    @property
    def letters(self) -> str:
        """How long the text is, and may be."""
        return f"{len(self.typed['text']):,}／{LONGEST_TEXT:,} 字"


def typed_of(pieces: tuple[Piece, ...], targets: KeyTargets) -> dict[str, str]:
    """The fields of the form for parts that are kept.

    Args:
        targets: what buttons may lead to now.
    """
    typed = dict.fromkeys(FIELDS, "")
    for piece in pieces:
        match piece:
            case TextPiece(text):
                typed["text"] = text
            case PicturePiece():
                typed |= {"picture_url": piece.url, "picture_words": piece.words}
            case CardPiece():
                typed |= _typed_of_card(piece, targets)
    return typed


def compose(form: Typed, targets: KeyTargets) -> Composed:
    """What was typed as parts, and all that is wrong with it at once.

    Args:
        targets: what buttons may lead to now.
    """
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    pieces: list[Piece] = []
    faults: list[str] = []
    too_long: list[Text] = []
    for wanted, make in (
        (typed["text"], _text),
        (typed["picture_url"] + typed["picture_words"], _picture),
        (_of_card(typed), partial(_card, targets)),
    ):
        if not wanted.strip():
            continue
        try:
            pieces.append(make(typed))
        except AskAgain as err:
            faults.append(err.say)
            too_long += [Text(typed["text"])] if make is _text else []
    if not pieces and not faults:
        faults.append(NOTHING)
    shown = (*too_long, *answer_of("", pieces).parts)
    return Composed(typed=typed, pieces=tuple(pieces), faults=tuple(faults), shown=shown)


def _text(typed: Typed) -> Piece:
    return TextPiece(typed["text"].strip())


def _picture(typed: Typed) -> Piece:
    return PicturePiece(url=typed["picture_url"].strip(), words=typed["picture_words"].strip())


def _card(targets: KeyTargets, typed: Typed) -> Piece:
    facts = (line.strip() for line in typed["card_facts"].splitlines())
    return CardPiece(
        title=typed["card_plan"].strip() or CARD,
        lead=typed["card_lead"].strip(),
        state=typed["card_state"].strip(),
        facts=tuple(line for line in facts if line),
        buttons=tuple(_key(targets, typed, n) for n in NUMBERS if _of_key(typed, n)),
    )


def _key(targets: KeyTargets, typed: Typed, n: int) -> Key:
    label, value, target = (typed[f"{name}{n}"].strip() for name in ("label", "value", "target"))
    kind = typed[f"kind{n}"]
    if kind in KIND_WORDS:
        return Key(label=label or LABELS[kind], data=targets.data(kind, target))
    if kind == URL:
        return Key(label=label, url=value)
    return Key(label=label, say=value or label)


def _of_key(typed: Typed, n: int) -> str:
    """What was typed of it; what belongs to another kind than the chosen one does not count."""
    field = "target" if typed[f"kind{n}"] in KIND_WORDS else "value"
    return (typed[f"label{n}"] + typed[f"{field}{n}"]).strip()


def _of_card(typed: Typed) -> str:
    own = "".join(typed[f"card_{name}"] for name in ("lead", "state", "facts"))
    return own + "".join(_of_key(typed, n) for n in NUMBERS)


def _typed_of_card(card: CardPiece, targets: KeyTargets) -> dict[str, str]:
    typed = {
        "card_plan": "" if card.title == CARD else card.title,
        "card_lead": card.lead,
        "card_state": card.state,
        "card_facts": "\n".join(card.facts),
    }
    for n, key in enumerate(card.buttons, 1):
        typed[f"label{n}"] = key.label
        if key.data:
            typed[f"kind{n}"], typed[f"target{n}"] = targets.read(key.data)
            continue
        typed[f"kind{n}"] = URL if key.url else SAY
        typed[f"value{n}"] = key.url or key.say
    return typed
