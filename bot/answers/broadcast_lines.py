"""A broadcast as it is said, and the words by which staff see how it stands."""

from collections.abc import Iterator, Sequence

from bot.clock import minute_words
from bot.messages import Answer, Button, Card, Outcome, Text
from bot.model.broadcasts import STATE_WORDS, Broadcast, Key, Picture, Piece, Sheet, Words

TOLD = "told"  # a button's data: told=<broadcast id>/<number of the button>
PICTURE = "圖片"
SHOWN = 30  # characters of a broadcast by which staff know it again


def answer_of(broadcast_id: str, pieces: Sequence[Piece]) -> Answer:
    """What its people get: the same for all of them."""
    numbers = iter(range(len(counted_keys(pieces))))
    parts = tuple(_part(broadcast_id, piece, numbers) for piece in pieces)
    return Answer(parts, outcome=Outcome.CHAT)


def counted_keys(pieces: Sequence[Piece]) -> list[Key]:
    """The buttons whose taps come back to us, in reading order; those to pages do not."""
    sheets = [piece for piece in pieces if isinstance(piece, Sheet)]
    return [key for sheet in sheets for key in sheet.buttons if not key.url]


def named(pieces: Sequence[Piece]) -> str:
    """The beginning of what it says, by which staff know it again."""
    for piece in pieces:
        said = piece.lead if isinstance(piece, Sheet) else ""
        said = piece.text if isinstance(piece, Words) else said
        said = piece.words if isinstance(piece, Picture) else said
        line = " ".join(said.split())
        if line:
            return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return PICTURE


def state_words(broadcast: Broadcast) -> str:
    """How far it has come: 已排定 6月15日 09:00."""
    said = STATE_WORDS[broadcast.state]
    at = broadcast.ended_at or broadcast.began_at or broadcast.draft.starts_at
    return f"{said}　{minute_words(at)}" if at else said


def _part(broadcast_id: str, piece: Piece, numbers: Iterator[int]) -> Text | Card:
    match piece:
        case Words(text):
            return Text(text)
        case Picture():
            return Card(title=PICTURE, lead=piece.words, picture=piece.url)
        case Sheet():
            buttons = tuple(_button(broadcast_id, key, numbers) for key in piece.buttons)
            return Card(
                title=piece.title,
                lead=piece.lead,
                facts=piece.facts,
                state=piece.state,
                buttons=buttons,
            )


def _button(broadcast_id: str, key: Key, numbers: Iterator[int]) -> Button:
    if key.url:
        return Button(key.label, url=key.url)
    return Button(key.label, data=f"{TOLD}={broadcast_id}/{next(numbers)}")
