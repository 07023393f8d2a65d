"""What the handbook is drawn from: a running bot with made-up schools and sample people."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import Engine

from benchmarks.matrix_sample import fill, made_schools
from bot.catalog.load import load_library
from bot.clock import TAIPEI
from bot.model.schools import Affiliation, School, SchoolRole
from bot.settings import CHANNEL_ID
from bot.simulator.people import SAMPLE_PEOPLE
from bot.store import affiliations, people, schools
from bot.understand.reader import Reader
from scripts.screenshots import free_port, wait_for

ROOT = Path(__file__).parent.parent
DAY = datetime(2022, 6, 15, 9, tzinfo=TAIPEI)
NAMES = (
    "晨光國小",
    "松濤國中",
    "青田高中",
    "芳草國小",
    "曉風國中",
    "映雪高中",
    "望月國小",
    "聽泉國中",
)
CONTACTS = SAMPLE_PEOPLE[1:3]


@dataclass(frozen=True)
class Running:
    """A bot that answers, and how to sign in to its console."""

    address: str
    password: str
    database_url: str


@contextmanager
def running_bot() -> Iterator[Running]:
    """A bot with sample people and an empty database, until the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bot.db"
        env = dict(os.environ, PORT=str(port), DATABASE_URL=url)
        command = [sys.executable, "-m", "bot", "run", "--sample"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            assert process.stdout is not None
            process.stdout.readline()
            told = process.stdout.readline().decode()
            found = re.search(r"密碼 (\S+)", told)
            if found is None:
                raise RuntimeError(f"no password in: {told}")
            yield Running(f"http://127.0.0.1:{port}", found[1], url)
        finally:
            process.terminate()
            process.wait(15)


def sample_schools() -> list[School]:
    """Schools that do not exist, so that nobody reads anything into the pictures."""
    return [
        replace(school, name=f"市立{name}", full_name=f"臺北市立{name}")
        for school, name in zip(made_schools(len(NAMES)), NAMES, strict=True)
    ]


def furnish(engine: Engine) -> None:
    """Schools that take part in all plans, some pieces handed in, contacts for some of them."""
    fill(engine, CHANNEL_ID, Reader(load_library(ROOT / "knowledge")), len(NAMES), DAY)
    found = sample_schools()
    with engine.begin() as db:
        schools.put_many(db, CHANNEL_ID, found, DAY)
        for persona, school in zip(CONTACTS, found, strict=False):
            people.see(db, CHANNEL_ID, persona.user_id, DAY)
            held = Affiliation(school.code, SchoolRole.CONTACT, DAY, confirmed=True)
            affiliations.tie(db, CHANNEL_ID, persona.user_id, held)


def do(page: Page, address: str, **asked: object) -> None:
    """Something that the simulator's own page would ask for."""
    answer = page.request.post(f"{address}/simulator/api/do", data=asked)
    if not answer.ok:
        raise RuntimeError(answer.text())
