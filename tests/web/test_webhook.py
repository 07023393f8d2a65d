"""The webhook of a running bot, with LINE at both ends."""

from typing import Any

import pytest
import urllib3
from sqlalchemy import text

from bot import wiring
from bot.dispatch import SORRY
from bot.line.signature import sign
from bot.simulator.faults import Fault
from bot.store.tables import EventState
from tests.line.bodies import body
from tests.line.bodies import text as text_message
from tests.web.running import Running, running, soon


def test_a_question_is_answered(bot: Running) -> None:
    asked = bot.event()

    status = bot.post(asked)

    [[said]] = bot.said_to(asked)
    assert status == 200
    assert "什麼時候報名？" in said
    assert bot.platform.problems() == []
    assert bot.settled() == {"01A": EventState.SENT}


def test_a_redelivered_question_is_answered_once(bot: Running) -> None:
    asked = bot.event()
    again = {**asked, "deliveryContext": {"isRedelivery": True}}

    statuses = [bot.post(asked), bot.post(again), bot.post(asked)]

    assert statuses == [200, 200, 200]
    assert bot.settled() == {"01A": EventState.SENT}
    assert len(bot.platform.inbox("U1")) == 1


def test_a_question_that_stands_twice_in_one_call_is_answered_once(bot: Running) -> None:
    asked = bot.event()

    bot.post(asked, asked)

    bot.settled()
    assert len(bot.platform.inbox("U1")) == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-line-signature": ""}, {"x-line-signature": sign(b"other", "simulator")}],
    ids=["missing", "empty", "forged"],
)
def test_a_call_that_line_did_not_sign_does_nothing(bot: Running, headers: dict[str, str]) -> None:
    status = bot.post_raw(body(bot.event()), headers)

    assert status == 400
    assert bot.settled() == {}


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"events": 1}'], ids=repr)
def test_a_signed_call_that_makes_no_sense_is_refused(bot: Running, raw: bytes) -> None:
    status = bot.post_raw(raw, {"x-line-signature": sign(raw, bot.platform.account.secret)})

    assert status == 400


def test_a_call_without_events_is_how_line_checks_us(bot: Running) -> None:
    assert bot.post() == 200


def test_a_header_in_other_letters_is_the_same_header(bot: Running) -> None:
    assert bot.post(header="X-LINE-SIGNATURE") == 200


def test_a_call_is_told_in_a_few_words_that_no_browser_runs(bot: Running) -> None:
    refused = urllib3.request("POST", f"{bot.url}/callback", body=b"{}")
    looked_at = urllib3.request("GET", f"{bot.url}/callback")

    assert (refused.status, refused.data) == (400, b"bad request")
    assert refused.headers["Content-Length"] == str(len(refused.data))
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert (looked_at.status, looked_at.headers["Allow"]) == (405, "POST")


def test_a_body_larger_than_line_sends_is_not_read(bot: Running) -> None:
    raw = b" " * 1_000_001

    status = bot.post_raw(raw, {"x-line-signature": sign(raw, bot.platform.account.secret)})

    assert status == 413


def test_the_people_of_one_call_are_each_answered(bot: Running) -> None:
    asked = [bot.event(f"01{n}", user=f"U{n}", message=text_message(f"第{n}題")) for n in range(9)]

    bot.post(*asked)

    for number, [said] in enumerate(bot.said_to(*asked)):
        assert f"第{number}題" in said


def test_a_question_that_breaks_us_is_apologised_for_and_its_neighbours_are_answered(
    bot: Running,
) -> None:
    first, broken, last = (
        bot.event("01A"),
        bot.event("01B", user="U2", message=text_message("壞掉")),
        bot.event("01C", user="U3"),
    )

    status = bot.post(first, broken, {"nonsense": True}, None, last)

    said = bot.said_to(first, broken, last)
    assert status == 200
    assert said[1] == [SORRY]
    assert all("什麼時候報名" in answer for [answer] in (said[0], said[2]))
    assert bot.settled()["01B"] is EventState.FAILED


@pytest.mark.parametrize(
    "own",
    [
        {"type": "videoPlayComplete", "videoPlayComplete": {"trackingId": "t"}},
        {"type": "a type of next year", "future": {"deep": [1, 2]}},
        {"type": "message", "message": {"type": "hologram", "id": "1"}},
        {"type": "unfollow"},
        {"mode": "standby"},
    ],
)
def test_what_wants_no_answer_gets_none(bot: Running, own: dict[str, Any]) -> None:
    status = bot.post(bot.event(**own))

    assert status == 200
    assert bot.settled() == {"01A": EventState.SILENT}
    assert bot.platform.calls == type(bot.platform.calls)()


def test_a_group_is_answered_only_when_it_calls(bot: Running) -> None:
    group = {"type": "group", "groupId": "G1", "userId": "U1"}
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
    talk = bot.event("01A", source=group, message=text_message("大家好"))
    call = bot.event("01B", source=group, message=text_message("@師鐘 幾點", mention=mention))

    bot.post(talk, call)

    [[said]] = bot.said_to(call)
    assert "幾點" in said
    assert "@師鐘" not in said
    assert bot.settled() == {"01B": EventState.SENT}


def test_a_reply_that_line_did_not_take_waits_and_is_sent_by_the_next_tick(bot: Running) -> None:
    asked = bot.event()
    bot.platform.faults.add(Fault(status=503))
    bot.post(asked)
    assert bot.settled() == {"01A": EventState.WAITING}
    worker = wiring.open_house(bot.settings)

    worker.tick(soon(1))
    worker.close()

    [[said]] = bot.said_to(asked)
    assert "什麼時候報名" in said
    assert bot.settled() == {"01A": EventState.SENT}


def test_a_reply_whose_token_died_is_lost_and_says_so(
    bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    bot.platform.faults.add(Fault(status=503))
    bot.post(bot.event())
    bot.settled()

    bot.house.tick(soon(60))

    assert bot.settled() == {"01A": EventState.LOST}
    assert "01A" in caplog.text


def test_an_answer_that_was_never_sent_goes_out_when_line_delivers_again(bot: Running) -> None:
    asked = bot.event()
    bot.platform.faults.add(Fault(status=503))
    bot.post(asked)
    bot.settled()

    with running(bot.settings, bot.platform) as another:  # another process, the same database
        another.post({**asked, "deliveryContext": {"isRedelivery": True}})

    [[said]] = bot.said_to(asked)
    assert "什麼時候報名" in said
    assert bot.settled() == {"01A": EventState.SENT}


def test_a_database_that_is_away_lets_line_try_again(bot: Running) -> None:
    with bot.house.engine.begin() as db:
        for table in ("question", "event"):
            db.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    asked = bot.event()

    refused = bot.post(asked)
    with bot.house.engine.begin() as db:
        for table in ("question", "event"):
            db.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))
    taken = bot.post({**asked, "deliveryContext": {"isRedelivery": True}})

    assert (refused, taken) == (503, 200)
    assert bot.settled() == {"01A": EventState.SENT}
