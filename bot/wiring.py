"""Where the house is put together: settings in, working parts out. Nothing is decided here."""

import gc
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from bot import clock
from bot.broadcasts.running import Broadcaster
from bot.broadcasts.sources import sources_of
from bot.catalog.load import load_library
from bot.console.blueprint import blueprint as console_blueprint
from bot.console.door import Backstage as ConsoleBackstage
from bot.console_work.tidying import Tidier
from bot.delivery.drain import Drain
from bot.delivery.mail import MailDrain
from bot.dispatch import Handle, Office, settle_replies, take_left_behind
from bot.errors import SettingsError
from bot.handlers.quota_news import warn_staff
from bot.handlers.table import handle as handle_by_table
from bot.line.inbound import Channel
from bot.line.menus import MenuClient
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.line.replies import End, Replies, Result
from bot.links import Links
from bot.mail.smtp import SmtpSender
from bot.menus.linking import MenuLinks
from bot.pages.blueprint import blueprint as pages_blueprint
from bot.pages.calendar_views import calendar_room
from bot.pages.door import Backstage
from bot.pages.mail_views import mail_room
from bot.pages.picture_views import picture_room
from bot.reminders.planning import Planner, Plans
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in.gate import Gate
from bot.sign_in.provider import Provider
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.events import Settled
from bot.store.tables import EventState
from bot.understand.reader import Reader
from bot.web.app import App, Entrance, Room, create_app

log = logging.getLogger(__name__)

PASSING = "passing:"  # how a key begins that dies with these processes

STATE_OF_END = {
    End.SENT: EventState.SENT,
    End.AGAIN: EventState.WAITING,
    End.NEVER: EventState.LOST,
}


@dataclass(frozen=True, slots=True)
class House:
    """What one process holds open. Open it after a fork, close it at the end."""

    engine: Engine
    client: LineClient
    replies: Replies
    now: Callable[[], datetime]  # the clock that people live by
    drain: Drain
    stopping: threading.Event
    menu_client: MenuClient
    menu_links: MenuLinks
    planner: Planner | None = None  # None: this process reminds nobody
    mail: MailDrain | None = None  # None: no mail server is set
    broadcaster: Broadcaster | None = None  # None: as for reminders
    tidier: Tidier | None = None  # None: as for reminders

    def tick(self, now: datetime) -> None:
        """Send what a dead process left behind, plan what fell due, then send for a while.

        What is to go by mail is taken out first, and sent last: a mail server may be slow.
        """
        for owed in take_left_behind(self.engine, now):
            self.replies.put(owed)
        today = self.now()
        if self.planner is not None:
            self.planner.plan(today, self.stopping.is_set)
        if self.broadcaster is not None:
            self.broadcaster.run(today, self.stopping.is_set)
        if self.mail:
            self.mail.take(today)
        self.drain.run(now, today)
        self.menu_links.run(now)
        if self.tidier is not None:
            self.tidier.run(now)
        if self.mail:
            self.mail.run(now, today)

    def close(self) -> None:
        """Send what is on its way, write down how it ended, and let go of everything."""
        self.replies.close()
        self.client.close()
        self.menu_client.close()
        self.engine.dispose()


def load_reader(settings: Settings) -> Reader:
    """The plans, read and indexed.

    Raises:
        KnowledgeError: a file is wrong.
        SettingsError: there is no such folder.
    """
    if not settings.knowledge_dir.is_dir():
        raise SettingsError(
            f"KNOWLEDGE_DIR 指的「{settings.knowledge_dir}」不是資料夾："
            "請在專案的根目錄執行，或把它設成計畫檔所在的資料夾。"
        )
    reader = Reader(load_library(settings.knowledge_dir))
    # The index lives as long as the process: searching it for rubbish held a message up by 100 ms.
    gc.freeze()
    return reader


def prepare_database(settings: Settings) -> None:
    """Bring an SQLite file up to date; of another database, say when it is not.

    Call it once, before any fork.
    """
    engine = open_engine(settings.database_url)
    try:
        if engine.dialect.name == "sqlite":
            schema.migrate(engine)
        if fault := schema.fault(engine):
            raise SettingsError(fault)
    finally:
        engine.dispose()


def with_secret_key(settings: Settings) -> Settings:
    """Settings that can sign links; without SECRET_KEY, by a key that dies with these processes.

    Call it once, before any fork.
    """
    if settings.secret_key:
        return settings
    log.warning("SECRET_KEY is not set: links to pages stop working when this process ends")
    return replace(settings, secret_key=PASSING + secrets.token_urlsafe(32))


def open_house(
    settings: Settings, now: Callable[[], datetime] = clock.now, reader: Reader | None = None
) -> House:
    """The database and the way to LINE, for one process.

    Args:
        now: the clock that people live by: the real one, or the simulator's own.
        reader: the plans by which people are reminded; None: this process reminds nobody.
    """
    engine = open_engine(settings.database_url)
    client = LineClient(settings.line_api_base, settings.line_channel_access_token)

    def settle(results: Sequence[Result]) -> None:
        settle_replies(engine, [_settled(result) for result in results], clock.now())

    stopping = threading.Event()
    drain = Drain(
        engine=engine,
        sender=Pusher(client),
        channel_id=CHANNEL_ID,
        warn=warn_staff,
        is_stopping=stopping.is_set,
    )
    planner = build_planner(engine, reader) if reader else None
    mail = _mail_drain(settings, engine, stopping)
    menus = _menu_client(settings)
    links = MenuLinks(engine=engine, line=menus, channel_id=CHANNEL_ID, is_stopping=stopping.is_set)
    return House(
        engine=engine,
        client=client,
        replies=Replies(client, settle),
        now=now,
        drain=drain,
        stopping=stopping,
        menu_client=menus,
        menu_links=links,
        planner=planner,
        mail=mail,
        broadcaster=(
            Broadcaster(engine, CHANNEL_ID, sources_of(reader.edition)) if reader else None
        ),
        tidier=Tidier(engine, CHANNEL_ID) if reader else None,
    )


def _menu_client(settings: Settings) -> MenuClient:
    token = settings.line_channel_access_token
    return MenuClient(settings.line_api_base, settings.line_data_api_base, token)


def build_planner(engine: Engine, reader: Reader) -> Planner:
    """What plans the reminders of the one channel."""
    return Planner(engine.begin, Plans(reader.edition, reader.library.version), CHANNEL_ID)


def _mail_drain(settings: Settings, engine: Engine, stopping: threading.Event) -> MailDrain | None:
    if not settings.has_mail:
        return None
    return MailDrain(
        engine=engine,
        sender=SmtpSender(settings.smtp_url, settings.mail_from),
        channel_id=CHANNEL_ID,
        links=Links(settings.address, settings.secret_key),
        is_stopping=stopping.is_set,
    )


def build_app(
    settings: Settings,
    house: House,
    reader: Reader,
    rooms: Sequence[Room] = (),
    handle: Handle = handle_by_table,
) -> App:
    """The web app of one process.

    Its pages are there where `settings` can sign links.
    """
    key = settings.secret_key
    links = Links(settings.address, key) if key else None
    rooms = (*rooms, console_blueprint(_console_backstage(settings, house, reader)))

    def problems() -> list[str]:
        empty = "" if reader.library.editions else "沒有載入任何計畫：請確認 KNOWLEDGE_DIR。"
        return [problem for problem in (schema.fault(house.engine), empty) if problem]

    entrance = Entrance(
        channel=Channel(settings.line_channel_secret),
        office=Office(house.engine, handle, reader, links, mails=settings.has_mail),
        replies=house.replies,
        problems=problems,
        now=clock.now,
    )
    if links is None:
        return create_app(entrance, rooms)
    backstage = Backstage(
        engine=house.engine, reader=reader, links=links, now=house.now, mails=settings.has_mail
    )
    own = (pages_blueprint(backstage), calendar_room(backstage), mail_room(backstage))
    return create_app(entrance, (*rooms, *own, picture_room(backstage)))


def build_gate(settings: Settings, engine: Engine) -> Gate:
    """The way into the console of the one channel."""
    # What a passing key seals, nobody reads after a restart.
    key = "" if settings.secret_key.startswith(PASSING) else settings.secret_key
    return Gate(
        engine=engine, channel_id=CHANNEL_ID, wants_factor=settings.require_second_factor, key=key
    )


def _console_backstage(settings: Settings, house: House, reader: Reader) -> ConsoleBackstage:
    return ConsoleBackstage(
        engine=house.engine,
        channel_id=CHANNEL_ID,
        gate=build_gate(settings, house.engine),
        now=house.now,
        real_now=clock.now,
        address=settings.address,
        reader=reader,
        proxies=settings.trusted_proxies,
        provider=_provider(settings),
        shown_settings=settings.shown(),
    )


def _provider(settings: Settings) -> Provider | None:
    if not settings.has_provider:
        return None
    return Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        redirect_uri=f"{settings.address}/console/provider/back",
        makes_viewers=settings.oidc_new_viewers,
    )


def _settled(result: Result) -> Settled:
    return Settled(
        channel_id=result.channel_id,
        event_id=result.event_id,
        state=STATE_OF_END[result.end],
        error=result.error,
    )
