"""Nothing of one channel can be reached from another, by whatever way one comes.

One channel is filled with something of everything; every page, link, export and chat is looked at.
Then a twin is put beside it: the same people, schools and events, in other words. All must look as
before, and the twin's own ids must open nothing and change nothing.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from bot.answers.broadcast_lines import TOLD
from bot.cli.plain import plain
from bot.console import door
from bot.console.door import COOKIE, PREFIX, TOKEN_FIELD
from bot.handlers.announcing import ANNOUNCE
from bot.handlers.press import BY_NAME
from bot.handlers.staff_desk import ASIDE
from bot.links import Purpose
from bot.messages import Incoming, Kind
from bot.pages import calendar_views, pacing
from bot.sealing import seal
from bot.store import traces
from tests.channels.life import ASKED, CONTACT, admin_session, lived
from tests.channels.rig import HERE, THERE, keep, row
from tests.channels.twins import (
    MARK,
    copy_to_the_twin,
    fill_what_is_empty,
    rows_of,
    some_ids,
    tables,
)
from tests.migrated import migrated
from tests.pages.stage import ADDRESS, KEY, STAFF, TEACHER, Stage
from tests.understand.plans import real_reader

CODE, PLAN, EDITION = "S00009", "cooc-teacher", "111"
KNOWN = {"plan": PLAN, "edition": EDITION, "year": EDITION, "code": CODE}
# Leave the session, or erase what is looked at; each has its own tests.
LEFT_OUT = ("/metrics", "/sign-out", "/own/password", "/me/erase", "/sign-in", "/provider")
_TOKENS = re.compile(r'[0-9a-f]{64}|name="visit" value="[0-9a-f]{32}"|\d+ ?(?:秒|分鐘?)前')
FIELDS = (
    *("id", "also", "broadcast_id", "audience", "member", "who", "enrolment", "next", "list"),
    *("slot", "deed", "stretch", "value", "which", "answer", "why", "code", "edition", "revision"),
)


@dataclass
class World:
    """A channel with something of everything, and an admin, a teacher, a contact, staff in it."""

    stage: Stage
    session: str
    own_ids: set[str] = field(default_factory=set)

    def browser(self) -> FlaskClient:
        client = self.stage.client()
        host = ADDRESS.partition("://")[2]
        client.set_cookie(COOKIE, self.session, path=PREFIX, domain=host)
        return client

    def get(self, path: str) -> TestResponse:
        return self.browser().get(path, base_url=ADDRESS, buffered=True)

    def post(self, path: str, form: dict[str, str]) -> TestResponse:
        browser = self.browser()
        page = browser.get(f"{PREFIX}/own", base_url=ADDRESS).get_data(as_text=True)
        found = re.search(r'X-CSRF-Token": "([0-9a-f]{64})"', page)
        assert found
        sent = {TOKEN_FIELD: found[1], **form}
        return browser.post(path, data=sent, base_url=ADDRESS, buffered=True)

    def rules(self, method: str) -> Iterator[Rule]:
        for rule in self.stage.app.url_map.iter_rules():
            is_left_out = rule.endpoint.endswith("static") or any(x in rule.rule for x in LEFT_OUT)
            if method in (rule.methods or ()) and not is_left_out:
                yield rule

    def paths(self, method: str, ids: set[str], most: int = 10_000) -> list[str]:
        """Addresses of every rule, with these ids wherever one goes."""
        found = []
        bound = self.stage.app.url_map.bind("x")
        links = [
            self.stage.links.token(HERE, user, purpose, self.stage.now) for user, purpose in PEOPLE
        ]
        for rule in self.rules(method):
            open_ones = sorted(rule.arguments - {"token"} - set(KNOWN))
            for one in sorted(ids)[:most] if open_ones else [""]:
                given = {**{n: KNOWN[n] for n in rule.arguments & set(KNOWN)}}
                given |= dict.fromkeys(open_ones, one)
                for token in links if "token" in rule.arguments else [""]:
                    more = {"token": token} if token else {}
                    found.append(bound.build(rule.endpoint, {**given, **more}, method=method))
        return found


PEOPLE = (
    (STAFF, Purpose.STAFF),
    (TEACHER, Purpose.OWN),
    (CONTACT, Purpose.OWN),
)


def shown(response: TestResponse) -> str:
    """What a page says, without what is new each time; of a file its sheets."""
    if response.data.startswith(b"PK"):
        files = zipfile.ZipFile(io.BytesIO(response.data))
        sheets = [n for n in files.namelist() if "sheet" in n or "document" in n or "Strings" in n]
        return "".join(files.read(name).decode() for name in sorted(sheets))
    text = response.get_data(as_text=True)
    return f"{response.status_code} {response.location} {_TOKENS.sub('', text)}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("apart")
    patch = pytest.MonkeyPatch()
    paces = {pacing: ("MOST_PAGES", "MOST_SENT", "MOST_FILES"), door: ("MOST_FILES",)}
    for room, names in (*paces.items(), (calendar_views, ("MOST_TURNS",))):
        for name in names:
            patch.setattr(room, name, 100_000)  # everything is opened many times in a minute
    stage = Stage(f"sqlite:///{folder / 'bot.db'}", real_reader())
    migrated(stage.engine)
    sealed = {name: seal(KEY, name) for name in ("secret", "token")}
    keep(stage.engine, row(**sealed))
    lived(stage)
    made = World(stage, admin_session(stage))
    with stage.engine.begin() as db:
        fill_what_is_empty(db, stage.now)
        made.own_ids = some_ids(rows_of(db, HERE))
    yield made
    patch.undo()


def asked(world: World) -> dict[tuple[str, str], str]:
    """What each person is told in the chat."""
    return {
        (user, words): plain(world.stage.ask(words, user))
        for user, several in ASKED.items()
        for words in several
    }


def looked_at(world: World, paths: Iterable[str]) -> dict[str, str]:
    """What these addresses show, and what people can take along of themselves."""
    found = {path: shown(world.get(path)) for path in paths}
    with world.stage.engine.connect() as db:
        found |= {user: str(traces.all_of(db, HERE, user)) for user, _ in PEOPLE}
    return found


def test_nothing_of_a_channel_changes_or_shows_when_its_twin_comes(world: World) -> None:
    everywhere = looked_at(world, world.paths("GET", world.own_ids))
    open_ones = [path for path, text in everywhere.items() if text.startswith("200")]
    asked(world)
    told, before = asked(world), looked_at(world, open_ones)
    with world.stage.engine.begin() as db:
        copy_to_the_twin(db)
        ours, theirs = rows_of(db, HERE), rows_of(db, THERE)

    after = looked_at(world, open_ones)

    assert len(open_ones) > 60
    assert {path for path in before if before[path] != after[path]} == set()
    assert {path for path in after if MARK in after[path]} == set()
    assert asked(world) == told
    # The twin is whole: as many rows as here, of every table of the house.
    counts = {name: len(rows) for name, rows in ours.items()}
    assert counts == {name: len(rows) for name, rows in theirs.items()}
    assert min(counts.values()) > 0
    assert len(counts) == len(tables()) > 40


@pytest.fixture(scope="module")
def twin_ids(world: World) -> set[str]:
    """Ids of the twin, a few of each table, which stands beside the channel from now on."""
    with world.stage.engine.begin() as db:
        if not any(rows_of(db, THERE).values()):
            copy_to_the_twin(db)
        found = {one for one in some_ids(rows_of(db, THERE)) if len(one) >= 32}  # not of events
    assert len(found) > 20
    return found


@pytest.fixture
def twins_rows(world: World) -> Callable[[], str]:
    """All that is kept of the twin, to be compared."""

    def read() -> str:
        with world.stage.engine.connect() as db:
            return str(rows_of(db, THERE))

    return read


def test_the_twins_ids_open_no_page(world: World, twin_ids: set[str]) -> None:
    nobodys = uuid4().hex
    expected = {
        path.replace(nobodys, "ID"): shown(world.get(path)).replace(nobodys, "ID")
        for path in world.paths("GET", {nobodys})
        if nobodys in path
    }
    found = {}
    for one in twin_ids:
        for path in world.paths("GET", {one}):
            key = path.replace(one, "ID")
            if one in path and not _is_meant_for_all(path):
                found[path] = shown(world.get(path)).replace(one, "ID") == expected[key]

    assert len(found) > 100
    assert {path for path, is_alike in found.items() if not is_alike} == set()


def _is_meant_for_all(path: str) -> bool:
    """What has a secret for its address opens to whoever knows it, of whatever channel."""
    return path.startswith(("/calendar/", "/mail/", "/pictures/"))


def test_no_form_of_a_page_changes_the_twin(
    world: World, twin_ids: set[str], twins_rows: Callable[[], str]
) -> None:
    before = twins_rows()
    ids = sorted(twin_ids)[::4]
    statuses = Counter[int]()

    for path in world.paths("POST", set(ids)):
        if not path.startswith(("/mail/", "/callback")):
            one = next((i for i in ids if i in path), ids[0])
            statuses[world.post(path, dict.fromkeys(FIELDS, one)).status_code] += 1

    assert twins_rows() == before
    assert sum(statuses.values()) > 100
    assert set(statuses) <= {200, 303, 400, 403, 404}


def test_no_button_of_the_chat_reaches_the_twin(
    world: World, twins_rows: Callable[[], str]
) -> None:
    before = twins_rows()
    with world.stage.engine.connect() as db:
        rows = rows_of(db, THERE)
    ids = [rows[name][0]["id"] for name in WITH_BUTTONS]
    buttons = [f"{name}={one}" for name in (*BY_NAME, ASIDE) for one in ids]
    buttons += [f"{ANNOUNCE}={what}:{ids[0]}:1" for what in ("approve", "send", "cancel", "words")]

    for user, _ in PEOPLE:
        for data in (*buttons, f"{TOLD}={ids[0]}/0"):
            assert MARK not in pressed(world.stage, user, data)

    assert twins_rows() == before


WITH_BUTTONS = ("broadcast", "referral", "enrolment", "staff_entry", "submission", "roster_member")


def pressed(stage: Stage, user: str, data: str) -> str:
    """What is said to a button of this person; empty: nothing."""
    event = Incoming(
        event_id=uuid4().hex,
        kind=Kind.POSTBACK,
        at=stage.now,
        channel_id=HERE,
        chat_id=user,
        user_id=user,
        data=data,
        reply_token="token",
    )
    owed = stage.office.respond(event, stage.now)
    return plain(owed.answer) if owed else ""
