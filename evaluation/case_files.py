"""Case files: a YAML list of conversations, or everything that is wrong with it at once."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.catalog.shape import BAD, Shaper
from bot.catalog.yaml_lines import Fault, Fields, Items, Node, YamlFault, read_node
from bot.errors import Finding
from evaluation.cases import KINDS, Conversation, Turn, read_instant
from evaluation.patterns import compiled

README = "tests/cases/README.md"
PATTERNS = ("all", "none", "cite", "choose")


@dataclass(frozen=True, slots=True)
class CasesRead:
    """The cases that are whole, in the order of files and lines, and all that is wrong."""

    cases: tuple[Conversation, ...]
    findings: tuple[Finding, ...]


def read_cases(paths: Iterable[Path], plans: Collection[str]) -> CasesRead:
    """Every case in these files, and in the `.yaml` files below these folders.

    Args:
        plans: names of plans; a file belongs to the plan that its folder is named after, else to
            the one of its own name.
    """
    cases: list[Conversation] = []
    findings: list[Finding] = []
    for path in paths:
        for file in _files(path):
            plan = next((p for p in file.parts[-2::-1] if p in plans), file.stem)
            read = read_file(file.as_posix(), file.read_bytes(), plan)
            cases += read.cases
            findings += read.findings
        if not path.exists():
            findings.append(Finding(path.as_posix(), 0, "", "沒有這個檔案或資料夾", "檢查路徑"))
    findings += _doubled(cases)
    return CasesRead(tuple(cases), tuple(sorted(set(findings))))


def read_file(name: str, content: bytes, plan: str) -> CasesRead:
    """The cases of one file of a plan."""
    try:
        tree, faults = read_node(content)
    except YamlFault as err:
        return CasesRead((), (_finding(name, err.fault, ""),))
    if not isinstance(tree, Items):
        fault = Fault(1, "檔案要是一串題目", f"每題以「- id:」開頭，照 {README} 的例子寫")
        return CasesRead((), (_finding(name, fault, ""),))
    findings = [_finding(name, fault, _id_at(tree, fault.line)) for fault in faults]
    cases = []
    for node in tree.items:
        case, found = _case(node, plan, f"{name}:{node.line}")
        cases += [case] if case else []
        findings += [_finding(name, fault, _id_of(node)) for fault in found]
    return CasesRead(tuple(cases), tuple(sorted(set(findings))))


def _case(node: Node, plan: str, place: str) -> tuple[Conversation | None, list[Fault]]:
    shaper = Shaper()
    case = shaper.noun(Conversation, node, given={"plan": plan, "place": place})
    if case is BAD or not isinstance(node, Fields):
        return None, [_told(fault) for fault in shaper.faults]
    faults = [*shaper.faults, *_case_faults(case, node)]
    for number, turn in enumerate(case.turns):
        turn_node = shaper.nodes[id(turn)][1]
        faults += _turn_faults(turn, turn_node, is_first=number == 0)
    return (case if not faults else None), [_told(fault) for fault in faults]


def _told(fault: Fault) -> Fault:
    return replace(fault, cure=fault.cure.replace("knowledge/README.md", README))


def _case_faults(case: Conversation, node: Fields) -> Iterator[Fault]:
    if case.kind not in KINDS:
        near = difflib.get_close_matches(case.kind, KINDS, n=1)
        cure = f"是不是「{near[0]}」？" if near else ""
        yield Fault(
            node.key_lines["kind"],
            f"沒有「{case.kind}」這種題目",
            f"{cure}可以寫：{'、'.join(KINDS)}",
        )
    if case.at:
        try:
            read_instant(case.at)
        except ValueError:
            yield Fault(node.key_lines["at"], f"看不懂的時間「{case.at}」", "寫成 2022-06-15T09:00")
    if not case.turns:
        yield Fault(node.line, "沒有任何一句話", "在 turns 底下寫「- say: …」")
    elif not any(_is_checked(turn) for turn in case.turns):
        yield Fault(
            node.line, "沒有寫要檢查什麼", "至少一句話要有 all、none、cite、choose 或 unknown"
        )


def _is_checked(turn: Turn) -> bool:
    return turn.unknown or any((*(getattr(turn, key) for key in PATTERNS), turn.clauses))


def _turn_faults(turn: Turn, node: Fields, *, is_first: bool) -> Iterator[Fault]:
    if bool(turn.say) == bool(turn.tap):
        yield Fault(node.line, "一句話要有 say 或 tap，且只能一個", "say 寫人說的話，tap 寫按鈕")
    if is_first and turn.tap:
        yield Fault(node.line, "第一句不能是 tap：還沒有按鈕可以按", "第一句用 say")
    if turn.tap and (wrong := _pattern_fault(turn.tap, node.key_lines["tap"])):
        yield wrong
    for key in PATTERNS:
        for number, pattern in enumerate(getattr(turn, key)):
            if wrong := _pattern_fault(pattern, _line_of(node, key, number)):
                yield wrong


def _pattern_fault(pattern: str, line: int) -> Fault | None:
    try:
        compiled(pattern)
    except ValueError as err:
        return Fault(line, str(err), "正規表示式的符號前加 \\，整段用單引號括起來")
    return None


def _line_of(node: Fields, key: str, number: int) -> int:
    value = node.values[key]
    if isinstance(value, Items) and number < len(value.items):
        return value.items[number].line
    return node.key_lines[key]


def _doubled(cases: Sequence[Conversation]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for case in cases:
        if case.id in first:
            file, _, line = case.place.rpartition(":")
            what = f"編號「{case.id}」用了兩次"
            yield Finding(file, int(line), case.id, what, f"換一個編號；{first[case.id]} 已經用了")
        first.setdefault(case.id, case.place)


def _finding(name: str, fault: Fault, case_id: str) -> Finding:
    return Finding(name, fault.line, case_id, fault.what, fault.cure)


def _id_of(node: Node) -> str:
    written = node.values.get("id") if isinstance(node, Fields) else None
    return str(getattr(written, "text", ""))


def _id_at(tree: Items, line: int) -> str:
    before = [node for node in tree.items if node.line <= line]
    return _id_of(before[-1]) if before else ""


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path] if path.exists() else []
