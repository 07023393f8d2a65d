"""YAML text as a tree that knows its lines; every scalar stays the text that stands there.

PyYAML's own types are left out on purpose: they read `13:30` as 810 and `2022-07-31` as a date,
and take the last of two equal keys without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

# A plan needs nine levels (an eligibility rule within rules); far more is a slip, or an attack.
_DEEPEST = 30
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


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
    root = _compose(_decode(content))
    reading = _Reading()
    tree = reading.node(root, 0) if root is not None else None
    if not isinstance(tree, Fields):
        raise YamlFault(Fault(1, "檔案開頭要是「欄位: 內容」", "照 knowledge/README.md 的例子寫"))
    return tree, reading.faults


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = content[: err.start].count(b"\n") + 1
        raise YamlFault(Fault(line, "檔案不是 UTF-8 編碼", "用編輯器另存為 UTF-8")) from err


def _compose(text: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as err:
        line = text[: err.position].count("\n") + 1
        raise YamlFault(Fault(line, "有不能用的控制字元", "刪掉這一行裡看不見的字元")) from err
    except yaml.MarkedYAMLError as err:
        raise YamlFault(_syntax_fault(err)) from err
    except RecursionError as err:
        raise YamlFault(_too_deep(1)) from err
    except (yaml.YAMLError, ValueError, OverflowError) as err:
        raise YamlFault(Fault(1, "不是看得懂的 YAML", "檢查縮排、冒號與引號")) from err
    return node


def _syntax_fault(err: yaml.MarkedYAMLError) -> Fault:
    mark = err.problem_mark or err.context_mark
    line = mark.line + 1 if mark else 1
    problem = err.problem or ""
    cures = {
        "expected a single document": ("一個檔案只能放一份文件", "刪掉單獨一行的「---」"),
        "cannot start any token": ("有不能用在開頭的符號", "把這段文字用引號括起來"),
        "mapping values are not allowed": ("文字裡有「: 」", "把這段文字用引號括起來"),
        "undefined alias": ("不能用 *別名", "「*」開頭的文字要用引號括起來"),
        "duplicate anchor": ("不能用 &錨點", "「&」開頭的文字要用引號括起來"),
        "found character '\\t'": ("用了 Tab", "縮排改用空白"),
        "could not find expected ':'": ("少了「:」或結尾的引號", "檢查這一行和上一行的冒號與引號"),
    }
    for telling, (what, cure) in cures.items():
        if telling in problem or telling in (err.context or ""):
            return Fault(line, what, cure)
    return Fault(line, f"YAML 寫法有誤（{problem}）", "檢查這一行和上一行的縮排、冒號與引號")


def _too_deep(line: int) -> Fault:
    return Fault(line, "縮排或括號的層數太多", "檢查括號是否都有對應的結尾")


class _Reading:
    """Turns PyYAML's nodes into ours; keeps the faults on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def node(self, raw: yaml.Node, depth: int) -> Node:
        """The same in our form; where it cannot be taken, an empty text and a fault."""
        line = raw.start_mark.line + 1
        if depth > _DEEPEST:
            raise YamlFault(_too_deep(line))
        if id(raw) in self._seen:  # an alias; it may even hold itself
            return self._refused(Fault(line, "不能用 & 和 * 重複使用內容", "把內容直接寫出來"))
        self._seen.add(id(raw))
        if raw.tag not in _PLAIN_TAGS:
            return self._refused(
                Fault(line, f"不能用標籤「{raw.tag}」", "「!」開頭的文字用引號括起來")
            )
        if isinstance(raw, yaml.SequenceNode):
            return Items(line, tuple(self.node(item, depth + 1) for item in raw.value))
        if isinstance(raw, yaml.MappingNode):
            return self._fields(raw, depth)
        return Scalar(line, str(raw.value).strip())

    def _refused(self, fault: Fault) -> Scalar:
        self.faults.append(fault)
        return Scalar(fault.line, "")

    def _fields(self, raw: yaml.MappingNode, depth: int) -> Fields:
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in raw.value:
            line = key_node.start_mark.line + 1
            value = self.node(value_node, depth + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(line, "欄位名稱要是文字", "檢查括號與冒號的位置"))
                continue
            key = str(key_node.value).strip()
            if key in values:
                cure = f"和第 {lines[key]} 行合併成一個"
                self.faults.append(Fault(line, f"欄位「{key}」寫了兩次", cure))
                continue
            values[key], lines[key] = value, line
        return Fields(raw.start_mark.line + 1, values, lines)
