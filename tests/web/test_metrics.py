"""`/metrics`: what was counted, for this machine and for whoever has the token."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import urllib3
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import people
from bot.store.left_behind import TOKEN_LIFE
from tests.delivery.notices import notice, put
from tests.web.running import Running, running, settings_for

TOKEN = "a token of a test's own"


@pytest.fixture
def guarded(platform: Platform, engine: Engine) -> Iterator[Running]:
    """The same with a token set."""
    url = engine.url.render_as_string(hide_password=False)
    with LineServer(platform) as line_url:
        settings = replace(settings_for(platform, line_url, url), metrics_token=TOKEN)
        with running(settings, platform) as bot:
            yield bot


def numbers(bot: Running) -> dict[str, float]:
    """Every sample, as name{label=value} → number."""
    said = bot.get("/metrics").data.decode()
    found = {}
    for family in text_string_to_metric_families(said):
        for sample in family.samples:
            labels = ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def asked(bot: Running, path: str = "/metrics", **headers: str) -> int:
    return urllib3.request("GET", bot.url + path, headers=headers).status


def test_events_answers_and_times_are_counted(bot: Running) -> None:
    bot.post(bot.event("01A"), bot.event("01B", user="U2"))
    bot.settled()

    found = numbers(bot)

    assert found["shizhong_events_total{kind=text,outcome=answered}"] == 2
    assert found["shizhong_answer_kept_seconds_count"] == 2
    assert found["shizhong_replies_total{end=sent}"] == 2
    assert found["shizhong_reply_sent_seconds_count"] == 2
    assert found["shizhong_reply_sent_seconds_sum"] >= found["shizhong_answer_kept_seconds_sum"] / 2


def test_errors_are_counted_by_where_and_what(bot: Running, platform: Platform) -> None:
    platform.faults.add(Fault(status=500, path="/reply"))
    bot.post(bot.event("01A"))
    bot.post(bot.event("01B", message={"id": "1", "type": "text", "text": "壞掉"}))
    bot.post_raw(b"{}", {"x-line-signature": "forged"})
    bot.settled()

    found = numbers(bot)

    assert found["shizhong_errors_total{error=TryLater,where=reply}"] == 1
    assert found["shizhong_errors_total{error=KeyError,where=handler}"] == 1
    assert found["shizhong_errors_total{error=BadWebhook,where=webhook}"] == 1
    assert found["shizhong_events_total{kind=text,outcome=failed}"] == 1


def test_what_waits_is_read_when_somebody_asks(bot: Running) -> None:
    from_now = bot.house.now()
    with bot.house.engine.begin() as db:
        people.see(db, "default", "U1", from_now)
    late = from_now - TOKEN_LIFE
    put(bot.house.engine, notice("U1", "截止", not_before=late, expires_at=from_now + TOKEN_LIFE))

    found = numbers(bot)

    assert found["shizhong_outbox_messages{state=waiting}"] == 1
    assert found["shizhong_outbox_messages{state=sent}"] == 0
    assert found["shizhong_outbox_oldest_seconds{state=waiting}"] >= TOKEN_LIFE.total_seconds()
    assert found["shizhong_quota_used"] == 0
    assert found["shizhong_refused"] == 0
    assert any(name.startswith("shizhong_knowledge{version=") for name in found)
    memory = [v for name, v in found.items() if "resident_memory" in name]
    assert memory
    assert memory[0] > 10_000_000


def test_nobody_elsewhere_sees_it(bot: Running) -> None:
    assert asked(bot) == 200
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert asked(bot, **{name: "127.0.0.1"}) == 404
    assert asked(bot, **{"X-Forwarded-For": "9.9.9.9", "Authorization": "Bearer "}) == 404


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Basic {TOKEN}", 404),
        ("Bearer é", 404),
        ("", 404),
    ],
)
def test_elsewhere_it_is_seen_with_the_token_alone(
    guarded: Running, header: str, status: int
) -> None:
    assert asked(guarded, **{"X-Forwarded-For": "9.9.9.9", "Authorization": header}) == status
