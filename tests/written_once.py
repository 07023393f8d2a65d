"""SQL is spelled out once for all engines of a test run, templates and addresses for all apps.

Each test has engines and apps of its own, and what is made of statements, templates and addresses
stays with them: that took a quarter of the time of a test which talks to the bot, and half of one
which opens a page.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, event
from werkzeug.routing import Rule


class _Written(dict[Any, Any]):
    """Statements by what they say and by the kind of database, whichever engine asks."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, written: Any) -> None:
        super().__setitem__(_of_any_engine(key), written)


def _of_any_engine(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), *rest)


class _Templates(BytecodeCache):
    """What templates were made into, by what they say."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._made.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._made[bucket.key, bucket.checksum] = bucket.code


_WRITTEN = _Written()
_BUILDERS: dict[Any, Callable[..., tuple[str, str]]] = {}
_builder: Any = Rule._compile_builder


def share() -> None:
    """Engines that are opened and apps that are made from now on use what others made."""
    event.listen(Engine, "engine_connect", _use)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}
    Rule._compile_builder = _built  # type: ignore[method-assign]


def _built(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """What writes addresses of a rule: Python that is made of its parts."""
    key = rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown
    if key not in _BUILDERS:
        _BUILDERS[key] = _builder(rule, append_unknown)
    return _BUILDERS[key]


def _use(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_WRITTEN)
