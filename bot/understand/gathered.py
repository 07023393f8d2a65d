"""What is gathered from all editions of a reader, once: not for every message anew."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from bot.understand.reader import Reader
from bot.understand.small_talk import bare

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


def bare_words(reader: Reader, words: frozenset[str]) -> frozenset[str]:
    """The words of a handler as bare folded messages say them, made once for each reader."""
    of_reader = _said_by(reader)
    found = of_reader.get(words)
    if found is None:
        found = of_reader[words] = frozenset(bare(reader.word(word)) for word in words)
    return found


@once_a_reader
def _said_by(_reader: Reader) -> dict[frozenset[str], frozenset[str]]:
    return {}
