"""An audience in words: 參加晨間共讀的老師、高雄市、還沒繳附件1."""

from bot.model.audience import (
    AllOf,
    AnyOf,
    Around,
    AtLevel,
    AtSchools,
    Audience,
    Being,
    Everybody,
    Follows,
    Not,
    Owing,
    Position,
    Short,
    TakesPart,
    Within,
)
from bot.model.edition import Edition
from bot.model.schools import Level
from bot.model.submission import Standing
from bot.understand.audience_names import OPEN_STANDINGS
from bot.understand.reader import Reader

EVERYBODY, NOBODY = "全部的人", "還沒選對象"
POSITIONS = {Position.TEACHER: "老師", Position.CONTACT: "學校承辦人", Position.STAFF: "承辦人員"}
LEVELS: dict[str, str] = {level.value: level.words for level in Level}
STANDINGS: dict[str, str] = {
    Standing.NOT_YET: "未到期",
    Standing.DUE: "待繳",
    Standing.SENT: "已送出",
    Standing.RETURNED: "退件待補",
    Standing.RECEIVED: "已收件",
    Standing.OVERDUE: "逾期",
    Standing.EXCUSED: "免繳",
}
NOT_HANDED_IN = OPEN_STANDINGS
FEW = 3  # names that are listed; more are counted


def audience_words(audience: Audience, reader: Reader) -> str:
    """Who is meant, as staff read it before they send."""
    match audience:
        case Everybody():
            return EVERYBODY
        case AllOf(parts):
            return "、".join(_inner(part, reader) for part in parts)
        case AnyOf(parts):
            return "或".join(_inner(part, reader) for part in parts) or NOBODY
        case Not(part):
            return f"不含「{audience_words(part, reader)}」"
        case Follows() | TakesPart() | Short() | Owing():
            return _plan_words(audience, reader)
    return _school_words(audience)


def _plan_words(audience: Follows | TakesPart | Short | Owing, reader: Reader) -> str:
    match audience:
        case Follows():
            return f"參加{_plan(reader, audience.plan, audience.edition)}的人"
        case TakesPart():
            return f"學校參加{_plan(reader, audience.plan, audience.edition)}"
        case Short():
            return _short_words(audience, reader)
        case Owing():
            return _owing_words(audience, reader)


def _school_words(audience: Audience) -> str:
    match audience:
        case Being(position):
            return POSITIONS[position]
        case Within(cities):
            return "或".join(cities)
        case Around(districts):
            return "或".join(districts)
        case AtLevel(levels):
            return "或".join(LEVELS.get(level, level) for level in levels)
        case AtSchools(codes):
            shown = "、".join(codes[:FEW])
            return f"學校代碼{shown}" + (f"等{len(codes)}所" if len(codes) > FEW else "")
    raise TypeError(f"no words for {type(audience).__name__}")


def _inner(audience: Audience, reader: Reader) -> str:
    said = audience_words(audience, reader)
    return f"（{said}）" if isinstance(audience, AllOf | AnyOf) else said


def _short_words(short: Short, reader: Reader) -> str:
    edition = _edition(reader, short.plan, short.edition)
    items = [item for t in edition.tracks for item in t.items] if edition else []
    item = next((i for i in items if i.id == short.requirement), None)
    title = item.title if item else short.requirement
    plan = _plan(reader, short.plan, short.edition)
    if short.part:
        parts = {part.id: part.title for part in item.parts} if item else {}
        return f"{plan}「{title}」還沒完成「{parts.get(short.part, short.part)}」的人"
    if short.most is None:
        many = "" if short.least == 1 else f"（至少差{short.least:f}）"
        return f"{plan}「{title}」還沒完成的人{many}"
    span = f"{short.least:f}" if short.least == short.most else f"{short.least:f}到{short.most:f}"
    unit = item.goals[0].unit if item and item.goals else ""
    return f"{plan}「{title}」還差{span}{unit}的人"


def _owing_words(owing: Owing, reader: Reader) -> str:
    edition = _edition(reader, owing.plan, owing.edition)
    entries = {e.id: e.title for e in edition.entries()} if edition else {}
    for entry in edition.entries() if edition else ():
        entries |= {o.id: o.title or entry.title for o in getattr(entry, "owed", ())}
    what = entries.get(owing.deliverable, owing.deliverable)
    plan = _plan(reader, owing.plan, owing.edition)
    if set(owing.standings) == set(NOT_HANDED_IN):
        return f"還沒繳{plan}「{what}」的學校"
    states = "或".join(STANDINGS.get(one, one) for one in owing.standings)
    return f"{plan}「{what}」{states}的學校"


def _plan(reader: Reader, plan: str, edition: str) -> str:
    found = _edition(reader, plan, edition)
    name = found.about.short if found else plan
    return f"{name}（{edition}）" if edition else name


def _edition(reader: Reader, plan: str, edition: str) -> Edition | None:
    if edition:
        return reader.edition(f"{plan}/{edition}")
    editions = reader.editions(plan)
    return editions[-1] if editions else None
