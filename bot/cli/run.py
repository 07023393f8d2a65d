"""`bot run`: web, simulator and worker in one process, to try the bot or to serve one school."""

import argparse
import logging
import socket
import threading

from sqlalchemy import Engine
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot import clock, log_lines, wiring
from bot.cli.samples import put_samples
from bot.cli.simulation import simulate
from bot.cli.ticking import ticking, until_told
from bot.errors import SettingsError
from bot.loading import load_reader
from bot.preparing import prepare_database
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in import staff_accounts
from bot.sign_in.staff_accounts import By
from bot.understand.reader import Reader
from bot.web.app import App

SAMPLE_ADMIN = "admin@example.edu.tw"
# The simulator lets anybody speak as anybody: it is for this computer only.
ONLY_HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"


class KeepOpen(WSGIRequestHandler):
    """Lets callers keep their connection: LINE does, and so does the bot with the simulator."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def version_string(self) -> str:
        """The server's name in every response: not its version, nor Python's."""
        return "shizhong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much is there from the start."""
    parser.add_argument("--sample", action="store_true", help="先放範例人物、學校和繳交情形")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = wiring.with_secret_key(Settings.from_env())
    wiring.log_as(settings, log_lines.TEXT)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    reader = load_reader(settings)
    prepare_database(settings)
    told = until_told()
    rooms, now = [], clock.now
    host = EVERYWHERE if settings.has_channel else ONLY_HERE
    if not settings.has_channel:
        settings, page, now = simulate(settings, reader, sample=args.sample)
        rooms.append(page)
    house = wiring.open_house(settings, now, reader)
    try:
        wiring.warm(house)
        greeting = _greeting(settings, reader)
        if rooms and args.sample:
            put_samples(settings.knowledge_dir, house.engine, reader)
            greeting += _sample_admin(settings, house.engine)
        server = _listen(settings, host, wiring.build_app(settings, house, reader, rooms))
        with ticking(house, settings.listen_url), house.looking_out(clock.now):
            _serve(server, told, greeting)
    finally:
        house.close()
    return 0


def _sample_admin(settings: Settings, engine: Engine) -> str:
    """How to sign in to the console as its sample admin; the password is new at every start."""
    now = clock.now()
    by = By(engine=engine, channel_id=CHANNEL_ID, actor="範例", now=now)
    password = staff_accounts.put_sample(by, SAMPLE_ADMIN)
    return f"\n後台：{settings.address}/console　範例管理者 {SAMPLE_ADMIN}　密碼 {password}"


def _listen(settings: Settings, host: str, app: App) -> BaseWSGIServer:
    try:
        # Ours and not werkzeug's: it would print its own advice and leave.
        listening = socket.create_server((host, settings.port), backlog=128)
    except OSError as err:
        raise SettingsError(
            f"PORT {settings.port} 不能用（多半已被其他程式使用）："
            "請關掉那個程式，或換一個，例如 PORT=8001。"
        ) from err
    return make_server(
        host,
        settings.port,
        app,
        threaded=True,
        request_handler=KeepOpen,
        fd=listening.detach(),
    )


def _serve(server: BaseWSGIServer, told: threading.Event, greeting: str) -> None:
    thread = threading.Thread(target=server.serve_forever, name="web", daemon=True)
    thread.start()
    print(greeting, flush=True)
    told.wait()
    server.shutdown()
    thread.join()
    server.server_close()


def _greeting(settings: Settings, reader: Reader) -> str:
    count = len(reader.library.editions)
    return f"師鐘已啟動（{count} 份計畫）：{settings.address}　按 Ctrl+C 結束。"
