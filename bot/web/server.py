"""gunicorn, started from our own command: one place says how many processes and connections."""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from bot.web.green import GreenWorker

PROCESSES = 2
CONNECTIONS = 1_000  # of one process: most of them idle, kept open by whoever stands before us
# A process that gave no sign of life for so long is ended. One that reads the plans anew for a
# channel of its own gives none meanwhile.
SILENT_S = 120
# A worker that is told to stop has this long: its requests, then the replies still on their way.
GRACE_S = 30
KEEP_ALIVE_S = 15
# Rubbish in circles is rare, and everybody waits while it is looked for: often among few new
# objects, which takes a millisecond, and seldom among those that stayed.
NEW_OBJECTS, LATER_LOOKS, LAST_LOOKS = 1_000, 500, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What is done, in the process that began them, when one of its workers or all have ended."""

    process: Callable[[int], None]
    server: Callable[[], None]


class HouseLogger(Logger):  # type: ignore[misc]
    """gunicorn's own lines, written as all others are."""

    def setup(self, cfg: Any) -> None:
        """Hand everything to the root's handler."""
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(logging.NOTSET)  # the root has it

    def access(self, *_: Any) -> None:
        """Nothing: the app says itself what came; gunicorn would ask each time whether to."""


class Server(BaseApplication):  # type: ignore[misc]
    """Serves an app that every worker process makes for itself, after the fork.

    What was loaded before, such as the plans, is shared by all of them.

    Args:
        make: makes the app, with its engine and its threads; called once in each worker.
        close: ends what `make` began; called when that worker stops.
    """

    def __init__(
        self, bind: str, make: Callable[[], Flask], close: Callable[[], None], ended: Ended
    ) -> None:
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": PROCESSES,
            "worker_class": GreenWorker,  # the command has made all waiting green
            "worker_connections": CONNECTIONS,
            "timeout": SILENT_S,
            "graceful_timeout": GRACE_S,
            "keepalive": KEEP_ALIVE_S,
            "logger_class": HouseLogger,
            "control_socket_disable": True,  # else two instances share one socket in the home
            "when_ready": lambda _server: gc.freeze(),
            "worker_exit": lambda _server, _worker: close(),
            "child_exit": lambda _server, worker: ended.process(worker.pid),
            "on_exit": lambda _server: ended.server(),
        }
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        """Our options, and none from the command line or a file."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app of this worker."""
        gc.set_threshold(NEW_OBJECTS, LATER_LOOKS, LAST_LOOKS)
        app = self._make()
        self.webhook = app.wsgi_app  # for those that come in a lane of their own
        return app
