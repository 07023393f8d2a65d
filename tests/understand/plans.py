"""What the tests of reading read with: the real plans, and a small made-up one."""

from functools import cache

from bot.catalog.load import load_library
from bot.model.edition import Edition, Library
from bot.model.facet import Facet, FacetValue
from bot.understand.reader import Reader
from tests.rules.editions import edition
from tests.source import ROOT


@cache
def real_library() -> Library:
    """The plans and the lexicon as they are."""
    return load_library(ROOT / "knowledge")


@cache
def real_reader() -> Reader:
    """A reader of the real plans; nothing in it changes."""
    return Reader(real_library())


@cache
def reading_plan() -> Edition:
    """A made-up plan with groups, rounds, and numbers of classes and of 元."""
    return edition(
        facets={
            "group": Facet(
                title="組別",
                values={
                    "A": FacetValue(title="A組", says=("甲組",)),
                    "B": FacetValue(title="B組", says=("乙組",)),
                },
            ),
            "round": Facet(
                title="梯次",
                values={
                    "1": FacetValue(title="第1梯次", says=("前一梯",)),
                    "2": FacetValue(title="第2梯次", says=("後一梯",)),
                },
            ),
            "classes": Facet(title="班級數", unit="班", says=("個班級",)),
            "sum": Facet(title="總額", unit="元"),
        }
    )


def first_turns() -> list[str]:
    """What people ask first in the examples of the real plans."""
    return [e.turns[0].say for plan in real_library().editions for e in plan.examples]
