"""What the page may ask for, by HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.simulator.page import blueprint
from bot.simulator.people import SAMPLE_PEOPLE
from bot.simulator.platform import Platform
from tests.simulator.stand_in import DAYS, running, text

WANG = SAMPLE_PEOPLE[0].user_id
NOWHERE = "http://127.0.0.1:9/callback"


@pytest.fixture
def client() -> FlaskClient:
    """The page with a bot that does not answer."""
    app = Flask("page")
    app.register_blueprint(blueprint(Platform(), webhook_url=NOWHERE, days=DAYS))
    return app.test_client()


@pytest.fixture
def talking() -> Iterator[tuple[FlaskClient, Platform]]:
    """The page with a bot that echoes."""
    platform = Platform()
    with running(platform, lambda event: [text(event["message"]["text"])]) as url:
        app = Flask("page")
        app.register_blueprint(blueprint(platform, webhook_url=f"{url}/callback"))
        yield app.test_client(), platform


def do(client: FlaskClient, what: str, **details: Any) -> tuple[int, str]:
    """Status, and the sentence where it could not be done."""
    answer = client.post("/simulator/api/do", json={"what": what, "person": WANG, **details})
    return answer.status_code, answer.get_json().get("message", "")


def feed(client: FlaskClient, after: int = 0) -> Any:
    """What happened since."""
    return client.get(f"/simulator/api/feed?after={after}").get_json()


def test_a_question_and_its_answer_are_in_the_feed_in_order(
    talking: tuple[FlaskClient, Platform],
) -> None:
    client, _ = talking

    do(client, "say", text="您好")

    kinds = [entry["kind"] for entry in feed(client)["entries"]]
    assert kinds == ["bubble", "webhook", "bubble", "call", "taken"]
    assert {entry["chat"] for entry in feed(client)["entries"]} == {WANG}


def test_the_feed_goes_on_from_a_number(client: FlaskClient) -> None:
    do(client, "say", text="一")
    last = feed(client)["entries"][-1]["number"]

    do(client, "say", text="二")

    numbers = [entry["number"] for entry in feed(client, last)["entries"]]
    assert numbers == [last + 1, last + 2, last + 3]


def test_the_page_says_who_there_is_and_which_days_are_offered(client: FlaskClient) -> None:
    state = feed(client)["state"]

    assert [one["name"] for one in state["people"]] == ["王老師", "林組長", "陳主任", "張承辦"]
    assert [day["label"] for day in state["days"]] == ["甲計畫", "乙計畫"]


@pytest.mark.parametrize("at", ["2022-06-15T09:00", "2022-06-15T01:00:00+00:00", 1655254800000])
def test_a_day_is_taken_as_taipeis(client: FlaskClient, at: object) -> None:
    do(client, "clock", at=at)

    assert feed(client)["state"]["now"] // 60_000 == 1655254800000 // 60_000


def test_the_real_time_comes_back(client: FlaskClient) -> None:
    do(client, "clock", at="2022-06-15T09:00")
    do(client, "clock", at=None)

    assert feed(client)["state"]["real"] is True


@pytest.mark.parametrize(
    ("what", "details", "sentence"),
    [
        ("dance", {}, "模擬器沒有這項操作。"),
        ("say", {"text": "  "}, "請先輸入文字。"),
        ("say", {"text": "字" * 5001}, "一則訊息最多 5,000 字。"),
        ("say", {"text": "a", "person": "U1"}, "找不到這個人，請重新選擇身分。"),
        ("say", {"text": "a", "chat": "C1"}, "找不到這個聊天室。"),
        ("press", {"data": ""}, "這個按鈕沒有內容。"),
        ("send", {"kind": "text"}, "模擬器不能傳這種訊息。"),
        ("clock", {"at": "someday"}, "日期或時間寫錯了，例如：2022-06-15T09:00。"),
        ("person", {"name": ""}, "請填姓名（20 字以內）；身分也請在 20 字以內。"),
        ("redeliver", {"number": 99}, "這筆紀錄已經不在了，不能重送。"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    client: FlaskClient, what: str, details: dict[str, Any], sentence: str
) -> None:
    assert do(client, what, **details) == (400, sentence)


def test_a_blocked_account_cannot_be_written_to(client: FlaskClient) -> None:
    do(client, "unfollow")

    status, sentence = do(client, "say", text="您好")

    assert (status, sentence) == (400, "您已封鎖這個帳號，解除封鎖後才能傳訊息。")


def test_a_new_person_can_be_spoken_as(client: FlaskClient) -> None:
    do(client, "person", name="李老師", role="國小教師")

    assert feed(client)["state"]["people"][-1]["name"] == "李老師"


def test_a_form_of_a_foreign_page_is_not_taken(client: FlaskClient) -> None:
    answer = client.post("/simulator/api/do", data='{"what": "unfollow"}')

    assert answer.status_code == 415


def test_the_bot_finds_line_below_the_page(client: FlaskClient) -> None:
    platform = Platform()
    headers = {"Authorization": f"Bearer {platform.account.token}"}

    known = client.get("/simulator/line/v2/bot/info", headers=headers)
    forged = client.get("/simulator/line/v2/bot/info")

    assert (known.status_code, forged.status_code) == (200, 401)
    assert known.headers["X-Line-Request-Id"]


def test_nothing_but_our_own_scripts_may_run_on_the_page(client: FlaskClient) -> None:
    policy = client.get("/simulator").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
