"""Who may import whom, and who may touch what. `docs/decisions/0001-rooms.md` says why."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rooms import MAY_IMPORT
from tests.source import BOT, ROOT, code_files, module_name, modules, parse

# Foreign package → where it may be imported: rooms, or single modules.
OWNERS: dict[str, set[str]] = {
    "alembic": {"store"},
    "apscheduler": {"cli"},
    "argon2": {"sign_in"},
    "authlib": {"sign_in"},
    "cryptography": {"sealing"},
    "joserfc": {"sign_in"},
    "pyotp": {"sign_in"},
    "requests": {"sign_in"},
    "segno": {"console"},
    "flask": {"web", "simulator", "pages", "console"},
    "itsdangerous": {"links"},
    "gunicorn": {"web", "cli"},
    "jsonschema_rs": {"simulator"},
    "linebot": {"line.channel"},
    "opencc": {"understand"},
    "prometheus_client": {"counting"},
    "psycopg": {"store"},
    "rapidfuzz": {"understand"},
    "smtplib": {"mail"},
    "sqlalchemy": {
        "store",
        "dispatch",
        "rounds",
        "replied",
        "handlers",
        "ledger",
        "school_reading",
        "school_work",
        "collecting",
        "channels",
        "stations",
        "readers",
        "reminders",
        "broadcasts",
        "broadcast_work",
        "staff_work",
        "own_work",
        "own_mail_work",
        "import_work",
        "shown_questions",
        "console_work",
        "delivery",
        "menus",
        "watching",
        "house",
        "pages",
        "sign_in",
        "console",
        "wiring",
        "cli",
    },
    "urllib3": {"line"},
    "werkzeug": {"web", "simulator", "pages", "console", "cli"},
    "docx": {"papers"},
    "openpyxl": {"papers", "imports"},
    "xlrd": {"imports"},
    "icalendar": {"papers"},
    "holidays": {"rules"},
    "yaml": {"catalog"},
}
# The only rooms that may ask what time it is; the others are told.
MAY_ASK_THE_TIME = {"clock", "dispatch", "web", "pages", "simulator", "wiring", "cli", "line"}
CLOCK_READS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, and where."""

    module: str  # bot.store.people, flask
    names: tuple[str, ...]
    line: int


def imports(tree: ast.Module) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, (), node.lineno) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield Import(node.module or "", tuple(a.name for a in node.names), node.lineno)


def room_of(module: str) -> str:
    """The room of a module below bot: store.people → store."""
    return module.split(".")[0]


def rooms_reached(found: Import) -> Iterator[str]:
    """Rooms that an import names; `from bot import clock` names clock."""
    first, _, rest = found.module.partition(".")
    if first != "bot":
        return
    yield from [room_of(rest)] if rest else found.names


def import_faults(module: str, tree: ast.Module) -> list[str]:
    """What a module (named below bot) imports that its room may not."""
    room = room_of(module)
    faults = []
    for found in imports(tree):
        faults += [
            f"{module}:{found.line} {room} may not import {reached}"
            for reached in rooms_reached(found)
            if reached != room and reached not in MAY_IMPORT[room]
        ]
        owners = OWNERS.get(found.module.split(".")[0])
        if owners is not None and not owners & {room, module}:
            faults.append(f"{module}:{found.line} only {sorted(owners)} may import {found.module}")
    return faults


def place_faults(module: str, tree: ast.Module) -> list[str]:
    """Relative imports, and imports inside functions."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            faults.append(f"{module}:{node.lineno} relative import")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            faults += [
                f"{module}:{inner.lineno} import inside a function"
                for inner in ast.walk(node)
                if isinstance(inner, ast.Import | ast.ImportFrom)
            ]
    return faults


def clock_faults(module: str, tree: ast.Module) -> list[str]:
    """Reads of the real clock outside `clock`, and `clock.now` where `now` must be told."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and module != "clock":
            if (_last_name(node.value), node.attr) in CLOCK_READS:
                faults.append(f"{module}:{node.lineno} only clock.py reads the clock")
            if (_last_name(node.value), node.attr) == ("clock", "now"):
                faults += _told(module, node.lineno)
    for found in imports(tree):
        if found.module == "bot.clock" and "now" in found.names:
            faults += _told(module, found.line)
        if found.module == "time" and {"time", "time_ns"} & set(found.names):
            faults.append(f"{module}:{found.line} only clock.py reads the clock")
    return faults


def _told(module: str, line: int) -> list[str]:
    if room_of(module) in MAY_ASK_THE_TIME:
        return []
    return [f"{module}:{line} {room_of(module)} is told what time it is"]


def environment_faults(module: str, tree: ast.Module) -> list[str]:
    """Reads of the environment outside `settings`."""
    if module == "settings":
        return []
    reads = {"environ", "environb", "getenv", "putenv"}
    used = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in reads and _last_name(node.value) == "os"
    ]
    used += [i.line for i in imports(tree) if i.module == "os" and reads & set(i.names)]
    return [f"{module}:{line} only settings.py reads the environment" for line in used]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


TESTS = ROOT / "tests"
CHECKS = [import_faults, place_faults, clock_faults, environment_faults]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_every_module_keeps_to_its_room(check) -> None:
    faults = [fault for path in modules() for fault in check(module_name(path), parse(path))]

    assert faults == []


@pytest.mark.parametrize(
    ("check", "module", "planted", "says"),
    [
        (
            import_faults,
            "rules.due",
            "from flask import g",
            "only ['console', 'pages', 'simulator', 'web']",
        ),
        (import_faults, "line.outbound", "import linebot.v3", "only ['line.channel']"),
        (import_faults, "rules.due", "import bot.store.people", "rules may not import store"),
        (import_faults, "model.when", "from bot import wiring", "model may not import wiring"),
        (import_faults, "store.people", "from bot.line import limits", "store may not import line"),
        (place_faults, "rules.due", "from . import verdict", "relative import"),
        (place_faults, "rules.due", "def f():\n    import json", "inside a function"),
        (clock_faults, "rules.due", "datetime.now(UTC)", "only clock.py reads"),
        (clock_faults, "rules.due", "datetime.datetime.now()", "only clock.py reads"),
        (clock_faults, "cli.run", "from time import time", "only clock.py reads"),
        (clock_faults, "rules.due", "from bot.clock import now", "rules is told"),
        (clock_faults, "handlers.ask", "clock.now()", "handlers is told"),
        (environment_faults, "web.app", "os.environ['PORT']", "only settings.py"),
        (environment_faults, "web.app", "from os import getenv", "only settings.py"),
    ],
)
def test_a_planted_fault_is_found(check, module: str, planted: str, says: str) -> None:
    faults = check(module, ast.parse(planted))

    assert len(faults) == 1
    assert says in faults[0]


def test_what_is_allowed_is_let_through() -> None:
    allowed = ast.parse("import json\nfrom bot.model.when import When\nfrom bot import clock")

    assert [f for check in CHECKS for f in check("rules.due", allowed)] == []


def test_every_room_is_in_the_table_and_every_room_of_the_table_exists() -> None:
    rooms = {room_of(module_name(path)) for path in modules()} - {""}

    assert rooms == set(MAY_IMPORT)


def test_what_tests_share_stands_in_no_test_and_no_conftest() -> None:
    tests = [p for p in code_files() if p.suffix == ".py" and p.parent.is_relative_to(TESTS)]

    shared = [
        f"{path.relative_to(TESTS)}:{found.line} {found.module}"
        for path in tests
        for found in imports(parse(path))
        if re.match(r"tests\.(?:.*\.)?(?:test_\w+|conftest)$", found.module)
    ]

    assert len(tests) > 50
    assert shared == []


def rooms_with_doors() -> list[Path]:
    return sorted({BOT / p.relative_to(BOT).parts[0] for p in modules() if p.parent != BOT})


@pytest.mark.parametrize("room", rooms_with_doors(), ids=lambda p: p.name)
def test_the_door_of_a_room_says_what_it_may_do_and_does_nothing(room: Path) -> None:
    tree = parse(room / "__init__.py")

    said = " ".join((ast.get_docstring(tree) or "").split())

    assert len(tree.body) == 1, "the door holds a docstring and nothing else"
    assert "May import" in said
    assert "ay not " in said
