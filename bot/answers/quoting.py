"""What somebody said, shown once more: on one line, and cut where it is long."""

LONGEST = 80  # characters


def shortened(said: str) -> str:
    """The text on one line, short enough to stand on a card beside other things."""
    plain = " ".join(said.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def quoted(question: str) -> str:
    """A question in its brackets, cut where it is long."""
    return f"「{shortened(question)}」"
