"""What is logged: one line each, as JSON or as text, with the event that it is about.

No words of people: of an exception its kind and its places are written and not its message, which
may hold what somebody wrote; of an address of ours not the token, which opens somebody's page.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

import orjson

JSON, TEXT = "json", "text"
FORMATS = (JSON, TEXT)
# What follows is a secret: signed links, calendars' keys, pictures' names.
_SECRET_PATH = re.compile(r"(/(?:p|mail/\w+|calendar)/)[^\s\"'?/]+")

_about: ContextVar[tuple[str, str]] = ContextVar("about", default=("", ""))


@contextmanager
def about(event_id: str, channel_id: str) -> Iterator[None]:
    """While in it, all that is logged by this thread is about this event."""
    token = _about.set((event_id, channel_id))
    try:
        yield
    finally:
        _about.reset(token)


def set_up(form: str, level: str = "info") -> None:
    """Log in this form from now on, to the standard error, what is of this level or above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if form == JSON else TextLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Which thread wrote a line, and where in the code, is in neither form: nobody need find it out.
    logging.logThreads = logging.logMultiprocessing = False
    logging._srcfile = None  # as its documentation has it, under "Optimization"


class TextLine(logging.Formatter):
    """A line as people read it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, at its end the event that it is about, and the places of an exception."""
        event_id, _ = _about.get()
        said = hidden(record.getMessage()).splitlines()
        said += places_of(record.exc_info)
        of_event = f" [event {event_id}]" if event_id else ""
        head = f"{self.formatTime(record)} {record.levelname} {record.name} {record.process}:"
        return f"{head} {' | '.join(map(str.strip, said))}{of_event}"


class JsonLine(logging.Formatter):
    """A line as machines read it."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object on one line."""
        event_id, channel_id = _about.get()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hidden(record.getMessage()),
            "event": event_id,
            "channel": channel_id,
            "process": record.process,
        }
        if record.exc_info:
            line["error"] = places_of(record.exc_info)
        return _as_json(line)


def _as_json(line: dict[str, object]) -> str:
    try:
        return orjson.dumps(line).decode()
    except TypeError:  # half a character
        return json.dumps(line, ensure_ascii=False)


def hidden(line: str) -> str:
    """The line without what opens somebody's page.

    >>> hidden("Exception on /p/abc.def/me [GET]")
    'Exception on /p/…/me [GET]'
    """
    return _SECRET_PATH.sub(r"\1…", line)


def places_of(found: object) -> list[str]:
    """The kinds of an exception and its causes, each with where it happened; no messages."""
    error = found[1] if isinstance(found, tuple) else None
    lines: list[str] = []
    while isinstance(error, BaseException) and len(lines) < 200:
        kind = type(error)
        cause = getattr(error, "orig", None)  # of the database's own error: its kind alone
        lines.append(f"{kind.__module__}.{kind.__qualname__}{_kind_of(cause)}")
        lines += _steps(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _kind_of(cause: object) -> str:
    return f" ({type(cause).__name__})" if isinstance(cause, BaseException) else ""


def _steps(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}"
        trace = trace.tb_next
