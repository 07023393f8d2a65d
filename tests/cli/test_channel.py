"""`bot channel`: official accounts that are added, listed, checked and retired."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli.main import run
from bot.simulator.accounts import Accounts
from bot.simulator.people import line_id
from bot.simulator.platform import Account, Platform
from bot.simulator.server import LineServer
from bot.store import accounts, audit, channels, schools
from bot.store.audit import Wanted
from bot.store.engine import open_engine
from tests.cli.process import KNOWLEDGE

KEY = "a key of sixteen or more"
SOUTH = Account(secret="south secret", token="south token", user_id=line_id("U", "south"))


class Printed(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Bot = Callable[..., Printed]


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bot:
    """Runs a command in an environment of its own."""

    def command(*argv: str, **given: Any) -> Printed:
        with monkeypatch.context() as environment:
            environment.setenv("KNOWLEDGE_DIR", str(KNOWLEDGE))
            for name, value in given.items():
                environment.setenv(name.upper(), str(value))
            code = run(argv)
        return Printed(code, *capsys.readouterr())

    return command


@pytest.fixture
def line() -> Iterator[str]:
    with LineServer(Accounts(Platform(), Platform(SOUTH))) as url:
        yield url


@pytest.fixture
def given(sqlite_url: str, line: str, tmp_path: Path) -> dict[str, Any]:
    """What the environment says: the secret in a file, the token as it is."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SOUTH.secret}\n")
    return {
        "database_url": sqlite_url,
        "secret_key": KEY,
        "line_api_base": line,
        "new_channel_secret_file": secret,
        "new_channel_access_token": SOUTH.token,
    }


def added(bot: Bot, given: dict[str, Any], *more: str) -> Printed:
    return bot("channel", "add", "south", "--title", "南方教師", *more, **given)


def test_an_account_is_added_by_its_secrets_alone_and_shows_none(
    bot: Bot, given: dict[str, Any]
) -> None:
    made = added(bot, given)
    listed = bot("channel", "list", **given)
    again = bot("channel", "add", "south", "--title", "南區", **given)
    retired = bot("channel", "retire", "south", **given)
    twice = bot("channel", "retire", "south", **given)
    over = bot("channel", "list", **given)

    assert (made.returncode, "已加入「南方教師」" in made.stdout) == (0, True), made.stderr
    assert SOUTH.user_id in listed.stdout  # asked of LINE
    assert "south  南方教師  全部計畫  使用中" in listed.stdout
    assert "已更新「南區」" in again.stdout
    assert (retired.returncode, twice.returncode) == (0, 1)
    assert "停用" in over.stdout
    printed = "".join(p.stdout + p.stderr for p in (made, listed, again, retired, over))
    assert SOUTH.secret not in printed
    assert SOUTH.token not in printed
    engine = open_engine(given["database_url"])
    with engine.connect() as db:
        noted = [note.what for note in audit.listed(db, "south", Wanted())]
    engine.dispose()
    assert noted == ["channel.retire", "channel.put", "channel.put"]


@pytest.mark.parametrize(
    ("argv", "changes", "said"),
    [
        (("default", "--title", "名"), {}, "不能用"),
        (("South!", "--title", "名"), {}, "不能用"),
        (("south", "--title", "名" * 41), {}, "40"),
        (("south", "--title", "名", "--destination", "Uxyz"), {}, "使用者代碼"),
        (("south", "--title", "名", "--plans", "nothing"), {}, "沒有「nothing」這個計畫"),
        (("south", "--title", "名"), {"new_channel_access_token": ""}, "ACCESS_TOKEN 沒有設定"),
        (("south", "--title", "名"), {"new_channel_access_token": "x"}, "LINE 不接受"),
        (("south", "--title", "名"), {"secret_key": ""}, "SECRET_KEY 沒有設定"),
        (("south", "--title", "名"), {"new_channel_secret_file": "/nowhere"}, "檔案讀不到"),
    ],
)
def test_what_is_wrong_is_said_with_the_cure_and_nothing_is_kept(
    bot: Bot, given: dict[str, Any], argv: tuple[str, ...], changes: dict[str, Any], said: str
) -> None:
    told = bot("channel", "add", *argv, **{**given, **changes})

    assert told.returncode == 1
    assert said in told.stderr
    engine = open_engine(given["database_url"])
    with engine.connect() as db:
        assert channels.every(db) == []
    engine.dispose()


def test_one_account_has_one_name(bot: Bot, given: dict[str, Any]) -> None:
    added(bot, given)

    told = bot("channel", "add", "other", "--title", "又一個", **given)

    assert told.returncode == 1
    assert "已經是「south」" in told.stderr


def test_each_account_is_checked_with_its_own_token(bot: Bot, given: dict[str, Any]) -> None:
    added(bot, given, "--destination", SOUTH.user_id)
    wrong = {**given, "secret_key": "another key of sixteen"}

    told = bot("channel", "check", "south", **given)
    unreadable = bot("channel", "check", **wrong)
    unknown = bot("channel", "check", "north", **given)

    assert "✓ 帳號" in told.stdout
    assert (told.returncode, "還沒設定 webhook" in told.stdout) == (1, True)
    assert (unreadable.returncode, "SECRET_KEY" in unreadable.stdout) == (1, True)
    assert (unknown.returncode, "bot channel list" in unknown.stderr) == (1, True)


def test_the_token_of_another_account_is_found_out(bot: Bot, given: dict[str, Any]) -> None:
    added(bot, given, "--destination", "U" + 32 * "0")

    told = bot("channel", "check", "south", **given)

    assert told.returncode == 1
    assert "另一個官方帳號" in told.stdout


def test_other_commands_are_about_the_channel_that_they_name(
    bot: Bot, given: dict[str, Any], tmp_path: Path
) -> None:
    added(bot, given)
    listing = tmp_path / "schools.csv"
    listing.write_text("代碼,校名,縣市\n640001,高雄市立三民國民中學,高雄市\n", encoding="utf-8")

    account = bot("account", "add", "a@school.edu.tw", "--channel", "south", **given)
    imported = bot("import", "schools", str(listing), "--channel", "south", **given)
    invited = bot("invite", "contact", "--school", "640001", "--channel", "south", **given)
    elsewhere = bot("invite", "contact", "--school", "640001", **given)
    unknown = bot("questions", "list", "--channel", "north", **given)

    assert "/console/sign-in?channel=south" in account.stdout
    assert imported.returncode == 0, imported.stdout + imported.stderr
    assert invited.returncode == 0, invited.stderr
    assert (elsewhere.returncode, unknown.returncode) == (1, 1)
    assert "north" in unknown.stderr
    engine = open_engine(given["database_url"])
    with engine.connect() as db:
        assert schools.find(db, "south", "640001") is not None
        assert schools.find(db, "default", "640001") is None
        assert accounts.by_mail(db, "default", "a@school.edu.tw") is None
    engine.dispose()
