"""`bot richmenu sync` as a process of its own, against LINE on loopback."""

from pathlib import Path

from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.cli.process import ROOT, bot, bot_here


def test_menus_are_shown_before_hung_and_then_left_alone(sqlite_url: str) -> None:
    platform = Platform()
    with LineServer(platform) as url:
        settings = {
            "line_channel_secret": platform.account.secret,
            "line_channel_access_token": platform.account.token,
            "line_api_base": url,
            "line_data_api_base": url,
            "database_url": sqlite_url,
            "knowledge_dir": ROOT / "knowledge",
        }
        looked = bot_here("richmenu", "sync", "--dry-run", **settings)
        made_by_looking = dict(platform.menus.made)
        platform.faults.add(Fault(status=500, path="/content"))
        broken = bot_here("richmenu", "sync", **settings)
        hung = bot_here("richmenu", "sync", **settings)
        again = bot_here("richmenu", "sync", **settings)

    assert looked.returncode == 0
    assert "新增16份：teacher-common-full、" in looked.stdout
    assert "以上只是預覽，沒有更動。" in looked.stdout
    assert made_by_looking == {}
    assert broken.returncode == 1
    assert "再執行一次就會接著做" in broken.stderr
    assert hung.returncode == 0
    assert "新增15份" in hung.stdout
    assert len(platform.menus.made) == len(platform.menus.pictures) == 16
    assert again.stdout.startswith("選單都是最新的，沒有要改的。")


def test_without_a_channel_it_says_what_is_missing(sqlite_url: str, tmp_path: Path) -> None:
    told = bot("richmenu", "sync", database_url=sqlite_url, knowledge_dir=tmp_path)

    assert told.returncode == 1
    assert "LINE_CHANNEL_SECRET" in told.stderr
