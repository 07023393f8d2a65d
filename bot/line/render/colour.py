"""How each sort of answer is coloured. White on `strong`, and `strong` on `pale`, read well."""

from dataclasses import dataclass

from bot.messages import Tone

INK = "#1F2937"  # what one reads
SOFT_INK = "#4B5563"  # further facts
FAINT_INK = "#6B7280"  # where it stands written
LINE = "#E5E7EB"


@dataclass(frozen=True, slots=True)
class Colours:
    """The two colours of a tone."""

    strong: str
    pale: str


OF_TONE = {
    Tone.ANSWER: Colours("#0F766E", "#E6F4F1"),
    Tone.PAST: Colours("#5B6470", "#F1F2F4"),
    Tone.CONFLICT: Colours("#B45309", "#FDF3E4"),
    Tone.ASK: Colours("#4338CA", "#EDEBFB"),
    Tone.UNKNOWN: Colours("#475569", "#E9EDF2"),
}
