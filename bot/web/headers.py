"""What goes with every response, whichever room made it; a room's own stricter words stand."""

from collections.abc import Callable

from werkzeug.wrappers import Response

# Nothing is run, fetched or framed where a room does not say otherwise: the webhook, plain words.
USUAL = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HTTPS_FOR = "max-age=31536000"  # a year


def hardener(is_https: bool) -> Callable[[Response], Response]:
    """Gives each response what it lacks.

    Args:
        is_https: whether people reach us encrypted; browsers are then told to come no other way.
    """
    usual = {**USUAL, "Strict-Transport-Security": HTTPS_FOR} if is_https else USUAL

    def harden(response: Response) -> Response:
        for name, value in usual.items():
            response.headers.setdefault(name, value)
        return response

    return harden
