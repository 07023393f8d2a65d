"""`/metrics`: for Prometheus on this machine, or for whoever has the token; nobody else sees it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from flask import Response, abort, request

# What a proxy adds: behind one on this machine everybody seems to be here.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsPage:
    """What is told, and the token by which it is told elsewhere."""

    told: Callable[[], bytes]
    content_type: str
    token: str = ""  # empty: to this machine alone


def metrics(counts: MetricsPage) -> Response:
    """All counts; 404 for whoever may not see them."""
    if not (_is_here() or _has(counts.token)):
        abort(404)
    return Response(counts.told(), content_type=counts.content_type)


def _is_here() -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has(token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    # As bytes: what is compared may hold any sign.
    good = hmac.compare_digest(given.strip().encode(), token.encode())
    return bool(token) and scheme.lower() == "bearer" and good
