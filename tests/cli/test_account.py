"""Accounts of the console from the command line."""

import re

import urllib3

from bot.store import accounts
from bot.store.engine import open_engine
from tests.cli.process import bot, bot_here, free_port, started


def test_the_first_admin_is_made_listed_disabled_and_let_in_again(sqlite_url: str) -> None:
    add = ("account", "add")
    made = bot_here(*add, "Chief@School.edu.tw", "--role", "admin", database_url=sqlite_url)
    twice = bot_here(*add, "chief@school.edu.tw", database_url=sqlite_url)
    last = bot_here("account", "revoke", "chief@school.edu.tw", database_url=sqlite_url)
    other = bot_here(*add, "other@school.edu.tw", "--role", "admin", database_url=sqlite_url)
    revoked = bot_here("account", "revoke", "chief@school.edu.tw", database_url=sqlite_url)
    listed = bot_here("account", "list", database_url=sqlite_url)
    reset = bot_here("account", "reset", "chief@school.edu.tw", database_url=sqlite_url)

    assert re.search(r"密碼：[a-z2-9]{5}(-[a-z2-9]{5}){3}\n", made.stdout)
    assert "/console" in made.stdout
    assert (twice.returncode, "已經有帳號" in twice.stderr) == (1, True)
    assert (last.returncode, "最後一位管理者" in last.stderr) == (1, True)
    assert (other.returncode, revoked.returncode) == (0, 0)
    assert "chief@school.edu.tw  管理者  已停用" in listed.stdout
    assert "密碼：" in reset.stdout
    engine = open_engine(sqlite_url)
    with engine.connect() as db:
        chief = accounts.by_mail(db, "default", "chief@school.edu.tw")
    engine.dispose()
    assert chief is not None
    assert chief.disabled_at is None


def test_an_account_of_nobody_is_said_with_the_cure(sqlite_url: str) -> None:
    told = bot("account", "reset", "nobody@school.edu.tw", database_url=sqlite_url)
    wrong = bot("account", "add", "nobody", database_url=sqlite_url)

    assert told.returncode == 1
    assert "bot account list" in told.stderr
    assert "電子郵件看不懂" in wrong.stderr


def test_the_sample_run_says_how_to_sign_in_and_it_works(sqlite_url: str) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}/console"

    with started("run", "--sample", database_url=sqlite_url, port=port) as process:
        assert process.stdout is not None
        said = next(line for line in process.stdout if "範例管理者" in line)
        mail, password = re.findall(r"範例管理者 (\S+)　密碼 (\S+)", said)[0]
        form = urllib3.request("GET", f"{here}/sign-in")
        cookie = form.headers["Set-Cookie"].partition(";")[0]
        token = re.findall(r'name="csrf_token" value="(\w+)"', form.data.decode())[0]
        fields = {"mail": mail, "password": password, "csrf_token": token}
        entered = urllib3.request(
            "POST", f"{here}/sign-in", fields=fields, headers={"Cookie": cookie}, redirect=False
        )

    assert here in said
    assert "Secure" not in form.headers["Set-Cookie"]
    assert (entered.status, entered.headers["Location"]) == (303, "/console")
