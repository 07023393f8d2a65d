"""How many and how much, as a plan states it: bounds, shares, rates and per-unit rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.model.facet import Given

_NUMBER = r"\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a range of two; of a base where `is_share` (then in percent)."""

    low: Decimal
    high: Decimal
    is_share: bool = False

    @classmethod
    def parse(cls, text: str) -> "Value":
        """`20000`, `1.5`, `100000..140000`, `30%`; ValueError where it is none of these."""
        found = re.fullmatch(rf"({_NUMBER})(?:\.\.({_NUMBER}))?(%?)", text.strip())
        if not found:
            raise ValueError(f"看不懂的數量「{text}」")
        low = Decimal(found[1])
        high = Decimal(found[2] or found[1])
        if high < low:
            raise ValueError(f"「{text}」的上限小於下限")
        return cls(low, high, bool(found[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One stated amount. Exactly one of exactly, least, most, about, default is set."""

    given: Given = field(default_factory=Given, metadata={"key": "if"})
    exactly: Value | None = None
    least: Value | None = None
    most: Value | None = None
    about: Value | None = None
    default: Value | None = None
    unit: str = ""
    per: str = ""  # a number facet: the value is for each one of it
    more: Value | None = None  # with `per`: for each one after the first
    of: str = ""  # a share: what it is a share of, in words
    base: str = ""  # a share: the entry or number facet that the base is taken from
    each: str = ""  # in words, what one value is for: 每人每餐
    note: str = ""

    def __post_init__(self) -> None:
        stated = [b for b in self.bounds.values() if b]
        if len(stated) != 1:
            raise ValueError("要有 exactly、least、most、about、default 其中一個，且只能一個")
        if stated[0].is_share and not self.of:
            raise ValueError("百分比要用 of 說明是什麼的百分比")
        if not stated[0].is_share and not self.unit:
            raise ValueError("數量要有 unit（單位）")
        if self.more and not self.per:
            raise ValueError("more 要和 per 一起用")

    @property
    def bounds(self) -> Mapping[str, Value | None]:
        """Every way of stating it, by its key; one is not None."""
        return {
            "exactly": self.exactly,
            "least": self.least,
            "most": self.most,
            "about": self.about,
            "default": self.default,
        }

    @property
    def bound(self) -> str:
        """Which of the ways it is stated in."""
        return next(k for k, v in self.bounds.items() if v)

    @property
    def value(self) -> Value:
        """The value stated."""
        return next(v for v in self.bounds.values() if v)
