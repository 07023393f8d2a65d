"""Where the house is put together: settings in, working parts out. Nothing is decided here."""

import gc
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot import clock, log_lines
from bot.broadcasts.running import Broadcaster
from bot.broadcasts.sources import sources_of
from bot.catalog.load import load_library
from bot.console.blueprint import blueprint as console_blueprint
from bot.console.door import Backstage as ConsoleBackstage
from bot.console_work.tidying import Tidier
from bot.counting.meter import CONTENT_TYPE, Meter
from bot.delivery.drain import Drain
from bot.delivery.mail import MailDrain
from bot.dispatch import Handle, Office, note_refusal, settle_replies
from bot.errors import SettingsError
from bot.handlers.quota_news import warn_staff
from bot.handlers.table import handle as handle_by_table
from bot.house import House
from bot.line.inbound import Channel
from bot.line.menus import MenuClient
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.line.replies import End, Replies, Result
from bot.links import Links
from bot.mail.smtp import SmtpSender
from bot.menus.linking import MenuLinks
from bot.model.retention import Retention
from bot.pages.blueprint import blueprint as pages_blueprint
from bot.pages.calendar_views import calendar_room
from bot.pages.door import Backstage
from bot.pages.mail_views import mail_room
from bot.pages.picture_views import picture_room
from bot.reminders.planning import Planner
from bot.reminders.planning import Plans as PlansOfReminders
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in.gate import Gate
from bot.sign_in.provider import Provider
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.events import Settled
from bot.store.tables import EventState
from bot.understand.reader import Reader
from bot.watching.health import Health
from bot.watching.readings import Plans, Readings
from bot.watching.watchman import Watchman
from bot.web.app import App, Entrance, Room, create_app
from bot.web.metrics import MetricsPage

log = logging.getLogger(__name__)

PASSING = "passing:"  # how a key begins that dies with these processes

STATE_OF_END = {
    End.SENT: EventState.SENT,
    End.AGAIN: EventState.WAITING,
    End.HANDED_BACK: EventState.WAITING,
    End.NEVER: EventState.LOST,
}


def log_as(settings: Settings, form: str) -> None:
    """Log in the form that the settings name; else in this one."""
    log_lines.set_up(settings.log_format or form)


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
    settings: Settings,
    now: Callable[[], datetime] = clock.now,
    reader: Reader | None = None,
    counts: Path | None = None,
) -> House:
    """The database and the way to LINE, for one process.

    Args:
        now: the clock that people live by: the real one, or the simulator's own.
        reader: the plans by which people are reminded; None: this process reminds nobody.
        counts: the folder in which processes of one server count together; None: by itself.
    """
    engine = open_engine(settings.database_url)
    client = LineClient(settings.line_api_base, settings.line_channel_access_token)

    def settle(results: Sequence[Result]) -> None:
        settle_replies(engine, [_settled(result) for result in results], clock.now())
        for refused in [result for result in results if result.is_refused][:1]:
            note_refusal(engine, refused.channel_id, refused.error, clock.now())

    stopping, meter = threading.Event(), Meter(counts)
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
        replies=Replies(client, settle, meter),
        now=now,
        drain=drain,
        stopping=stopping,
        menu_client=menus,
        menu_links=links,
        watchman=_watchman(settings, engine, reader),
        meter=meter,
        planner=planner,
        mail=mail,
        broadcaster=(
            Broadcaster(engine, CHANNEL_ID, sources_of(reader.edition)) if reader else None
        ),
        tidier=Tidier(engine, CHANNEL_ID, _retention(settings)) if reader else None,
    )


def _retention(settings: Settings) -> Retention:
    return Retention(
        questions=settings.keep_questions_days,
        events=settings.keep_events_days,
        messages=settings.keep_messages_days,
    )


def _watchman(settings: Settings, engine: Engine, reader: Reader | None) -> Watchman:
    return Watchman(
        engine=engine,
        channel_id=CHANNEL_ID,
        editions=reader.library.editions if reader else (),
        post=SmtpSender(settings.smtp_url, settings.mail_from) if settings.has_mail else None,
    )


def _menu_client(settings: Settings) -> MenuClient:
    token = settings.line_channel_access_token
    return MenuClient(settings.line_api_base, settings.line_data_api_base, token)


def build_planner(engine: Engine, reader: Reader) -> Planner:
    """What plans the reminders of the one channel."""
    known = PlansOfReminders(reader.edition, reader.library.version, loaded_at=clock.now())
    return Planner(engine.begin, known, CHANNEL_ID)


def _mail_drain(settings: Settings, engine: Engine, stopping: threading.Event) -> MailDrain | None:
    if not settings.has_mail:
        return None
    return MailDrain(
        engine=engine,
        sender=SmtpSender(settings.smtp_url, settings.mail_from),
        channel_id=CHANNEL_ID,
        links=links_of(settings),
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
    links = links_of(settings) if settings.secret_key else None
    rooms = (*rooms, console_blueprint(_console_backstage(settings, house, reader)))

    health = Health(house.engine, CHANNEL_ID, reader.library.editions)
    entrance = Entrance(
        channel=Channel(settings.line_channel_secret, old_secret=settings.line_channel_secret_old),
        office=Office(
            house.engine, handle, reader, links, mails=settings.has_mail, meter=house.meter
        ),
        replies=house.replies,
        problems=health.problems,
        warnings=lambda: health.warnings(clock.now(), house.now()),
        now=clock.now,
        is_https=settings.address.startswith("https://"),
        meter=house.meter,
        counts=_counts(settings, house, reader),
    )
    if links is None:
        return create_app(entrance, rooms)
    backstage = Backstage(
        engine=house.engine, reader=reader, links=links, now=house.now, mails=settings.has_mail
    )
    own = (pages_blueprint(backstage), calendar_room(backstage), mail_room(backstage))
    return create_app(entrance, (*rooms, *own, picture_room(backstage)))


def links_of(settings: Settings) -> Links:
    """What signs links, and opens those of the key before, too."""
    return Links(settings.address, settings.secret_key, settings.secret_key_old)


def _counts(settings: Settings, house: House, reader: Reader) -> MetricsPage:
    library = reader.library
    plans = Plans(version=library.version, editions=library.editions, read_at=clock.now())
    read = Readings(house.engine, CHANNEL_ID, plans)
    return MetricsPage(
        told=lambda: house.meter.told(lambda: read.all(clock.now(), house.now())),
        content_type=CONTENT_TYPE,
        token=settings.metrics_token,
    )


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
        handed_back=result.end is End.HANDED_BACK,
    )
