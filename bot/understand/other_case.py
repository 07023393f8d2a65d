"""The other one of two cases: 另一組, 下一梯, after one of them was talked about."""

import re
from collections.abc import Mapping

from bot.model.edition import Edition
from bot.model.facet import Facet

_OTHER = re.compile(
    r"(?:另外?的?一?個?那?一?|別的?一?|下一?個?|後一?個?|前一?個?|上一?個?)(?P<kind>[組梯場門堂種])"
)
_MISSED = re.compile(
    "沒(?:有)?(?:上到|去|參加|趕上|到)|錯過|缺席|不能去|沒辦法(?:去|上|參加)|沒空|漏掉|來不及上"
    "|撞期|衝堂|衝到|有事|去不了|不行|不方便|走不開"
)
_STILL = re.compile("還有|別的?[場梯天]|其他|另外|另[一1]|下[一1]|補")


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
        if _is_kind(found["kind"], facet):
            others[name] = next(v for v in facet.values if v != value)
    return others if len(others) == 1 else {}


def missed_case(key: str, heard: Mapping[str, str], edition: Edition) -> dict[str, str]:
    """Facet → its other value, where a text says that one was missed and asks for another.

    6月那場沒上到，還有別場嗎 asks for the other round, not for the one that it names.
    """
    if not (_MISSED.search(key) and _STILL.search(key)):
        return {}
    turned = {}
    for name, value in heard.items():
        facet = edition.facets.get(name)
        if facet and len(facet.values) == 2 and value in facet.values and _is_kind("梯", facet):
            turned[name] = next(v for v in facet.values if v != value)
    return turned


def _is_kind(kind: str, facet: Facet) -> bool:
    """Whether a facet is what the text calls it: 梯 a round, 門 or 堂 a course."""
    if kind in "門堂" and "課程" in facet.title:
        return True
    return all(kind in said.title for said in facet.values.values())
