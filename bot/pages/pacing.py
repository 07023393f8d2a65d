"""How often one link is served: pages, forms that are sent, and files, which cost most to read."""

import hashlib

from flask import request
from werkzeug.exceptions import TooManyRequests

from bot.turns import Turns

WITHIN_S = 60.0
MOST_PAGES, MOST_SENT, MOST_FILES = 240, 60, 20  # of one link


class Pacing:
    """Counts what comes by each link, in this process; `hold` goes before every request."""

    def __init__(self) -> None:
        self._pages = Turns(MOST_PAGES, WITHIN_S)
        self._sent = Turns(MOST_SENT, WITHIN_S)
        self._files = Turns(MOST_FILES, WITHIN_S)

    def hold(self) -> None:
        """Refuse with 429 what comes too fast; what belongs to no link is let through."""
        token = (request.view_args or {}).get("token")
        if not token:
            return
        caller = hashlib.sha256(token.encode()).hexdigest()  # a forged one may be very long
        if wait_s := self._turns().wait_s(caller):
            raise TooManyRequests(retry_after=wait_s)

    def _turns(self) -> Turns:
        if request.method in ("GET", "HEAD"):
            return self._pages
        return self._files if request.mimetype == "multipart/form-data" else self._sent
