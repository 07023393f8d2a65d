"""Brings what the browser tests need: Chromium, and a font that has Chinese.

Run by `make test`. Takes no time where both are there. Otherwise Debian's packages, where this is
root on a system with apt; else Playwright's own Chromium. Ends with one sentence where it cannot.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# Families that hold Traditional Chinese, as their file names begin in any case.
CHINESE_FONT = re.compile(
    r"(noto(sans|serif)(cjk|tc)|sourcehan|wqy|uming|ukai|tw-(kai|sung)|droidsansfallback)", re.I
)


class CannotBring(Exception):
    """Something that the tests need is missing and cannot be had; says what to do."""


def system_browser() -> str | None:
    """Path of a Chromium that the system brings, or None.

    A wrapper that only points to a snap package is left out: snaps do not run in containers.
    """
    for name in SYSTEM_BROWSERS:
        found = shutil.which(name)
        if found and "snap" not in str(Path(found).resolve()) and not _is_snap_wrapper(found):
            return found
    return None


def _is_snap_wrapper(path: str) -> bool:
    with Path(path).open("rb") as file:
        return b"/snap/bin" in file.read(2000)


def own_browser() -> str | None:
    """Path of the Chromium that Playwright downloaded, or None."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_chinese_font() -> bool:
    """Whether a font with Traditional Chinese is installed."""
    if sys.platform == "darwin":
        return True  # macOS always brings PingFang
    for folder in FONT_FOLDERS:
        for path in Path(folder).expanduser().rglob("*.[ot]t[fc]"):
            if CHINESE_FONT.match(path.name):
                return True
    return False


def has_apt() -> bool:
    """Whether Debian packages can be installed here: apt is there, and this is root."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def install_packages(packages: Sequence[str]) -> None:
    """Installs Debian packages without a question; CannotBring where apt refuses."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode:
            raise CannotBring(f"{' '.join(command)} failed: install {', '.join(packages)} by hand.")


def install_own_browser() -> None:
    """Lets Playwright download its Chromium; CannotBring where it cannot."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode:
        raise CannotBring(
            "The browser tests need Chromium, and Playwright could not download it: "
            "install the package chromium (as root: apt-get install chromium)."
        )


def bring() -> None:
    """Makes sure that a browser and a Chinese font are there; CannotBring where it cannot."""
    has_browser, has_font = bool(system_browser()), has_chinese_font()
    missing = [] if has_browser else ["chromium"]
    missing += [] if has_font else ["fonts-noto-cjk"]
    if missing and has_apt():
        print(f"Installing {', '.join(missing)} …", flush=True)
        install_packages(missing)
        return
    if not has_font:
        raise CannotBring(
            "The browser tests need a font with Chinese, and none is installed: "
            "as root, apt-get install fonts-noto-cjk (or your system's Noto Sans CJK)."
        )
    if not has_browser and not own_browser():
        print("Letting Playwright download Chromium …", flush=True)
        install_own_browser()


def main() -> int:
    """Exit code 0 where all is there."""
    try:
        bring()
    except CannotBring as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
