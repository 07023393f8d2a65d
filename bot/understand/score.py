"""How well each entry fits a question.

A question's symbols have weights; an entry covers a symbol where a pair of neighbours with it
stands in the entry, as written or as it sounds, in its names or in its body. The score is the
share of the weight that is covered, mixed with how well the best single phrase fits both ways,
and moved a little by whether the entry can tell what is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from bot.model.entries import (
    Conflict,
    Contact,
    DateKind,
    Eligibility,
    Form,
    Link,
    PlanDate,
    Term,
)
from bot.understand.facets import ROLE, Heard
from bot.understand.gives import alike
from bot.understand.index import HEARD_NAMED, Index, Item, is_gap
from bot.understand.question import Question
from bot.understand.symbols import GRAMMAR, phrase

COVER, PHRASE = 0.62, 0.38
CELL_PHRASE = 0.7
TITLE_SAID = 0.06
LOOKED_AT = 14  # items of an edition whose phrases are compared one by one
MOST = 24  # of all editions
MOST_FIT = 0.3  # more than this no fit adds
NEAR_BEST = 0.75  # of the best score: what cannot reach it is not looked at
HARD = frozenset({"money", "share", "time", "where", "link"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and how well it fits."""

    item: Item
    score: float
    cover: float  # 0 to 1: share of the question that the item speaks of


def symbol_weights(index: Index, question: Question, damped: Mapping[int, float]) -> list[float]:
    """How much each symbol of the question counts; `damped` lowers some places."""
    best: dict[int, float] = {}
    for gram, places in (*question.grams, *question.sounds):
        weight = index.weights.get(gram)
        if weight is None:
            continue
        for place in places:
            best[place] = min(best.get(place, weight), weight)
    weights = []
    for place, item in enumerate(question.symbols.items):
        if item in GRAMMAR:
            weight = 0.12 * best.get(place, 0.0)
        elif len(item) == 1 and item.isdigit():
            weight = best.get(place, 0.5 * index.novel)
        else:
            weight = best.get(place, index.novel)
        weights.append(weight * damped.get(place, 1.0))
    return weights


def rank(
    index: Index, question: Question, editions: Iterable[str], heard: Mapping[str, Heard]
) -> list[Candidate]:
    """Items of these editions that speak of the question, best first, ties by their order.

    Items that cannot come near the best any more are left out.
    """
    rows: list[tuple[float, Item]] = []
    for key in editions:
        rows += _covers(index, question, key, heard.get(key, Heard()))
    rows.sort(key=lambda r: (-r[0], r[1].number))
    sought = Sought.of(question)
    found: list[Candidate] = []
    best = 0.0
    for cover, item in rows:
        if COVER * cover + PHRASE + MOST_FIT < NEAR_BEST * best or len(found) == MOST:
            break
        candidate = _candidate(index, sought, item, cover, heard.get(item.edition.key, Heard()))
        best = max(best, candidate.score)
        found.append(candidate)
    return sorted(found, key=by_score)


def by_score(candidate: Candidate) -> tuple[float, int]:
    """Sorts candidates best first, ties by their order in the files."""
    return -candidate.score, candidate.item.number


def _covers(index: Index, question: Question, key: str, heard: Heard) -> list[tuple[float, Item]]:
    """Items of one edition with the share of the question's weight that each covers."""
    total = sum(question.weights) or 1.0
    spans = _facet_places(question, heard)
    rows = []
    for number, row in _covered(index, question, key).items():
        item = index.items[number]
        _cover_mentions(row, item, question, spans)
        rows.append((sum(map(mul, question.weights, row)) / total, item))
    rows.sort(key=lambda r: (-r[0], r[1].number))
    return rows[:LOOKED_AT]


def _covered(index: Index, question: Question, key: str) -> dict[int, list[float]]:
    places = len(question.symbols.items)
    rows: dict[int, list[float]] = {}
    postings = index.of(key)
    for gram, at in (*question.grams, *question.sounds):
        for number, quality in postings.get(gram, {}).items():
            row = rows.get(number)
            if row is None:
                row = rows[number] = [0.0] * places
            for place in at:
                if quality > row[place]:
                    row[place] = quality
    return rows


def _facet_places(question: Question, heard: Heard) -> dict[str, set[int]]:
    places: dict[str, set[int]] = {}
    for facet, start, end in heard.spans:
        at = {i for i, s in enumerate(question.symbols.starts) if start <= s < end}
        places.setdefault(facet, set()).update(at)
    return places


def _cover_mentions(
    row: list[float], item: Item, question: Question, facets: Mapping[str, set[int]]
) -> None:
    for facet in item.facets & facets.keys():
        for place in facets[facet]:
            row[place] = 1.0
    entry = item.entry
    if isinstance(entry, PlanDate) and question.days and "open" not in question.asked.wants:
        for mention in question.days:
            if any(case.at.covers(mention.first, mention.last) for case in entry.when):
                for place, start in enumerate(question.symbols.starts):
                    if mention.start <= start < mention.end:
                        row[place] = 1.0


@dataclass(frozen=True, slots=True)
class Sought:
    """A question made ready to be compared with many phrases."""

    question: Question
    places: Mapping[str, tuple[int, ...]]  # gram, written or heard → where it stands
    total: float

    @classmethod
    def of(cls, question: Question) -> "Sought":
        """The question with its grams looked up by name."""
        places: dict[str, tuple[int, ...]] = {}
        for gram, at in (*question.grams, *question.sounds):
            places[gram] = places.get(gram, ()) + at
        return cls(question, places, sum(question.weights) or 1.0)


def _candidate(index: Index, sought: Sought, item: Item, cover: float, heard: Heard) -> Candidate:
    best = max((_likeness(index, sought, text) for text in item.phrases), default=0.0)
    mixed = COVER * cover + PHRASE * best
    if item.role and item.permission:  # both must be said, not one of them very well
        mixed = (1 - CELL_PHRASE) * cover + CELL_PHRASE * best
    return Candidate(item, mixed + _fit(sought.question, item, heard), cover)


def words_of(index: Index, question: Question, item: Item) -> tuple[str, ...]:
    """The words of the question that stand in the item, for telling why it was chosen."""
    grams = index.of(item.edition.key)
    return tuple(sorted({g for g, _ in question.grams if item.number in grams.get(g, {})}))


def _likeness(index: Index, sought: Sought, text: str) -> float:
    """0 to 1: the harmonic mean of how much of the question and of the phrase is shared."""
    phrased = _phrased(index, text)
    if phrased.keys.isdisjoint(sought.places):
        return 0.0
    hit: dict[int, float] = {}
    got: dict[int, float] = {}
    for gram, places, spoken in phrased.grams:
        quality, at = 1.0, sought.places.get(gram)
        if at is None:
            quality, at = HEARD_NAMED, sought.places.get(spoken, ())
        for row, seen in ((hit, places), (got, at)) if at else ():
            for place in seen:
                row[place] = max(quality, row.get(place, 0.0))
    mine = sought.question.weights
    precision = sum(phrased.weights[p] * q for p, q in hit.items()) / phrased.total
    recall = sum(mine[p] * q for p, q in got.items()) / sought.total
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


@dataclass(frozen=True, slots=True)
class Phrased:
    """A phrase of an item made ready to be compared with many questions."""

    weights: tuple[float, ...]
    grams: tuple[tuple[str, tuple[int, ...], str], ...]  # written, its places, as heard
    keys: frozenset[str]  # every gram, written and heard
    total: float


@lru_cache(maxsize=20_000)
def _phrased(index: Index, text: str) -> Phrased:
    symbols, pairs, sounds = phrase(text)
    best: dict[int, float] = {}
    for gram, places in pairs:
        weight = index.weights.get(gram, 0.3)
        for place in places:
            best[place] = min(best.get(place, weight), weight)
    weights = tuple(
        best.get(i, 0.3) * (0.12 if s in GRAMMAR else 1.0) for i, s in enumerate(symbols.items)
    )
    by_place = {places: gram for gram, places in sounds}
    grams = tuple((gram, places, by_place.get(places, "")) for gram, places in pairs)
    keys = frozenset(g for g, _ in pairs) | frozenset(g for g, _ in sounds)
    return Phrased(weights, grams, keys, sum(weights) or 1.0)


def _fit_in_time(question: Question, item: Item) -> float:
    entry, wants = item.entry, question.asked.wants
    if not wants & {"when", "left", "open", "closes"}:
        return 0.0
    if not isinstance(entry, PlanDate):
        if "when" in item.gives and not wants & {"open", "left"}:
            return 0.0
        return -0.15 if isinstance(entry, Eligibility) else -0.08
    ahead = any(case.at.closes >= question.at for case in entry.when) or entry.before
    if "open" in wants:
        return 0.12 if entry.kind in (DateKind.DEADLINE, DateKind.PERIOD) else 0.04
    fit = 0.04 if ahead else -0.04
    if wants & {"closes", "left"}:
        return fit + (0.1 if entry.kind is DateKind.DEADLINE else 0.03)
    return fit + 0.07


def _fit(question: Question, item: Item, heard: Heard) -> float:
    """How much better or worse the item fits for what it can tell and whom it is for."""
    if is_gap(item):
        return -0.06 if question.asked.wants & {"open", "left"} else 0.0
    entry, fit = item.entry, _fit_in_kind(question.asked.wants, item)
    fit += _fit_in_figures(question, item) + _fit_in_time(question, item)
    fit += TITLE_SAID * (len(item.phrases[0]) >= 3 and item.phrases[0] in question.key)
    if item.role and item.permission:
        asked = question.asked.wants & {"may", "who", "must", "how"}
        fit += -0.3 if heard.known.get(ROLE) != item.role else 0.1 if asked else 0.0
    fit += 0.05 * bool(item.facets & heard.known.keys())
    if not entry.given.fits(heard.known):
        fit -= 0.3
    if question.audiences and entry.audience:
        fit += 0.04 if question.audiences & set(entry.audience) else -0.05
    return fit


def _fit_in_figures(question: Question, item: Item) -> float:
    """For the unit that is counted, and for what an entry tells or does not."""
    asked, fit = question.asked, 0.0
    if "count" in asked.wants and asked.units:
        units = {f"count:{a}" for u in asked.units for a in alike(u)}
        fit += 0.06 if units & item.gives else -0.08
    for want in HARD & asked.wants:
        fit += 0.05 if want in item.gives else -0.08
    return fit


def _fit_in_kind(wants: frozenset[str], item: Item) -> float:
    """For the kind of entry that such a question is after."""
    match item.entry:
        case Contact():
            return 0.08 if wants & {"phone", "mail"} else 0.0
        case Link():
            return 0.06 * ("link" in wants)
        case Form():
            return 0.06 * ("sign" in wants)
        case Term():
            return 0.05 * ("what" in wants)
        case Conflict():
            return 0.05 if "differs" in wants else -0.08
        case Eligibility():
            return 0.05 if "eligible" in wants else -0.1 if wants & {"count", "money"} else 0.0
        case _:
            return -0.05 * bool(wants & {"phone", "mail"})
