"""What a run must reach: `floors.toml`, the only place where it stands."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.conversations import Transcript
from evaluation.tally import tally

FILE = Path(__file__).with_name("floors.toml")
AT_MOST = ("wrong", "unknown_answered")
IN_WORDS = {
    "right": "答對率",
    "wrong": "肯定但答錯",
    "unknown_answered": "計畫沒寫卻肯定回答",
    "cited": "附上對的條文",
    "clauses": "附上該項目自己的條文",
}

Floors = Mapping[str, float]


def read_floors(name: str) -> Floors:
    """The floors for `written` or `generated` cases."""
    with FILE.open("rb") as file:
        found: Floors = tomllib.load(file)[name]
    return found


def below(floors: Floors, transcripts: Sequence[Transcript]) -> Iterator[str]:
    """One sentence for each figure that is worse than it may be."""
    found = tally(transcripts)
    for name, limit in floors.items():
        share = getattr(found, name)
        if not share.whole:
            continue
        said = f"{IN_WORDS[name]} {share.value:.1%}"
        if name in AT_MOST and share.value > limit:
            yield f"{said}，最多只能 {limit:.1%}"
        if name not in AT_MOST and share.value < limit:
            yield f"{said}，至少要 {limit:.1%}"
