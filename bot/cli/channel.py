"""`bot channel`: further official accounts that this deployment speaks for."""

import argparse
import sys
from dataclasses import dataclass

from sqlalchemy import Engine

from bot import clock
from bot.channels import own_channel
from bot.cli.line import check
from bot.cli.of_channel import channel_of
from bot.clock import minute_words
from bot.errors import DeliveryError, NotAllowed, SealBroken, SettingsError
from bot.line.channel import ChannelApi
from bot.loading import load_reader
from bot.model.channels import DESTINATION, NAME, Channel
from bot.preparing import prepare_database
from bot.sealing import seal, unseal
from bot.settings import CHANNEL_ID, Settings, secret_of
from bot.store import audit, channels
from bot.store.audit import AuditNote
from bot.store.channels import KeptChannel
from bot.store.engine import open_engine

ACTOR = "指令列"
SECRET, TOKEN = "NEW_CHANNEL_SECRET", "NEW_CHANNEL_ACCESS_TOKEN"  # names, not values
LONGEST_TITLE = 40
NOT_FOUND = 1
ALL_PLANS = "全部計畫"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which channel, and what about it; what opens it comes from the environment or from files."""
    wanted = parser.add_subparsers(dest="wanted", required=True, metavar="add|list|retire|check")
    about = (
        "加入一個官方帳號，或重新設定已有的；它的 Channel secret 和 access token "
        f"由環境變數 {SECRET}、{TOKEN} 讀取，或由 {SECRET}_FILE、{TOKEN}_FILE 指的檔案讀取"
    )
    add = wanted.add_parser("add", help="加入或重新設定一個官方帳號", description=about)
    add.add_argument("id", metavar="代號", help="小寫英文、數字和 -，例如 kaohsiung")
    add.add_argument("--title", required=True, metavar="名稱", help="例如 高雄市教師")
    add.add_argument(
        "--destination", default="", metavar="U…", help="官方帳號自己的使用者代碼；不給就問 LINE"
    )
    add.add_argument(
        "--plans", default="", metavar="計畫,計畫", help="只回答這些計畫；不給就是全部"
    )
    wanted.add_parser("list", help="所有官方帳號")
    retire = wanted.add_parser("retire", help="停用一個官方帳號；資料留著，不再收送")
    retire.add_argument("id", metavar="代號")
    checked = wanted.add_parser("check", help="請 LINE 檢查存取權杖和 webhook；不給代號就查全部")
    checked.add_argument("id", nargs="?", default="", metavar="代號")


def run(args: argparse.Namespace) -> int:
    """Do what is wanted."""
    settings = Settings.from_env()
    prepare_database(settings)
    engine = open_engine(settings.database_url)
    try:
        if args.wanted == "add":
            return _add(engine, settings, _asked(args))
        if args.wanted == "list":
            return _list(engine, settings)
        if args.wanted == "retire":
            return _retire(engine, args.id)
        return _check(engine, settings, args.id)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A channel as it was typed, with what opens it."""

    id: str
    title: str
    destination: str
    plans: tuple[str, ...]
    secret: str
    token: str


def _asked(args: argparse.Namespace) -> _Asked:
    """What was typed.

    Raises:
        SettingsError: it is of no use; nothing was done.
    """
    if not NAME.fullmatch(args.id) or args.id == CHANNEL_ID:
        raise SettingsError(
            f"代號「{args.id}」不能用：請用小寫英文、數字和 -，最多 32 個字；"
            f"{CHANNEL_ID} 是環境設定的那一個。"
        )
    title = args.title.strip()
    if not title.isprintable() or not 1 <= len(title) <= LONGEST_TITLE:
        raise SettingsError(f"名稱要有 1 到 {LONGEST_TITLE} 個字，不能換行。")
    if args.destination and not DESTINATION.fullmatch(args.destination):
        raise SettingsError(
            f"--destination「{args.destination}」不是官方帳號的使用者代碼："
            "要像 U 加 32 個 0-9、a-f；不確定時不要給，會直接問 LINE。"
        )
    secret, token = secret_of(SECRET), secret_of(TOKEN)
    if not secret or not token:
        missing = SECRET if not secret else TOKEN
        raise SettingsError(
            f"{missing} 沒有設定：請把這個官方帳號的值放進環境變數，或用 {missing}_FILE 指出檔案。"
        )
    plans = tuple(dict.fromkeys(p.strip() for p in args.plans.split(",") if p.strip()))
    return _Asked(
        id=args.id,
        title=title,
        destination=args.destination,
        plans=plans,
        secret=secret,
        token=token,
    )


def _add(engine: Engine, settings: Settings, asked: _Asked) -> int:
    """Keep it, sealed; all of it, or nothing where something is wrong."""
    if not settings.secret_key:
        raise SettingsError("SECRET_KEY 沒有設定：官方帳號的密鑰要用它加密後才存，請先設定。")
    known = load_reader(settings).plans
    strange = [plan for plan in asked.plans if plan not in known]
    if strange:
        raise SettingsError(f"沒有「{'、'.join(strange)}」這個計畫；現有：{'、'.join(known)}。")
    destination = asked.destination or _account_of(settings, asked)
    now = clock.now()
    kept = KeptChannel(
        channel_id=asked.id,
        title=asked.title,
        destination=destination,
        secret=seal(settings.secret_key, asked.secret),
        token=seal(settings.secret_key, asked.token),
        plans=list(asked.plans),
        made_at=now,
        changed_at=now,
        retired_at=None,
    )
    with engine.begin() as db:
        holder = channels.holder_of(db, destination)
        if holder not in ("", asked.id):
            raise SettingsError(
                f"這個官方帳號已經是「{holder}」，沒有更動：一個帳號只能有一個代號。"
            )
        before = channels.find(db, asked.id)
        channels.put(db, kept)
        audit.note(db, _noted(before, kept))
    done = "已更新" if before else "已加入"
    print(f"{done}「{asked.title}」（{asked.id}），幾秒內生效，不必重新啟動。")
    print(f"webhook 網址：{settings.address}/callback　計畫：{_plans(kept.plans)}")
    print(
        f"接著執行 bot channel check {asked.id}；後台帳號：bot account add … --channel {asked.id}"
    )
    return 0


def _account_of(settings: Settings, asked: _Asked) -> str:
    """The official account that the token speaks for, asked of LINE."""
    cure = "也可以用 --destination 直接給官方帳號的使用者代碼。"
    try:
        return ChannelApi(settings.line_api_base, asked.token).account().user_id
    except NotAllowed as err:
        raise SettingsError(f"LINE 不接受 {TOKEN} 的值，沒有加入：請重新核對。") from err
    except DeliveryError as err:
        raise SettingsError(f"問不到 LINE（{err}），沒有加入：請稍後再試；{cure}") from err


def _noted(before: KeptChannel | None, after: KeptChannel) -> AuditNote:
    return AuditNote(
        channel_id=after.channel_id,
        at=after.changed_at,
        actor=ACTOR,
        what="channel.put",
        subject=after.title,
        before={"計畫": _plans(before.plans)} if before else {},
        after={"計畫": _plans(after.plans)},
    )


def _list(engine: Engine, settings: Settings) -> int:
    with engine.connect().execution_options(only_reads=True) as db:
        found = channels.every(db)
    own = own_channel(settings)
    print(f"{own.id}  {own.title}  {ALL_PLANS}  {'使用中' if settings.has_channel else '沒有設定'}")
    for one in found:
        print(f"{one.channel_id}  {one.title}  {_plans(one.plans)}  {_state(one, settings)}")
        print(f"    {one.destination}　{minute_words(one.made_at)} 加入")
    return 0


def _state(kept: KeptChannel, settings: Settings) -> str:
    if kept.retired_at is not None:
        return f"{minute_words(kept.retired_at)} 停用"
    try:
        for sealed in (kept.secret, kept.token):
            unseal(settings.secret_key or CHANNEL_ID, sealed)
    except SealBroken:
        return "密鑰讀不出來（SECRET_KEY 不同）"
    return "使用中"


def _plans(plans: list[str]) -> str:
    return "、".join(plans) or ALL_PLANS


def _retire(engine: Engine, channel_id: str) -> int:
    now = clock.now()
    with engine.begin() as db:
        kept = channels.find(db, channel_id)
        if kept is None or not channels.retire(db, channel_id, now):
            print(f"沒有使用中的「{channel_id}」：請用 bot channel list 查代號。", file=sys.stderr)
            return NOT_FOUND
        noted = AuditNote(
            channel_id=channel_id, at=now, actor=ACTOR, what="channel.retire", subject=kept.title
        )
        audit.note(db, noted)
    print(f"已停用「{kept.title}」：幾秒內不再收送，後台和網頁連結也打不開；資料都還留著。")
    return 0


def _check(engine: Engine, settings: Settings, channel_id: str) -> int:
    """Let LINE look at one channel, or at all that are in use; 1 where any is not well."""
    if channel_id:
        return 0 if check(settings, channel_of(engine, settings, channel_id)) else 1
    with engine.connect().execution_options(only_reads=True) as db:
        ids = [one.channel_id for one in channels.every(db) if one.retired_at is None]
    own = [CHANNEL_ID] if settings.has_channel else []
    return 0 if all([_is_well(engine, settings, one) for one in (*own, *ids)]) else 1


def _is_well(engine: Engine, settings: Settings, channel_id: str) -> bool:
    print(f"【{channel_id}】")
    try:
        found: Channel = channel_of(engine, settings, channel_id)
    except SettingsError as err:
        print(f"✗ {err}")
        return False
    return check(settings, found)
