"""Figures in words: 20,000元, 10萬~14萬元, 至少6次, 30%."""

from decimal import Decimal

from bot.model.quantity import Quantity
from bot.rules.quantities import Computed

_BOUNDS = {"exactly": "", "least": "至少", "most": "上限", "about": "約", "default": "預設"}


def number(value: Decimal) -> str:
    """A number with thousands separated: 20,000; 1.5."""
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,}"


def amount(low: Decimal, high: Decimal, unit: str) -> str:
    """One amount or a range of two, with its unit."""
    if low == high:
        return f"{number(low)}{unit}"
    if unit == "元" and not (low % 10000 or high % 10000):
        return f"{number(low / 10000)}萬~{number(high / 10000)}萬元"
    return f"{number(low)}~{number(high)}{unit}"


def stated(quantity: Quantity, per: str = "") -> str:
    """The amount as the plan states it; `per` is the unit that it is for each of."""
    value = quantity.value
    unit = "%" if value.is_share else quantity.unit
    said = amount(value.low, value.high, unit)
    if value.is_share:
        said = f"{quantity.of}的{said}"
    if quantity.more:
        more = amount(quantity.more.low, quantity.more.high, quantity.unit)
        said = f"1{per}{_BOUNDS[quantity.bound]}{said}，每多1{per}加{more}"
    else:
        each = quantity.each or (f"每{per}" if per else "")
        said = f"{each}{_bound(quantity)}{said}"
    return said + (f"（{quantity.note}）" if quantity.note else "")


def worked_out(computed: Computed, per: str = "") -> str:
    """What an amount comes to, and how: 共6份（3班×每班2份）."""
    quantity = computed.quantity
    said = amount(computed.low, computed.high, computed.unit)
    if computed.base is not None:
        share = f"{number(quantity.value.low)}%"
        base = f"{number(computed.base)}{computed.unit}"
        return f"{_bound(quantity)}{said}（{quantity.of}{base}的{share}）"
    if computed.count is None:
        return stated(quantity)
    if quantity.more and computed.count == 1:
        return stated(quantity, per)
    count = f"{number(computed.count)}{per}"
    if quantity.more:
        return f"{count}{_BOUNDS[quantity.bound]}{said}（{stated(quantity, per)}）"
    each = amount(quantity.value.low, quantity.value.high, quantity.unit)
    return f"{count}共{said}（每{per}{each}）"


def _bound(quantity: Quantity) -> str:
    return _BOUNDS[quantity.bound]
