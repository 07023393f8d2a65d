"""The other one of two cases: 另一組, 下一梯, after one of them was talked about."""

import re
from collections.abc import Mapping

from bot.model.edition import Edition

_OTHER = re.compile(
    r"(?:另外?的?一?個?那?一?|別的?一?|下一?個?|後一?個?|前一?個?|上一?個?)(?P<kind>[組梯場門種])"
)


def other_case(key: str, known: Mapping[str, str], edition: Edition) -> dict[str, str]:
    """Facet → its other value, where a folded text asks for the other of two; else empty.

    `known` are the facets that the talk has settled; only one with two values whose titles have
    the word that the text uses (組, 梯) can be meant.
    """
    found = _OTHER.search(key.replace("1", "一"))
    if not found:
        return {}
    others = {}
    for name, value in known.items():
        facet = edition.facets.get(name)
        if facet is None or len(facet.values) != 2 or value not in facet.values:
            continue
        if all(found["kind"] in said.title for said in facet.values.values()):
            others[name] = next(v for v in facet.values if v != value)
    return others if len(others) == 1 else {}
