"""What a web process weighs: readers and writers of files come with the first who needs them."""

import subprocess
import sys
from pathlib import Path

from bot.store import schema
from bot.store.engine import open_engine
from tests.source import ROOT

# By package: what only imports, exports, calendars, migrations, other databases or set-ups need.
RARE = {
    "PIL", "alembic", "apscheduler", "authlib", "docx", "holidays", "icalendar", "jsonschema_rs",
    "linebot", "lxml", "mako", "numpy", "opencc", "openpyxl", "psycopg", "pydantic", "requests",
    "segno", "xlrd",
}  # fmt: skip
ASK = """
import base64, hashlib, hmac, json, sys, time
from contextlib import ExitStack
import bot.cli.web
from bot import wiring
from bot.loading import load_reader
from bot.preparing import prepare_database
from bot.settings import Settings

settings = Settings.from_env()
reader = load_reader(settings)
prepare_database(settings)
with ExitStack() as stack:
    house = wiring.open_house(settings, reader=reader, reminds=False)
    stack.callback(house.close)
    client = wiring.build_app(settings, house, reader).test_client()
    for number, text in enumerate(["數位教學增能研習要上幾小時", "我的進度", "報名什麼時候截止"]):
        event = {
            "type": "message", "mode": "active", "timestamp": time.time_ns() // 1_000_000,
            "source": {"type": "user", "userId": "U" + "1" * 32},
            "webhookEventId": f"01EVENT{number:019d}", "replyToken": f"{number:032x}",
            "deliveryContext": {"isRedelivery": False},
            "message": {"type": "text", "id": str(number), "quoteToken": "q", "text": text},
        }
        body = json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()
        signed = base64.b64encode(hmac.new(b"s", body, hashlib.sha256).digest()).decode()
        answer = client.post("/callback", data=body, headers={"x-line-signature": signed})
        assert answer.status_code == 200, answer.data
    assert client.get("/readyz").status_code == 200
    if len(sys.argv) > 1:
        import bot.imports.excel_files
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded(tmp_path: Path, *arguments: str) -> set[str]:
    """The packages that a web process has loaded when it has answered."""
    url = f"sqlite:///{tmp_path}/bot.db"
    engine = open_engine(url)
    schema.migrate(engine)
    engine.dispose()
    environment = {
        "DATABASE_URL": url,
        "LINE_API_BASE": "http://127.0.0.1:9",
        "LINE_CHANNEL_ACCESS_TOKEN": "t",
        "LINE_CHANNEL_SECRET": "s",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": "k" * 40,
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_answering_people_loads_nothing_that_only_files_need(tmp_path: Path) -> None:
    found = loaded(tmp_path)

    assert {"flask", "sqlalchemy", "bot"} <= found
    assert not found & RARE


def test_what_a_file_needs_would_be_seen(tmp_path: Path) -> None:
    assert "openpyxl" in loaded(tmp_path, "with a spreadsheet")
