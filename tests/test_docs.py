"""What is written down beside the code is still true."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import Settings
from scripts import map as file_map
from tests.source import ROOT, kept_files

# Put together from pieces, so that this file does not name them.
REGISTRY_HOSTS = [
    f"{name}.{end}"
    for name, end in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
    ]
]
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home)/")
PAGE_LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)")
GLOSSARY_LINE = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|", re.M)


def test_the_map_is_what_the_files_say_today() -> None:
    current = file_map.MAP.read_text(encoding="utf-8")

    assert file_map.silent_files() == []
    assert current == file_map.written(current), "make map"


def test_a_file_that_says_nothing_is_found(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "mute.py").write_text("x = 1\n")
    (tmp_path / "bot" / "page.js").write_text("// The page. More follows.\nlet x;\n")
    (tmp_path / "bot" / "said.py").write_text('"""What it is. And why."""\n')
    monkeypatch.setattr(file_map, "ROOT", tmp_path)

    assert file_map.silent_files() == ["bot/mute.py"]
    assert "- `bot/said.py`: What it is." in list(file_map.lines())
    assert "- `bot/page.js`: The page." in list(file_map.lines())


def test_every_setting_is_in_the_sample_and_nothing_else() -> None:
    sample = (ROOT / ".env.sample").read_text(encoding="utf-8")

    in_sample = re.findall(r"^#? ?([A-Z][A-Z_]+)=", sample, re.M)

    assert sorted(in_sample) == sorted(f.name.upper() for f in fields(Settings))


def test_the_sample_starts_as_it_is() -> None:
    sample = (ROOT / ".env.sample").read_text(encoding="utf-8")
    given = dict(re.findall(r"^([A-Z][A-Z_]+)=(.*)$", sample, re.M))

    assert Settings.from_env(given) == Settings()


def procfile() -> list[tuple[str, list[str]]]:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return [(name, rest.split()) for name, rest in (line.split(":", 1) for line in lines if line)]


def test_the_procfile_names_a_web_and_a_worker() -> None:
    assert [name for name, _ in procfile()] == ["web", "worker"]


@pytest.mark.parametrize("process", procfile(), ids=lambda p: p[0])
def test_every_process_of_the_procfile_is_a_command(process: tuple[str, list[str]]) -> None:
    python, *command = process[1]

    told = subprocess.run(
        [sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert python == "python"
    assert told.returncode == 0, told.stderr
    assert "usage" in told.stdout


def misplaced(name: str, text: str) -> list[str]:
    """Names of registries and paths of one machine in a file that is kept."""
    faults = [f"{name} names {host}" for host in REGISTRY_HOSTS if host in text]
    faults += [f"{name} holds the path {found[0]}…" for found in MACHINE_PATH.finditer(text)]
    return faults


def test_no_kept_file_names_a_registry_or_a_place_on_one_machine() -> None:
    faults = []
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content:
            faults += misplaced(path.relative_to(ROOT).as_posix(), content.decode("utf-8"))

    assert faults == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("index = https://" + REGISTRY_HOSTS[0], 1),
        ("cd " + "/".join(["", "work", "main"]), 1),
        ("see '" + "/".join(["", "tmp", "x"]) + "'", 1),
        ("https://example.tw/home/page", 0),
        ("/".join(["knowledge", "work", "x"]), 0),
    ],
)
def test_a_planted_host_or_path_is_found(text: str, found: int) -> None:
    assert len(misplaced("a.md", text)) == found


def test_the_glossary_has_each_word_once_on_either_side() -> None:
    words = GLOSSARY_LINE.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))

    assert len(words) > 30
    for side in zip(*words, strict=True):
        assert sorted(side) == sorted(set(side))


def test_a_decision_has_one_number_in_its_name_and_its_heading() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    named = [int(path.name.split("-")[0]) for path in decisions]
    headed = [
        int(path.read_text(encoding="utf-8").split(".")[0].removeprefix("# ")) for path in decisions
    ]

    assert named == list(range(1, len(named) + 1))
    assert headed == named


def test_every_link_from_page_to_page_leads_somewhere() -> None:
    pages = [path for path in kept_files() if path.suffix == ".md"]

    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in PAGE_LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]

    assert len(pages) > 3
    assert dead == []


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.+)$", makefile, re.M)[0].split()

    explained = re.findall(r"^([a-z]+):.*## \S", makefile, re.M)

    assert sorted(explained) == sorted(targets)
