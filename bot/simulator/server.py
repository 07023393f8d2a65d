"""The platform as a server of its own on loopback: for tests that run the bot as LINE would."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol

from bot.simulator.wire import Request, Response


class Answers(Protocol):
    """Whoever plays LINE: one platform, or several accounts of it."""

    def answer(self, request: Request) -> Response: ...


class LineServer:
    """Serves one platform; `with LineServer(platform) as url:` gives what LINE_API_BASE wants."""

    def __init__(self, platform: Answers, port: int = 0) -> None:
        self._http = _Http(("127.0.0.1", port), _handler_for(platform))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def start(self) -> str:
        """Begins to answer; gives the address."""
        self._thread.start()
        return self.url

    def stop(self) -> None:
        """Stops answering and closes the port."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Http(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True
    block_on_close = False  # kept-alive connections of the bot would hold it open


def _handler_for(platform: Answers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each kept-alive call waits 40 ms for an ACK
        wbufsize = -1

        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = dict(self.headers.items())
            response = platform.answer(Request.of(self.command, self.path, headers, raw))
            if response.lost:
                self.close_connection = True
                return
            self._write(response)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def _write(self, response: Response) -> None:
            data, content_type = payload(response)
            self.send_response(response.status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the platform's journal has it all."""

    return Handler


def payload(response: Response) -> tuple[bytes, str]:
    """The bytes of this answer, and their type."""
    if isinstance(response.body, bytes):
        return response.body, "application/octet-stream"
    return json.dumps(response.body).encode(), "application/json"
