"""The pages of `bot run`: staff's link opens on the day that the simulator shows."""

import re
from typing import Any

import urllib3
from sqlalchemy import create_engine, text

from tests.cli.process import free_port, started, wait_for, wait_until_said


def test_staff_s_link_opens_on_the_day_that_the_simulator_shows(sqlite_url: str) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    feed = f"{here}/simulator/api/feed"

    def do(**deed: Any) -> None:
        urllib3.request("POST", f"{here}/simulator/api/do", json=deed)

    with started("run", "--sample", database_url=sqlite_url, port=port):
        person = wait_for(feed).json()["state"]["people"][0]["id"]
        do(what="clock", at="2022-06-15T09:00")
        do(what="say", person=person, text="範例計畫什麼時候報名截止")
        wait_until_said(feed, "111年7月31日")
        become_staff(sqlite_url, person)
        do(what="say", person=person, text="問題紀錄")
        shown = wait_until_said(feed, "/p/")
        url = re.findall(rf"{here}/p/[^\"\\\\]+", shown)[0]
        page = urllib3.request("GET", url)
        do(what="clock", at="2022-06-15T11:00")
        later = urllib3.request("GET", url)

    assert page.status == 200
    assert "範例計畫什麼時候報名截止" in page.data.decode()
    assert "111年6月15日 09:00" in page.data.decode()
    assert later.status == 403
    assert url.endswith("/questions")


def become_staff(database_url: str, user_id: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as db:
        db.execute(text("UPDATE person SET role = 'staff' WHERE user_id = :u"), {"u": user_id})
    engine.dispose()
