"""What goes with every response of every address: no page is framed, sniffed, kept or named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from bot import wiring
from bot.console.door import COOKIE
from bot.settings import Settings
from bot.web.app import App
from bot.web.headers import HTTPS_FOR
from tests.handlers_of_tests import EMPTY
from tests.migrated import migrated

GIVEN = {"token": "t", "key": "k" * 20, "code": "1", "name": "a.png", "filename": "x.css"}


@pytest.fixture(params=["https://bell.example.tw", "http://127.0.0.1:8000"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[App]:
    settings = Settings(
        line_channel_secret="s",
        secret_key="a key of a test's own",
        base_url=request.param,
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
    )
    house = wiring.open_house(settings)
    migrated(house.engine)
    made = wiring.build_app(settings, house, EMPTY)
    made.config["OF_THE_TEST"] = request.param
    yield made
    house.close()


def reached_by_https(app: App) -> bool:
    return str(app.config["OF_THE_TEST"]).startswith("https")


def addresses(app: App) -> list[tuple[str, str]]:
    """Every address with every method that it takes, and one that there is not."""
    bound = app.url_map.bind("bell.example.tw")
    found = [("GET", "/nowhere"), ("GET", "/p/t/nowhere"), ("GET", "/console/nowhere")]
    for rule in app.url_map.iter_rules():
        path = bound.build(rule.endpoint, values(rule), method=None)
        found += [(method, path) for method in sorted(rule.methods or ())]
    return found


def values(rule: Rule) -> dict[str, str]:
    return {name: GIVEN.get(name, "1") for name in rule.arguments}


def faults(client: FlaskClient, method: str, path: str, is_https: bool) -> list[str]:
    """What the response to this lacks, or says too much."""
    with client.open(path, method=method) as response:
        headers = response.headers
    said = headers.get("Content-Security-Policy", "")
    wanted = {
        "runs what it should not": "default-src 'none'" in said,
        "may be framed": "frame-ancestors 'none'" in said or "frame-ancestors 'self'" in said,
        "is sniffed": headers.get("X-Content-Type-Options") == "nosniff",
        "tells where one comes from": headers.get("Referrer-Policy")
        in ("no-referrer", "same-origin"),
        "says nothing of being kept": bool(headers.get("Cache-Control")),
        "wrongly speaks of https": (headers.get("Strict-Transport-Security") == HTTPS_FOR)
        == is_https,
        "names its server": not any(c.isdigit() for c in headers.get("Server", "")),
    }
    return [f"{method} {path} {what}" for what, is_good in wanted.items() if not is_good]


def test_every_response_of_every_address_carries_what_protects_its_reader(app: App) -> None:
    client = app.test_client()
    is_https = reached_by_https(app)
    asked = addresses(app)

    found = [fault for method, path in asked for fault in faults(client, method, path, is_https)]

    assert len(asked) > 150
    assert found == []


def test_the_only_cookie_is_the_consoles_and_no_script_reads_it(app: App) -> None:
    client = app.test_client()
    is_https = reached_by_https(app)

    given = [
        cookie
        for method, path in addresses(app)
        for cookie in client.open(path, method=method).headers.getlist("Set-Cookie")
    ]

    assert given
    for cookie in given:
        assert cookie.startswith(f"{COOKIE}=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/console" in cookie
        assert ("Secure" in cookie) == is_https
