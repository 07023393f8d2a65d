"""Addresses of e-mail: found in what somebody wrote, and shown without giving them away."""

import re
import unicodedata

LONGEST = 254  # characters, by the standard
_PART = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
# Bounded, so that no text makes it slow. No quotes and no characters beyond ASCII.
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_%+\-]{{1,64}}(?:\.[A-Za-z0-9_%+\-]{{1,64}}){{0,8}}"
    rf"@{_PART}(?:\.{_PART}){{1,8}}(?![A-Za-z0-9\-@])"
)
_LONGEST_LOCAL = 64


def find_address(text: str) -> str:
    """The one address in a text, full-width signs read as usual ones; empty for none or several."""
    found = set(_ADDRESS.findall(unicodedata.normalize("NFKC", text)))
    one = found.pop() if len(found) == 1 else ""
    local = one.partition("@")[0]
    return one if len(one) <= LONGEST and len(local) <= _LONGEST_LOCAL else ""


def without_address(text: str) -> str:
    """The text without addresses, full-width signs read as usual ones."""
    return _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text))


def masked(address: str) -> str:
    """The address as it may be shown.

    >>> masked("teacher@example.edu.tw")
    't***@example.edu.tw'
    """
    local, _, domain = address.partition("@")
    return f"{local[:1]}***@{domain}"
