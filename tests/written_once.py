"""SQL is spelled out once for all engines of a test run.

Each test opens engines of its own, and SQLAlchemy keeps what it spelled out with the engine: that
took a quarter of the time of a test which talks to the bot.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event


class _Written(dict[Any, Any]):
    """Statements by what they say and by the kind of database, whichever engine asks."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, written: Any) -> None:
        super().__setitem__(_of_any_engine(key), written)


def _of_any_engine(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), *rest)


_WRITTEN = _Written()


def share() -> None:
    """Every engine that is opened from now on uses what others spelled out."""
    event.listen(Engine, "engine_connect", _use)


def _use(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_WRITTEN)
