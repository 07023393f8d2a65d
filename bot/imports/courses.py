"""Which requirement of a plan a course counts for, by the plan's own words; doubts are told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.model.entries import Requirement, Track
from bot.model.goals import Part, Subject
from bot.rules.sessions import sessions_of
from bot.understand.fold import Folder

_SHORTEST = 2
_BESIDE = re.compile(r"[(\[【〔「《<].*?[)\]】〕」》>]")
_FILLING = re.compile(
    r"\d{2,4}(?:學?年度?)|第?\d+(?:梯次?|場次?|期|班|階段)|\d+小時|[臺台]北市|教育局|教師|老師|研習(?:活動)?"
    r"|課程|線上|(?:非?同步)|直播|工作坊|增能|培訓|培力|認證|實體|場次?|課"
)
_SPACES = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a course counts for."""

    track: Track
    item: Requirement
    part: Part | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.part.title if self.part else self.item.title

    @property
    def key(self) -> str:
        """How it is named on the command line: item-sync/ono2."""
        return f"{self.item.id}/{self.part.id}" if self.part else self.item.id


@dataclass(frozen=True, slots=True)
class Found:
    """What a course may count for, and whether that is sure: then there is one."""

    rivals: tuple[Counts, ...] = ()
    is_sure: bool = False


class Courses:
    """What teachers complete by an edition, found by the names of courses."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._fold = Folder({})  # lists give titles: no synonyms, which would cut into them
        self.all = tuple(_all(edition))
        words: dict[str, list[Counts]] = {}
        for counts in self.all:
            named = counts.part or counts.item
            for word in {self._bare(w) for w in (named.title, *named.words)}:
                if len(word) >= _SHORTEST:
                    words.setdefault(word, []).append(counts)
        self._words = sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def by_key(self, key: str) -> Counts | None:
        """What this key names; None where the edition has no such thing for teachers."""
        return next((c for c in self.all if c.key == key), None)

    def find(self, course: str, on: date | None) -> Found:
        """What a course of that name, held on that day, counts for; none: nothing of this plan.

        Sure where the name says little more than the plan's own words for one thing, which may
        also be told by the day of its session.
        """
        folded = self._fold(course)
        for text in (_BESIDE.sub(" ", folded), folded):
            hits, rest = self._hits(_SPACES.sub("", text))
            if hits:
                return self._settled(hits, rest, on)
        return Found()

    def _settled(self, hits: dict[str, tuple[Counts, int]], rest: int, on: date | None) -> Found:
        parts = [c for c, _ in hits.values() if c.part]
        rivals = parts or [c for c, _ in hits.values()]
        covered = sum(length for _, length in hits.values())
        if not parts:
            rivals = [r for c in rivals for r in self._parts_of(c)]
        if len(rivals) > 1 and on:
            rivals = [c for c in rivals if self._is_held(c, on)] or rivals
        return Found(tuple(rivals), len(rivals) == 1 and covered >= rest)

    def _hits(self, text: str) -> tuple[dict[str, tuple[Counts, int]], int]:
        """What the text names with how many characters, and how many it has beside."""
        found: dict[str, tuple[Counts, int]] = {}
        for word, meant in self._words:
            if word not in text:
                continue
            text = text.replace(word, "\n", 1)
            for counts in meant:
                before = found[counts.key][1] if counts.key in found else 0
                found[counts.key] = (counts, before + len(word))
        return found, len(_FILLING.sub("", text).replace("\n", ""))

    def _parts_of(self, counts: Counts) -> list[Counts]:
        if not counts.item.parts:
            return [counts]
        return [c for c in self.all if c.item is counts.item and c.part]

    def _is_held(self, counts: Counts, on: date) -> bool:
        if counts.part is None:
            return False
        sessions = sessions_of(self.edition, counts.item, counts.part)
        return any(taipei_day(s.span.closes) == on for s in sessions)

    def _bare(self, word: str) -> str:
        return _SPACES.sub("", self._fold(word))


def names_of(counts: Sequence[Counts]) -> str:
    """What these are called, with the keys that name them."""
    return "、".join(f"{c.title}（{c.key}）" for c in counts[:6])


def _all(edition: Edition) -> Iterator[Counts]:
    for track in edition.tracks:
        if track.subject is not Subject.TEACHER:
            continue
        for item in track.items:
            if item.goals:
                yield Counts(track, item)
                yield from (Counts(track, item, part) for part in item.parts)
