"""How numbers of submissions are shown."""

from decimal import ROUND_DOWN, Decimal


def percent(share: Decimal | None) -> str:
    """A share as people read it; rounded down, so that 100% is all of it."""
    if share is None:
        return "—"
    return f"{(share * 100).quantize(Decimal(1), ROUND_DOWN)}%"
