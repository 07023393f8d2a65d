"""The tags of a web page, one after another, and the words between them.

By one pattern that runs on to the next sign and no further: the parser of the standard library
takes minutes over a few hundred kilobytes of beginnings of comments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,30})([^<>]*)>")
_SPAN = re.compile(r"""\b(rowspan|colspan)\s{0,9}=\s{0,9}["']?(\d{1,7})""", re.IGNORECASE)
# What is no word of the page, from its beginning to its end.
_HIDDEN = {
    "<!--": "-->",
    "<script": r"</script\s*>",
    "<style": r"</style\s*>",
    "<!": ">",  # after what begins alike
}
_HIDES = re.compile("|".join(_HIDDEN), re.IGNORECASE)
_ENDS = {begins: re.compile(ends, re.IGNORECASE) for begins, ends in _HIDDEN.items()}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag by its name in small letters."""

    name: str
    is_end: bool
    spans: dict[str, str]  # rowspan, colspan, as they are written


def tags_and_words(page: str) -> Iterator[Tag | str]:
    """What stands in a page, in its order; what is no tag is words, with their signs resolved."""
    text = _shown(page)
    place = 0
    for found in _TAG.finditer(text):
        if found.start() > place:
            yield unescape(text[place : found.start()])
        spans = {name.lower(): number for name, number in _SPAN.findall(found[3])}
        yield Tag(found[2].lower(), bool(found[1]), spans)
        place = found.end()
    if place < len(text):
        yield unescape(text[place:])


def _shown(page: str) -> str:
    """The page without comments, scripts and styles; what is never closed hides all the rest."""
    kept, place = [], 0
    while found := _HIDES.search(page, place):
        kept.append(page[place : found.start()])
        end = _ENDS[found[0].lower()].search(page, found.end())
        if end is None:
            return "".join(kept)
        place = end.end()
    return "".join([*kept, page[place:]])
