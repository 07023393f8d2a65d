"""Modules that are imported when something of them is first asked for.

What only few requests need (spreadsheets, Word, calendars, migrations) took a third of a process
that answers people. A file that uses such a module says so at its top, so that types and layers
are still checked:

    if TYPE_CHECKING:
        from bot.papers import word
    else:
        word = later("bot.papers.word")
"""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module. Threads may share it: the import itself lets one of them in."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def later(name: str) -> Any:
    """The module of this name, imported when it is first used."""
    return Later(name)
