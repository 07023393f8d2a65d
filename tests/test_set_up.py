"""Setting up on a bare machine: what is missing is brought, or one sentence says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import browser
from tests.source import ROOT


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser or apt; gives the folder in which programs are found.

    A download would be asked of a port where nobody listens.
    """
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    return programs


def put_program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def set_up(folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """What `scripts/venv.sh` does in a folder, with these programs alone."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "venv.sh"), "requirements.txt"],
        cwd=folder,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_what_is_there_is_not_brought_again(bare_machine: Path) -> None:
    chromium = put_program(bare_machine, "chromium", "exit 0")

    browser.bring()

    assert browser.system_browser() == str(chromium)


def test_a_browser_that_only_points_to_a_snap_is_passed_over(bare_machine: Path) -> None:
    put_program(bare_machine, "chromium-browser", "exec /snap/bin/chromium")

    assert browser.system_browser() is None


def test_root_with_apt_gets_the_package_that_is_missing(
    bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "apt.log"
    put_program(bare_machine, "apt-get", f'echo "$1 $*" >> "{log}"')
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    browser.bring()

    update, install = log.read_text().splitlines()
    assert update.startswith("update ")
    assert install.endswith(" --no-install-recommends chromium")


def test_an_apt_that_refuses_is_said_in_one_sentence(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_program(bare_machine, "apt-get", "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    code = browser.main()

    assert code == 1
    assert "install chromium by hand" in capsys.readouterr().err


@pytest.mark.usefixtures("bare_machine")
def test_without_apt_and_without_a_download_one_sentence_says_what_to_do() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "scripts.browser"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.returncode == 1
    assert "apt-get install chromium" in told.stderr.splitlines()[-1]


def test_a_machine_without_chinese_is_told_which_font(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_program(bare_machine, "chromium", "exit 0")
    monkeypatch.setattr(browser, "FONT_FOLDERS", (str(bare_machine),))

    code = browser.main()

    assert code == 1
    assert "fonts-noto-cjk" in capsys.readouterr().err


def test_a_machine_without_python_is_told_so(bare_machine: Path, tmp_path: Path) -> None:
    told = set_up(tmp_path, bare_machine)

    assert told.returncode == 1
    assert "needs Python 3.11 or newer" in told.stderr


def test_a_venv_that_is_a_link_is_left_as_it_is(bare_machine: Path, tmp_path: Path) -> None:
    shared, mine = tmp_path / "shared", tmp_path / "mine"
    (shared / "bin").mkdir(parents=True)
    mine.mkdir()
    log = tmp_path / "python.log"
    put_program(shared / "bin", "python", f'echo "$*" >> "{log}"')
    (mine / ".venv").symlink_to(shared)

    told = set_up(mine, bare_machine)

    assert told.returncode == 0, told.stderr
    assert "symbolic link" in told.stdout
    assert not log.exists()


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]
)
def test_every_dependency_is_pinned_with_hashes(lock: str) -> None:
    blocks = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()

    loose = [b for b in blocks if "==" not in b or "--hash=sha256:" not in b]

    assert len(blocks) > 40
    assert loose == []
