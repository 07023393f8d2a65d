"""Editions of a made-up plan, as small as a rule needs them."""

from datetime import date
from typing import Any

from bot.model.edition import About, Edition
from bot.model.entries import Amount, DateCase, DateKind, PlanDate
from bot.model.facet import Facet, FacetValue, Given
from bot.model.quantity import Quantity, Value
from bot.model.when import When

ABOUT = About(
    title="甲市111年度共讀實施計畫",
    short="甲市111共讀",
    names=("共讀",),
    issuer="甲市教育局",
    area="甲市",
    year=111,
    year_kind="年度",
)
FACETS = {
    "group": Facet(
        title="組別", values={"A": FacetValue(title="A組"), "B": FacetValue(title="B組")}
    ),
    "classes": Facet(title="班級數", unit="班"),
    "people": Facet(title="人數", unit="人"),
    "sum": Facet(title="總額", unit="元"),
}


def edition(**sections: Any) -> Edition:
    """An edition with these sections, every facet above, and nothing else."""
    return Edition(
        plan="reading",
        edition="111",
        checked_on=date(2026, 1, 5),
        about=ABOUT,
        **{"facets": FACETS, **sections},
    )


def quantity(text: str, bound: str = "most", **more: Any) -> Quantity:
    """An amount of `text`, by default a cap in 元; of a share, of the total."""
    values = {k: Value.parse(v) if k == "more" else v for k, v in more.items()}
    kind = {"of": "總額"} if "%" in text else {"unit": "元"}
    return Quantity(**{bound: Value.parse(text), **kind, **values})


def given(**needs: str) -> Given:
    """A condition: each facet named has the one value or range named."""
    return Given({facet: (wanted,) for facet, wanted in needs.items()})


def amount(entry_id: str, *cases: Quantity) -> Amount:
    """An entry with these amounts."""
    return Amount(id=entry_id, title=entry_id, source=("玖",), amount=cases)


def planned(entry_id: str, *whens: str, kind: DateKind = DateKind.SESSION, **more: Any) -> PlanDate:
    """A date with a case for each of these times."""
    cases = tuple(DateCase(at=When.parse(w)) for w in whens)
    return PlanDate(id=entry_id, title=entry_id, source=("柒",), kind=kind, when=cases, **more)
