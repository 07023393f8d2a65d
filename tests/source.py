"""The bot's own source, as the tests of its form read it."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"


def modules() -> list[Path]:
    """Every Python file of the bot but the migrations, which are a record and not code to read."""
    return sorted(p for p in BOT.rglob("*.py") if "versions" not in p.relative_to(BOT).parts)


def module_name(path: Path) -> str:
    """The dotted name below bot; a package by its own name, `bot/__init__.py` as the empty one."""
    parts = path.relative_to(BOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parse(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def code_files() -> list[Path]:
    """Every file of code that people read: the bot's, its pages', the tests', the tools'."""
    kinds = {".py", ".js", ".css", ".html", ".sh"}
    folders = ("bot", "tests", "scripts", "benchmarks", "evaluation")
    return [
        path
        for path in kept_files()
        if path.suffix in kinds
        and path.relative_to(ROOT).parts[0] in folders
        and "versions" not in path.parts
    ]


@cache
def kept_files() -> list[Path]:
    """Every file that is committed or about to be: what git does not ignore.

    In a copy without git's folder: all files but those in folders that only tools write.
    """
    if not (ROOT / ".git").exists():
        made = {".venv", ".hypothesis", "var", "build", "dist", "__pycache__"}
        return sorted(
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            and not any(
                p in made or p.endswith(("_cache", ".egg-info"))
                for p in path.relative_to(ROOT).parts
            )
        )
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if (ROOT / name).is_file()]
