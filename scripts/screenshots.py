"""Draws docs/images anew: a chat with the running bot on a phone 390 pixels wide.

    python -m scripts.screenshots

Starts `bot run --sample` on a free port with an empty database, and talks to it in the simulator
as a person would. Needs the browser that `make test` brings.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from scripts.browser import system_browser

OUT = Path(__file__).parent.parent / "docs" / "images"
READY_S = 60.0
SURNAMES = "李陳林黃吳周鄭謝許曾"  # a stranger for each talk
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# name, the sample day that it is asked on, what is said
TALKS = (
    ("answer", "臺北111酷課師認證", ("第二梯次的同步課是哪幾天",)),
    ("choice", "臺北111酷課師認證", ("什麼時候截止報名",)),
    ("carousel", "107國中小行動學習", ("107年9月有哪些事要注意",)),
    ("unknown", "臺北111酷課師認證", ("酷課師同步課程有供餐嗎",)),
    ("follow-up", "高雄112數位學習專業社群", ("我們學校30班，A組社群可以申請幾群", "那B組呢")),
    ("conflict", "高雄112數位學習專業社群", ("社群什麼時候截止申請",)),
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def running_bot() -> Iterator[str]:
    """The address of a bot with sample people and an empty database."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, PORT=str(port), DATABASE_URL=f"sqlite:///{folder}/bot.db")
        command = [sys.executable, "-m", "bot", "run", "--sample"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()
            process.wait(15)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Returns once `url` answers; raises RuntimeError where the bot ended or took too long."""
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the bot did not answer {url}")


def say(page: Page, words: str) -> None:
    """Types, sends, and waits for one bubble more than there was."""
    bubbles = page.locator("#chat > *")
    before = bubbles.count()
    page.get_by_label("輸入訊息").fill(words)
    page.get_by_label("輸入訊息").press("Enter")
    expect(bubbles.nth(before + 1)).to_be_visible(timeout=10_000)
    page.wait_for_timeout(400)  # the scroll to the end is animated


def come_in(page: Page, name: str) -> None:
    """Opens the settings of the simulator and becomes somebody who has never written."""
    page.locator("button.bar-button[data-open=controls]").click()
    page.locator(".new-person summary").click()
    page.locator("#new-person [name=name]").fill(name)
    page.locator("#new-person button").click()
    expect(page.locator("#who")).to_contain_text(name)
    if page.locator("#controls").is_visible():
        page.locator("#shade").click(position={"x": 5, "y": 5}, force=True)


def choose_day(page: Page, label: str) -> None:
    """Opens the settings of the simulator and goes to a sample day."""
    page.locator("button.bar-button[data-open=controls]").click()
    page.locator("#days button", has_text=label).first.click()
    expect(page.locator("#controls")).not_to_be_in_viewport()


def main() -> int:
    """Draws every picture; exit code 0."""
    OUT.mkdir(parents=True, exist_ok=True)
    with running_bot() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=system_browser(), args=FLAGS)
        for number, (name, day, talk) in enumerate((("greeting", "", ()), *TALKS)):
            page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
            page.goto(f"{address}/simulator")
            expect(page.locator("#people button").first).to_be_attached()
            if day:
                come_in(page, f"{SURNAMES[number]}老師")
                choose_day(page, day)
            else:
                page.locator("button.bar-button[data-open=controls]").click()
                page.locator("#standing button").first.click()
                page.locator("[data-close=controls]").click()
                page.wait_for_timeout(800)
            for words in talk:
                say(page, words)
            page.screenshot(path=OUT / f"{name}.png")
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
