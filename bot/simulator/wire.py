"""One call of the bot's and its answer, apart from whatever carries them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.problem import Problem

RETRY_KEY = "x-line-retry-key"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What the bot sent; header names in lower case, the path without its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    raw: bytes = b""
    query: str = ""

    @classmethod
    def of(cls, method: str, path: str, headers: Mapping[str, str], raw: bytes) -> "Request":
        """A request from whatever a server hands over."""
        lower = {name.lower(): value for name, value in headers.items()}
        path, _, query = path.partition("?")
        return cls(method, path, lower, raw, query)


@dataclass(slots=True)
class Response:
    """What LINE answers; `lost`: it was done, but the answer never arrives."""

    status: int
    body: dict[str, Any] | bytes
    headers: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lost: bool = False


def accept(body: dict[str, Any] | bytes | None = None, status: int = 200) -> Response:
    """LINE did what was asked."""
    return Response(status, {} if body is None else body)


def refuse(status: int, message: str, problems: Iterable[Problem] = ()) -> Response:
    """LINE did nothing, and says why."""
    found = tuple(problems)
    body: dict[str, Any] = {"message": message}
    if found:
        body["details"] = [problem.as_detail() for problem in found]
    return Response(status, body, problems=found)


def refuse_body(problems: list[Problem]) -> Response:
    """The body does not fit; each problem is listed."""
    return refuse(400, f"The request body has {len(problems)} error(s)", problems)


MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
BAD_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
NOT_AVAILABLE = "Access to this API is not available for your account"
INJECTED = {
    401: BAD_TOKEN,
    403: NOT_AVAILABLE,
    404: "Not found",
    429: RATE_LIMIT,
    500: "Internal server error",
    503: "Service unavailable",
}
