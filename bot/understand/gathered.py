"""What is gathered from all editions of a reader, once: not for every message anew."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from bot.understand.reader import Reader

T = TypeVar("T")


def once_a_reader(gather: Callable[[Reader], T]) -> Callable[[Reader], T]:
    """`gather`, called once for each reader; what it gave is kept as long as the reader lives."""
    kept: WeakKeyDictionary[Reader, T] = WeakKeyDictionary()

    @wraps(gather)
    def gathered(reader: Reader) -> T:
        found = kept.get(reader)
        if found is None:
            found = kept[reader] = gather(reader)
        return found

    return gathered
