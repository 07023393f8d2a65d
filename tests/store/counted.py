"""The statements that a piece of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

_OF_CHANNELS = "FROM channel ORDER BY"


@contextmanager
def counted(engine: Engine, *, channels: bool = False) -> Iterator[list[str]]:
    """The SELECTs that are sent meanwhile.

    Args:
        channels: whether that of the channels is among them, which is sent every few seconds,
            whatever is asked.
    """
    sent: list[str] = []

    def note(*args: object) -> None:
        is_left_out = _OF_CHANNELS in str(args[2]) and not channels
        if str(args[2]).lstrip().upper().startswith("SELECT") and not is_left_out:
            sent.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
