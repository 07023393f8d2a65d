"""Files, functions and argument lists stay small enough to read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT, code_files, parse

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_BODY = 40
MOST_ARGUMENTS = 5

# "path" or "path::function" → why it may be larger. Better empty.
EXEMPT: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body
    has_docstring = ast.get_docstring(function, clean=False) is not None
    code = body[1:] if has_docstring else body
    return (code[-1].end_lineno or 0) - code[0].lineno + 1 if code else 0


def arguments(function: Function) -> int:
    """How many a caller may have to think of; `self` and `cls` are not among them."""
    a = function.args
    names = [arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def function_faults(name: str, tree: ast.Module) -> list[str]:
    """Functions of a file that are too long or take too much."""
    faults = []
    for function in functions(tree):
        if body_lines(function) > MOST_LINES_OF_A_BODY:
            faults.append(f"{name}::{function.name} has a body of {body_lines(function)} lines")
        if arguments(function) > MOST_ARGUMENTS:
            faults.append(f"{name}::{function.name} takes {arguments(function)} arguments")
    return [fault for fault in faults if fault.split()[0] not in EXEMPT]


def size_faults(name: str, text: str) -> list[str]:
    """The file itself, where it is too long."""
    lines = text.count("\n")
    if lines <= MOST_LINES_OF_A_FILE or name in EXEMPT:
        return []
    return [f"{name} has {lines} lines"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_too_long() -> None:
    faults = [
        fault
        for path in code_files()
        for fault in size_faults(name_of(path), path.read_text(encoding="utf-8"))
    ]

    assert faults == []


def test_no_function_is_too_long_or_takes_too_much() -> None:
    python = [path for path in code_files() if path.suffix == ".py"]

    faults = [fault for path in python for fault in function_faults(name_of(path), parse(path))]

    assert len(python) > 50
    assert faults == []


@pytest.mark.parametrize(
    ("lines_of_body", "says"),
    [(MOST_LINES_OF_A_BODY, []), (MOST_LINES_OF_A_BODY + 1, ["a.py::f has a body of 41 lines"])],
)
def test_a_long_body_is_found(lines_of_body: int, says: list[str]) -> None:
    planted = 'def f():\n    """Not counted."""\n' + "    x = 1\n" * lines_of_body

    assert function_faults("a.py", ast.parse(planted)) == says


@pytest.mark.parametrize(
    ("signature", "says"),
    [
        ("self, a, b, c, d, e", []),
        ("a, b, *, c, d, e, f", ["a.py::f takes 6 arguments"]),
    ],
)
def test_a_long_argument_list_is_found(signature: str, says: list[str]) -> None:
    planted = f"class C:\n    def f({signature}): ..."

    assert function_faults("a.py", ast.parse(planted)) == says


def test_a_long_file_is_found() -> None:
    assert size_faults("a.py", "x = 1\n" * 300) == []
    assert size_faults("a.py", "x = 1\n" * 301) == ["a.py has 301 lines"]


def test_every_exemption_has_a_reason_and_something_to_excuse() -> None:
    names = {name_of(path) for path in code_files()}

    assert [e for e, reason in EXEMPT.items() if not reason or e.split("::")[0] not in names] == []
