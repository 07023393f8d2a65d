"""The webhook, before Flask: what comes most often needs no routing, no session, no context.

Besides, the router leaves rubbish in circles for each request; looking for it holds everybody up.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import formatdate
from enum import IntEnum
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Request, Response

from bot.errors import BadWebhook
from bot.line.inbound import destination_of, read_webhook
from bot.log_lines import about
from bot.messages import Incoming, Outcome
from bot.web.entrance import Entrance

log = logging.getLogger(__name__)

PATH = "/callback"
LARGEST_BODY = 1_000_000


class Said(IntEnum):
    """What LINE is told of a call, by its status; it sends again what was not told 2xx."""

    OK = 200
    BAD_REQUEST = 400
    ONLY_POST = 405
    TOO_LARGE = 413
    BROKEN = 500
    TRY_AGAIN = 503

    @property
    def words(self) -> bytes:
        """The body; none where all is well: it would leave in a packet of its own."""
        return b"" if self is Said.OK else self.name.lower().replace("_", " ").encode()


class Webhook:
    """Takes what comes to the webhook; all else is for the pages.

    Args:
        harden: gives a response what goes with every one.
    """

    def __init__(
        self, entrance: Entrance, pages: WSGIApplication, harden: Callable[[Response], Response]
    ) -> None:
        self._entrance, self._pages = entrance, pages
        # Said to every call: what goes with it is found once.
        drawn = {said: harden(_drawn(said)).get_wsgi_headers({}) for said in Said}
        self._heads = {said: headers.to_wsgi_list() for said, headers in drawn.items()}
        self._whole = {said: _in_one_piece(said, heads) for said, heads in self._heads.items()}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request, by WSGI (PEP 3333)."""
        if environ["PATH_INFO"] != PATH:
            return self._pages(environ, start)
        said = self._taken(Request(environ, populate_request=False))
        start(f"{said.value} {HTTP_STATUS_CODES[said.value]}", self._heads[said])
        return [said.words] if said.words else ()

    def take(self, body: bytes, signature: str | None, caller: str) -> Said:
        """Keep and answer what one call tells.

        Args:
            signature: the header `x-line-signature`; None where it is missing.
            caller: the address that it comes from.
        """
        entrance = self._entrance
        if entrance.turnstile.is_crowded:
            # Whatever else was done for it would be missing for those that have a place.
            return _sent_away(entrance)
        try:
            said = _take_webhook(body, signature, entrance)
        except Exception:  # the top of one request, as Flask is for the pages'
            log.exception("a webhook broke")
            said = Said.BROKEN
        # LINE keeps no logs for us, and asks for these.
        log.info("webhook from %s: %d", caller, said.value)
        return said

    def drawn(self, said: Said, stays: bool) -> bytes:
        """What LINE is told, as it goes over a connection that stays open or is closed after it."""
        line, rest = self._whole[said]
        connection = b"keep-alive" if stays else b"close"
        date = formatdate(usegmt=True).encode()
        return b"%bDate: %b\r\nConnection: %b\r\n%b" % (line, date, connection, rest)

    def _taken(self, request: Request) -> Said:
        if request.method != "POST":
            return Said.ONLY_POST
        request.max_content_length = LARGEST_BODY
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return Said.TOO_LARGE
        signature = request.headers.get("x-line-signature")
        return self.take(body, signature, request.remote_addr or "")


def _drawn(said: Said) -> Response:
    response = plain(said.words.decode(), said.value)
    if said is Said.ONLY_POST:
        response.headers["Allow"] = "POST"
    return response


def _in_one_piece(said: Said, heads: Iterable[tuple[str, str]]) -> tuple[bytes, bytes]:
    """The first line, and all after the lines that differ from call to call."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in heads)
    first = f"HTTP/1.1 {said.value} {HTTP_STATUS_CODES[said.value]}\r\n"
    return first.encode("latin-1"), f"{lines}\r\n".encode("latin-1") + said.words


def _take_webhook(body: bytes, signature: str | None, entrance: Entrance) -> Said:
    received_at, since = entrance.now(), time.monotonic()
    channel = entrance.channel_to(destination_of(body))
    try:
        incoming = read_webhook(body, signature, channel, received_at)
    except BadWebhook as err:
        log.warning("a webhook was refused: %s", err)
        entrance.meter.error("webhook", type(err).__name__)
        return Said.BAD_REQUEST
    with entrance.turnstile.opened() as has_place:
        if not has_place:
            return _sent_away(entrance)
        unkept = [event for event in incoming if not _answer(event, entrance, received_at, since)]
    # Only what could not even be written down may come again.
    return Said.TRY_AGAIN if unkept else Said.OK


def _sent_away(entrance: Entrance) -> Said:
    entrance.meter.error("webhook", "TooMany")
    return Said.TRY_AGAIN


def _answer(event: Incoming, entrance: Entrance, received_at: datetime, since: float) -> bool:
    with about(event.event_id, event.channel_id):
        try:
            owed = entrance.answerer.respond(event, received_at)
        except Exception as err:  # the database is gone: the neighbours may still find it back
            log.exception("event could not be kept")
            entrance.meter.error("event", type(err).__name__)
            return False
        if owed is not None:
            entrance.replies.put(owed, since)
            time.sleep(0)  # who waits for it comes before our own books
        outcome = owed.answer.outcome if owed else Outcome.SILENT
        entrance.meter.event(event.kind.value, outcome.value, time.monotonic() - since)
        return True


def plain(text: str, status: int = 200) -> Response:
    """A response of plain words."""
    return Response(text, status, mimetype="text/plain")
