"""From the tree of a file to frozen nouns, by the type hints of their fields.

Goes on after a fault, so that one run shows them all: what is wrong in a list is left out of it,
what is wrong in a noun takes the noun with it.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from enum import Enum, StrEnum
from typing import Any

from bot.catalog.hints import Slot, choices, item_kind, slots, telling_key, value_kind
from bot.catalog.scalars import SCALARS
from bot.catalog.yaml_lines import Fault, Fields, Items, Node, Scalar
from bot.model.facet import Facet, Given
from bot.model.quantity import Quantity
from bot.model.rule import Is

# What to do where a noun itself says what is wrong with it.
_CURES: Mapping[type, str] = {
    Quantity: "例：{most: 20000, unit: 元} 或 {most: 30%, of: 總額}",
    Facet: "數字寫 unit: 班；選項寫 values: {A: {title: A組}}",
    Is: "例：{fact: enrolled, is: true, text: …, source: 柒、一}",
}


# Where the empty file for a new plan wants something: 〔填：計畫全名〕.
TO_FILL = "〔填"
_FILL = "把〔填：…〕連同括號換成內容，或刪掉這個欄位"


class _Bad(Enum):
    """In place of a value that could not be made."""

    BAD = 0


BAD = _Bad.BAD


class Shaper:
    """Builds nouns; keeps the faults, and which node each noun was built from."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        # By identity; the noun is kept beside its node, so that no other can take its place.
        self.nodes: dict[int, tuple[Any, Fields]] = {}

    def build(self, kind: Any, node: Node) -> Any:
        """The value of this kind that stands at `node`, or BAD and a fault."""
        if (item := item_kind(kind)) is not None:
            return self._list(item, node)
        if (value := value_kind(kind)) is not None:
            return self._mapping(value, node)
        allowed = choices(kind)
        if len(allowed) > 1:
            return self._choice(allowed, node)
        kind = allowed[0]
        if kind is Given:
            return self._given(node)
        if kind in SCALARS:
            return self._scalar(kind, node)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._member(kind, node)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.noun(kind, node)
        raise TypeError(f"no way to read {kind!r} from a file")

    def noun(self, noun: type, node: Node, given: Mapping[str, Any] | None = None) -> Any:
        """The dataclass that stands at `node`; `given` are values that the file does not hold."""
        if not isinstance(node, Fields):
            return self._bad(node.line, "這裡要有欄位", f"寫成「{telling_key(noun)}: …」的樣子")
        known = {k: s for k, s in slots(noun).items() if s.name not in (given or ())}
        self._report_unknown(node, known)
        faults_before = len(self.faults)
        values, whole = self._values(known, node)
        if not whole:
            return BAD
        try:
            made = noun(**values, **(given or {}))
        except ValueError as err:
            if len(self.faults) > faults_before:
                return BAD  # it lacks what could not be read: that is said already
            return self._bad(
                node.line, str(err), _CURES.get(noun, "照 knowledge/README.md 的例子改")
            )
        self.nodes[id(made)] = (made, node)
        return made

    def _values(self, known: Mapping[str, Slot], node: Fields) -> tuple[dict[str, Any], bool]:
        values: dict[str, Any] = {}
        whole = True
        for key, slot in known.items():
            if key in node.values:
                value = self.build(slot.kind, node.values[key])
                if value is not BAD:
                    values[slot.name] = value
                elif slot.must:
                    whole = False
            elif slot.must:
                self._bad(node.line, f"少了「{key}」", f"補上「{key}: …」")
                whole = False
        return values, whole

    def _report_unknown(self, node: Fields, known: Iterable[str]) -> None:
        names = list(known)
        for key in node.values:
            if key not in names:
                what = f"沒有「{key}」這個欄位"
                self._bad(node.key_lines[key], what, _nearest(key, names))

    def _list(self, kind: Any, node: Node) -> Any:
        if not isinstance(node, Items):
            value = self.build(kind, node)
            return BAD if value is BAD else (value,)
        built = [self.build(kind, item) for item in node.items]
        return tuple(value for value in built if value is not BAD)

    def _mapping(self, kind: Any, node: Node) -> Any:
        if not isinstance(node, Fields):
            return self._bad(node.line, "這裡要寫「名稱: 內容」", "每個名稱各寫一行")
        built = {key: self.build(kind, value) for key, value in node.values.items()}
        return {key: value for key, value in built.items() if value is not BAD}

    def _given(self, node: Node) -> Any:
        needs = self._mapping(tuple[str, ...], node)
        return BAD if needs is BAD else Given(needs)

    def _choice(self, allowed: tuple[Any, ...], node: Node) -> Any:
        by_key = {telling_key(noun): noun for noun in allowed}
        told = [k for k in by_key if isinstance(node, Fields) and k in node.values]
        if len(told) != 1:
            keys = "、".join(by_key)
            what = "條件" if Is in allowed else "內容"
            return self._bad(node.line, f"看不出是哪一種{what}", f"寫 {keys} 其中一個，且只寫一個")
        return self.noun(by_key[told[0]], node)

    def _scalar(self, kind: Any, node: Node) -> Any:
        how = SCALARS[kind]
        if not isinstance(node, Scalar):
            what = "這裡要寫一段文字" if kind is str else "這裡要寫一個值，不是清單或欄位"
            cure = "文字裡有「: 」、「{」或「[」時，用引號括起來" if kind is str else how.cure
            return self._bad(node.line, what, cure)
        if TO_FILL in node.text:
            return self._bad(node.line, _unfilled(node.text), _FILL)
        if not node.text:
            return self._bad(node.line, "沒有內容", "寫上內容，或刪掉這個欄位")
        try:
            return how.read(node.text)
        except ValueError as err:
            # Python's own words are English: there is no such day or hour.
            what = str(err)
            return self._bad(
                node.line,
                f"沒有這個日期或時刻「{node.text}」" if what.isascii() else what,
                how.cure,
            )

    def _member(self, kind: type[StrEnum], node: Node) -> Any:
        values = [member.value for member in kind]
        if isinstance(node, Scalar) and node.text in values:
            return kind(node.text)
        text = node.text if isinstance(node, Scalar) else ""
        if TO_FILL in text:
            return self._bad(node.line, _unfilled(text), _FILL)
        return self._bad(node.line, f"不能寫「{text}」", _nearest(text, values))

    def _bad(self, line: int, what: str, cure: str) -> _Bad:
        self.faults.append(Fault(line, what, cure))
        return BAD


def _unfilled(text: str) -> str:
    return "還沒填" + text.partition(TO_FILL)[2].rstrip("〕")


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    every = f"可以寫：{'、'.join(known)}"
    return f"是不是「{near[0]}」？{every}" if near else every
