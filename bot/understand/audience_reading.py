"""An audience in staff's words: 高雄市國小還沒繳附件1的學校承辦人.

Whoever is meant by mistake cannot be called back: what is not understood to its last character is
asked about, never left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bot.errors import AskAgain
from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
)
from bot.model.edition import Edition
from bot.model.schools import School
from bot.understand import audience_names as names
from bot.understand.reader import Reader

_FILLERS = re.compile(
    r"(?:參加|參與|追蹤|加入|計畫|的|們|人|和|與|及|且|、|，|,|。|\s|給|所有|各|學校)"
)
_OWING = re.compile(r"(?:尚未|還沒|還未|未|沒有?)(?:有)?(?:繳交|繳|交|送出|上傳)(?:過)?")
_LEFT = re.compile(r"(?:還|尚)?[差缺少](?P<many>\d+)(?:門|次|場|項|份|小時|堂|節|件)?")
_UNDONE = re.compile(
    r"(?:尚未|還沒|還未|未|沒有?)(?:有)?(?:完成|做完|上完|上過|上|辦完|修完|修過|修)"
)
_OR = re.compile("或者?|以及")
ASK = (
    "請用這些說法組合：全部、計畫名稱、老師、學校承辦人、縣市、國小／國中／高中職、"
    "行政區、校名、「還沒繳附件1」「差1門非同步課」「還沒上某一門課」，或存好的對象名稱。"
)


@dataclass(frozen=True, slots=True)
class _Names:
    """Phrases, folded, with what each names; longest first."""

    pairs: tuple[tuple[str, Audience], ...]
    unsure: frozenset[str]  # phrases that name several things

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Audience]], fold: Callable[[str], str]) -> "_Names":
        """Of these phrases; blank ones name nothing."""
        named: dict[str, list[Audience]] = {}
        for phrase, audience in pairs:
            others = named.setdefault(_bare(fold(phrase)), [])
            if audience not in others:
                others.append(audience)
        named.pop("", None)
        ordered = sorted(named.items(), key=lambda pair: (-len(pair[0]), pair[0]))
        unsure = frozenset(key for key, several in named.items() if len(several) > 1)
        return cls(tuple((key, several[0]) for key, several in ordered), unsure)

    def at(self, text: str, start: int) -> tuple[str, Audience] | None:
        """The longest phrase that stands there.

        Raises:
            AskAgain: it names several things.
        """
        stands = (pair for pair in self.pairs if text.startswith(pair[0], start))
        found = next(stands, None)
        if found and found[0] in self.unsure:
            raise AskAgain(f"「{found[0]}」不只一項叫這個名字，請用完整的名稱再說一次。")
        return found


class AudienceReader:
    """Reads audiences against the plans that are in force."""

    def __init__(
        self,
        reader: Reader,
        now: datetime,
        saved: Sequence[tuple[str, Audience]] = (),
        schools: Sequence[School] = (),
    ) -> None:
        self._fold = reader.fold
        self._editions = [reader.edition_at(plan, now) for plan in reader.plans]
        self._cities = names.cities_of_districts(schools)
        self._schools = schools
        fold = reader.word
        self._general = [*names.general(reader), *names.districts(schools)]
        self._general += [*names.plans(self._editions), *saved]
        self._word = fold
        self._owing = [(e, _Names.of(names.owed(e, fold), fold)) for e in self._editions]
        self._short = [(e, _Names.of(names.required(e, fold), fold)) for e in self._editions]

    def read(self, text: str) -> Audience:
        """The audience that the words name.

        Raises:
            AskAgain: something of it is not understood, or may mean two things.
        """
        key = _bare(self._fold(text))
        # Of thousands of schools, only those whose name stands there.
        at_schools = names.of_schools(self._schools, text)
        self._names = _Names.of([*self._general, *at_schools], self._word)
        plans = [p.plan for p in (a for _, a in self._scan_names(key)) if isinstance(p, Follows)]
        found: list[Audience] = []
        at, joined_by_or = 0, False
        while at < len(key):
            length, piece = self._next(key, at, plans)
            if not length:
                raise AskAgain(f"對象裡的「{key[at:]}」我看不懂，沒有送出任何東西。{ASK}")
            if piece is not None:
                if joined_by_or and found and type(found[-1]) is not type(piece):
                    raise AskAgain(f"「或」前後要是同一種條件，例如「國小或國中」。{ASK}")
                found.append(piece)
            joined_by_or = bool(_OR.match(key, at)) or (joined_by_or and piece is None)
            at += length
        if not found:
            raise AskAgain(f"還不知道要傳給誰。{ASK}")
        self._check_districts(found)
        return _joined(found, {e.plan: e.edition for e in self._editions})

    def _check_districts(self, found: Sequence[Audience]) -> None:
        """Districts of several cities have one name: then the city must be said as well."""
        if any(isinstance(piece, Within) for piece in found):
            return
        around = (d for piece in found if isinstance(piece, Around) for d in piece.districts)
        for district in around:
            cities = self._cities.get(district, ())
            if len(cities) > 1:
                raise AskAgain(f"「{district}」在{'、'.join(cities)}都有，請加上縣市再說一次。")

    def _scan_names(self, key: str) -> Iterator[tuple[str, Audience]]:
        for at in range(len(key)):
            pair = self._names.at(key, at)
            if pair:
                yield pair

    def _next(self, key: str, at: int, plans: Sequence[str]) -> tuple[int, Audience | None]:
        """How much is read there, and what it names; nothing read: not understood."""
        for verb, of in ((_OWING, self._owing), (_LEFT, self._short), (_UNDONE, self._short)):
            said = verb.match(key, at)
            if said:
                return self._of_entry(key, said, of, plans)
        pair = self._names.at(key, at)
        if pair:
            return len(pair[0]), pair[1]
        filler = _OR.match(key, at) or _FILLERS.match(key, at)
        return (filler.end() - at if filler else 0), None

    def _of_entry(
        self,
        key: str,
        verb: re.Match[str],
        of_editions: Sequence[tuple[Edition, _Names]],
        plans: Sequence[str],
    ) -> tuple[int, Audience | None]:
        at, start = verb.span()
        named_plan = self._names.at(key, start)
        if named_plan and isinstance(named_plan[1], Follows):  # 還沒繳某計畫附件1
            start += len(named_plan[0])
        hits = {
            edition.plan: (edition, pair)
            for edition, named in of_editions
            if (not plans or edition.plan in plans) and (pair := named.at(key, start))
        }
        if not hits:
            return 0, None
        if len(hits) > 1:
            which = "、".join(edition.about.short for edition, _ in hits.values())
            raise AskAgain(f"「{key[start:]}」在{which}都有，請加上計畫名稱再說一次。")
        _, (phrase, piece) = next(iter(hits.values()))
        many = verb.groupdict().get("many")
        if many and isinstance(piece, Short):
            if piece.part:
                raise AskAgain(f"「{phrase}」只有一門：請說「還沒上{phrase}」，或改說整項差幾門。")
            piece = replace(piece, least=Decimal(many), most=Decimal(many))
        return start - at + len(phrase), piece


def _joined(found: Sequence[Audience], editions: Mapping[str, str]) -> Audience:
    """Conditions of one kind are alternatives; those of several kinds must all hold."""
    kinds = dict.fromkeys(map(type, found))
    if Owing in kinds and Being not in kinds:
        found = [*found, Being(Position.CONTACT)]
    if Owing in kinds or Short in kinds:  # the plan's name only said which one
        found = [piece for piece in found if not isinstance(piece, Follows)]
    beings = {piece for piece in found if isinstance(piece, Being)}
    if beings == {Being(Position.CONTACT)}:  # contacts follow nothing: their schools take part
        found = [_taking_part(piece, editions) for piece in found]
    parts = []
    for kind in dict.fromkeys(map(type, found)):
        alike = list(dict.fromkeys(piece for piece in found if type(piece) is kind))
        parts.append(_either(alike))
    others = [part for part in parts if part != Everybody()]
    if not others:
        return Everybody()
    return others[0] if len(others) == 1 else AllOf(tuple(others))


def _taking_part(piece: Audience, editions: Mapping[str, str]) -> Audience:
    if not isinstance(piece, Follows):
        return piece
    return TakesPart(plan=piece.plan, edition=editions.get(piece.plan, piece.edition))


def _either(alike: Sequence[Audience]) -> Audience:
    first = alike[0]
    if isinstance(first, Within):
        return Within(tuple(c for one in alike if isinstance(one, Within) for c in one.cities))
    if isinstance(first, AtLevel):
        return AtLevel(tuple(v for one in alike if isinstance(one, AtLevel) for v in one.levels))
    if isinstance(first, Around):
        return Around(tuple(d for one in alike if isinstance(one, Around) for d in one.districts))
    if isinstance(first, AtSchools):
        codes = (c for one in alike if isinstance(one, AtSchools) for c in one.codes)
        return AtSchools(tuple(dict.fromkeys(codes)))
    return first if len(alike) == 1 else AnyOf(tuple(alike))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
