"""YAML text as a tree that knows its lines; every scalar stays the text that stands there.

PyYAML's own types are left out on purpose: they read `13:30` as 810 and `2022-07-31` as a date,
and take the last of two equal keys without a word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

# A plan needs nine levels (an eligibility rule within rules); far more is a slip, or an attack.
_DEEPEST = 30
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_CUT = re.compile(r"\s+(#[^\s#]{1,10})")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at a line, before it is known in which file and entry."""

    line: int  # from 1
    what: str
    cure: str


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A single text."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """A list."""

    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """A mapping; `key_lines` says where each key stands."""

    line: int
    values: Mapping[str, "Node"] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict)


Node = Scalar | Items | Fields


class YamlFault(Exception):
    """The text is no YAML at all; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def read_tree(content: bytes) -> tuple[Fields, list[Fault]]:
    """The mapping that the file holds, and what is wrong with its form.

    Raises:
        YamlFault: where there is no mapping to go on with.
    """
    tree, faults = read_node(content)
    if not isinstance(tree, Fields):
        raise YamlFault(Fault(1, "檔案開頭要是「欄位: 內容」", "照 knowledge/README.md 的例子寫"))
    return tree, faults


def read_node(content: bytes) -> tuple[Node | None, list[Fault]]:
    """Whatever the file holds, None where it is empty, and what is wrong with its form.

    Raises:
        YamlFault: the text is no YAML.
    """
    text = _decode(content)
    try:
        reading = _Reading(text)
        return reading.document(), reading.faults
    except yaml.MarkedYAMLError as err:
        raise YamlFault(_syntax_fault(err)) from err
    except (yaml.YAMLError, ValueError, OverflowError) as err:
        raise YamlFault(Fault(1, "不是看得懂的 YAML", "檢查縮排、冒號與引號")) from err


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = content[: err.start].count(b"\n") + 1
        raise YamlFault(Fault(line, "檔案不是 UTF-8 編碼", "用編輯器另存為 UTF-8")) from err
    if found := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text[: found.start()].count("\n") + 1
        raise YamlFault(Fault(line, "有不能用的控制字元", "刪掉這一行裡看不見的字元"))
    return text


_SYNTAX = {
    "cannot start any token": ("有不能用在開頭的符號", "把這段文字用引號括起來"),
    "mapping values are not allowed": ("文字裡有「: 」，或縮排不對", "用引號括起來，或對齊縮排"),
    "found character '\\t'": ("用了 Tab", "縮排改用空白"),
    "tab character": ("用了 Tab", "縮排改用空白"),
    "could not find expected ':'": ("少了「:」或結尾的引號", "檢查這一行和上一行的冒號與引號"),
    "unexpected end of stream": ("引號沒有結尾", "補上結尾的引號"),
    "expected ',' or": ("括號沒有結尾，或少了逗號", "檢查這一行和上一行的括號與逗號"),
}


def _syntax_fault(err: yaml.MarkedYAMLError) -> Fault:
    mark = err.problem_mark or err.context_mark
    line = mark.line + 1 if mark else 1
    said = f"{err.context or ''} {err.problem or ''}".strip()
    for telling, (what, cure) in _SYNTAX.items():
        if telling in said:
            return Fault(line, what, cure)
    return Fault(line, f"YAML 寫法有誤（{said}）", "檢查這一行和上一行的縮排、冒號與引號")


class _Reading:
    """Turns the parser's events into our tree; keeps the faults on the way.

    From events and not from PyYAML's own tree: its C composer goes as deep as the file says, until
    the process dies.
    """

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._events = yaml.parse(text, Loader=_LOADER)
        self._text_lines = text.split("\n")

    def document(self) -> Node | None:
        """The only document of the file; None where it is empty."""
        next(self._events)  # the stream starts
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        node = self._node(next(self._events), 0)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            what = "一個檔案只能放一份文件"
            self.faults.append(Fault(_line(after), what, "刪掉單獨一行的「---」"))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if depth > _DEEPEST:
            raise YamlFault(Fault(line, "縮排或括號的層數太多", "檢查括號是否都有對應的結尾"))
        if getattr(event, "anchor", None):  # of an alias too
            self.faults.append(
                Fault(
                    line,
                    "不能用 & 和 * 重複使用內容",
                    "把內容直接寫出來；文字以 & 或 * 開頭時加引號",
                )
            )
        if getattr(event, "tag", None) not in (None, "!"):
            self.faults.append(Fault(line, "不能用 ! 標籤", "文字以 ! 開頭時加引號"))
        if isinstance(event, yaml.MappingStartEvent):
            return self._fields(line, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, tuple(self._items(depth)))
        self._report_cut(event)
        return Scalar(line, str(getattr(event, "value", "")).strip())

    def _report_cut(self, event: yaml.Event) -> None:
        """A text that goes on after ` #` is cut there without a word; a comment has a space."""
        end = event.end_mark
        if end is None or end.line >= len(self._text_lines):
            return
        if found := _CUT.match(self._text_lines[end.line][end.column :]):
            what = f"「{found[1]}」以後會被當成註解丟掉"
            cure = "是內容時，整段用引號括起來；是註解時，# 後面空一格"
            self.faults.append(Fault(end.line + 1, what, cure))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _fields(self, start: int, depth: int) -> Fields:
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self.faults.append(Fault(key.line, "欄位名稱要是文字", "檢查括號與冒號的位置"))
            elif key.text in values:
                cure = f"和第 {lines[key.text]} 行合併成一個"
                self.faults.append(Fault(key.line, f"欄位「{key.text}」寫了兩次", cure))
            else:
                values[key.text], lines[key.text] = value, key.line
        return Fields(start, values, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
