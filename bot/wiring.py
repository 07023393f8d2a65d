"""Where the house is put together: settings in, working parts out. Nothing is decided here."""

import gc
import importlib
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot import clock, log_lines
from bot.channels import Channels, own_channel
from bot.console.blueprint import blueprint as console_blueprint
from bot.console.door import Backstage as ConsoleBackstage
from bot.counting.meter import CONTENT_TYPE, Meter
from bot.dispatch import Handle, Office
from bot.handlers.table import handle as handle_by_table
from bot.house import House
from bot.line.replies import End, Replies, Result
from bot.pages.blueprint import blueprint as pages_blueprint
from bot.pages.calendar_views import calendar_room
from bot.pages.door import Backstage
from bot.pages.mail_views import mail_room
from bot.pages.picture_views import picture_room
from bot.readers import PlanReaders
from bot.replied import note_refusal, settle_replies
from bot.rounds import Rounds
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in.gate import Gate
from bot.sign_in.single_sign_on import SingleSignOn
from bot.stations import Stations, Workshop, links_of
from bot.store.engine import open_engine
from bot.store.events import Settled
from bot.store.tables import EventState
from bot.understand.reader import Reader
from bot.watching.health import Health
from bot.watching.readings import Plans, Readings
from bot.web.app import App, Room, create_app
from bot.web.entrance import Entrance
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
    """Log in the form that the settings name, else in this one, and from their level on."""
    log_lines.set_up(settings.log_format or form, settings.log_level)


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
    *,
    reminds: bool = True,
    counts: Path | None = None,
) -> House:
    """The database and the way to LINE, for one process.

    Args:
        now: the clock that people live by: the real one, or the simulator's own.
        reader: the plans; without them this process reminds nobody.
        reminds: whether it reminds people where it has the plans.
        counts: the folder in which processes of one server count together; None: by itself.
    """
    engine = open_engine(settings.database_url)
    channels = Channels(engine, own_channel(settings), settings.secret_key)

    def settle(results: Sequence[Result]) -> None:
        settle_replies(engine, [_settled(result) for result in results], clock.now())
        refused = {result.channel_id: result for result in results if result.is_refused}
        for result in refused.values():
            note_refusal(engine, result.channel_id, result.error, clock.now())

    stopping, meter = threading.Event(), Meter(counts)
    plans = PlanReaders(reader, channels) if reader else None
    workshop = Workshop(
        engine=engine,
        settings=settings,
        is_stopping=stopping.is_set,
        opened_at=clock.now(),
        reader_of=plans.serving if plans and reminds else None,
    )
    stations = Stations(channels, workshop)
    return House(
        engine=engine,
        channels=channels,
        stations=stations,
        replies=Replies(stations.client_of, settle, meter),
        now=now,
        stopping=stopping,
        meter=meter,
        plans=plans,
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
    plans = house.plans or PlanReaders(reader, house.channels)
    rooms = (*rooms, console_blueprint(_console_backstage(settings, house, plans)))

    health = Health(house.engine, CHANNEL_ID, reader.library.editions)
    mails = settings.has_mail
    office = Office(
        house.engine, handle, reader, links, mails=mails, meter=house.meter, plans_of=plans.of
    )
    entrance = Entrance(
        channel_to=house.channels.addressed,
        answerer=Rounds(office),
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
        engine=house.engine, reader_of=plans.find, links=links, now=house.now, mails=mails
    )
    own = (pages_blueprint(backstage), calendar_room(backstage), mail_room(backstage))
    return create_app(entrance, (*rooms, *own, picture_room(backstage)))


def _counts(settings: Settings, house: House, reader: Reader) -> MetricsPage:
    library = reader.library
    plans = Plans(version=library.version, editions=library.editions, read_at=clock.now())
    read = Readings(house.engine, CHANNEL_ID, plans)
    return MetricsPage(
        told=lambda: house.meter.told(lambda: read.all(clock.now(), house.now())),
        content_type=CONTENT_TYPE,
        token=settings.metrics_token,
    )


def warm(house: House) -> None:
    """Read the channels, and index the plans of those that serve only some, before anybody asks.

    Call it after a fork, with a database that is up to date.
    """
    if house.plans is not None:
        for channel in house.channels.active():
            house.plans.serving(channel)
        gc.freeze()


def build_gate(settings: Settings, engine: Engine, channels: Channels) -> Gate:
    """The way into the console of every channel."""
    # What a passing key seals, nobody reads after a restart.
    key = "" if settings.secret_key.startswith(PASSING) else settings.secret_key
    return Gate(
        engine=engine,
        channel_id=CHANNEL_ID,
        wants_factor=settings.require_second_factor,
        key=key,
        is_served=lambda channel_id: channels.find(channel_id) is not None,
    )


def _console_backstage(settings: Settings, house: House, plans: PlanReaders) -> ConsoleBackstage:
    return ConsoleBackstage(
        engine=house.engine,
        gate=build_gate(settings, house.engine, house.channels),
        now=house.now,
        real_now=clock.now,
        address=settings.address,
        reader_of=plans.find,
        proxies=settings.trusted_proxies,
        provider=_provider(settings),
        shown_settings=settings.shown(),
    )


def _provider(settings: Settings) -> SingleSignOn | None:
    if not settings.has_provider:
        return None
    # What speaks with it takes 16 MB: loaded only where somebody signs in by it.
    made: SingleSignOn = importlib.import_module("bot.sign_in.provider").Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        redirect_uri=f"{settings.address}/console/provider/back",
        makes_viewers=settings.oidc_new_viewers,
    )
    return made


def _settled(result: Result) -> Settled:
    return Settled(
        channel_id=result.channel_id,
        event_id=result.event_id,
        state=STATE_OF_END[result.end],
        error=result.error,
        handed_back=result.end is End.HANDED_BACK,
        carries=result.carries,
    )
