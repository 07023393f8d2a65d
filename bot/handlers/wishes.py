"""提醒我: a date that somebody wants to be reminded of, and stopping one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers import wish_lines as lines
from bot.handlers.decide import MAYBE
from bot.handlers.desk import Desk, Handled
from bot.handlers.reminded import refresh_own
from bot.handlers.write import write
from bot.messages import Answer, Button, Card, Incoming, Outcome, Row, Text
from bot.model.edition import Edition
from bot.model.entries import PlanDate
from bot.model.reminders import Moment
from bot.model.talk import Talk
from bot.reminders.follows import wished_stretches
from bot.rules.notices import Stretch, still_ahead, stretches_of
from bot.store import enrolments, follows, preferences, wishes
from bot.store.follows import Follow
from bot.store.wishes import Wish
from bot.understand.gathered import bare_words
from bot.understand.small_talk import bare

REMIND, STOP = "remind", "unremind"  # remind=<edition key>#<date id>, unremind=…#<case key>
_ASKED = re.compile(
    "提醒(?:一下)?我|提醒一下|(?:叫|通知)我一下|(?:記得|再|來|請|天|時候)(?:叫|通知)我"
    "|(?:幫|替|給|跟)我(?:設|做|加|弄)?(?:一?[個則])?提醒|設(?:定|一?個)?提醒(?!是|的|有|要)"
    "|(?:記得|麻煩|請|再|時候?)(?:再|來)?提醒|(?:截止|當天|[日號月底])前提醒$"
)
# What is said around it: how long before, and politeness.
_NOISE = re.compile(r"前?[一二三兩\d]+天前?|一下|到時候|記得|麻煩|請|幫我|[喔哦啦呀]")
_BETTER = (Outcome.ANSWERED, Outcome.ASKED)
_NOT_US = re.compile("系統|平臺|平台|後臺|後台")  # 系統會提醒我嗎 asks of the plan's system
_ALONE = frozenset(
    {"提醒我", "請提醒我", "幫我提醒", "提醒", "到時候提醒我", "記得提醒我", "幫我設提醒"}
)
NEAREST = 10  # candidates: what comes after them is not what was meant
LONGEST = 12  # characters of a message that is no more than one of these


def own_wishes(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to 提醒我 after an answer; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    said = bare(desk.reader.fold(incoming.text))
    if said not in bare_words(desk.reader, _ALONE):
        return None
    talk = desk.talk.as_of(incoming.at)
    answer = _guarded(incoming) or _of_talk(incoming, desk, talk)
    return _said(desk, answer or lines.plain(lines.NO_DATE if talk.entry else lines.WHAT))


def write_or_remind(incoming: Incoming, desk: Desk) -> Handled:
    """The answer to words; where they ask for a reminder, with it below."""
    desk = _of_one_plan(incoming, desk)
    handled = write(incoming, desk)
    waited = desk.talk.as_of(incoming.at).expects == REMIND and not handled.talk.offered
    asked = _ASKED.search(incoming.text) or _ASKED.search(handled.talk.text)
    if not (asked or waited) or _NOT_US.search(incoming.text):
        return handled
    if asked and handled.answer.outcome is not Outcome.ANSWERED:
        # 提醒我 is no word of the plan's: without it, it may be plain what is meant.
        rest = _without_asking(incoming.text)
        anew = write(replace(incoming, text=rest), desk) if rest else handled
        handled = anew if anew.answer.outcome in _BETTER else handled
    talk = handled.talk
    if talk.offered:  # it was asked which is meant: the wish waits for the choice
        waiting = replace(talk, expects=REMIND, pending=_without_asking(talk.pending))
        return replace(handled, talk=waiting)
    if talk.at != incoming.at or not talk.entry:
        return handled
    return _with_wish(incoming, desk, handled)


def _of_one_plan(incoming: Incoming, desk: Desk) -> Desk:
    """Where somebody asks to be reminded who follows one plan and speaks of none: that plan's."""
    talk = desk.talk.as_of(incoming.at)
    if talk.plan or incoming.in_group or not incoming.user_id or not _ASKED.search(incoming.text):
        return desk
    joined = enrolments.of_person(desk.db, incoming.channel_id, incoming.user_id)
    plans = {one.plan for one in joined if desk.reader.edition(one.edition_key)}
    if len(plans) != 1:
        return desk
    return replace(desk, talk=replace(talk, plan=plans.pop(), at=incoming.at))


def _without_asking(text: str) -> str:
    return _NOISE.sub("", _ASKED.sub("", text)).strip()


def _with_wish(incoming: Incoming, desk: Desk, handled: Handled) -> Handled:
    talk, answer = handled.talk, handled.answer
    more: tuple[Text | Card | Row, ...]
    if answer.outcome is not Outcome.ANSWERED:
        item = desk.reader.index.by_key.get(talk.entry)
        if item is None or not isinstance(item.entry, PlanDate) or incoming.in_group:
            return handled
        offered = Button(f"{lines.REMINDER}我這個日期", data=f"{REMIND}={talk.entry}")
        return replace(handled, answer=replace(answer, quick=(offered, *answer.quick)))
    if incoming.in_group or incoming.user_id is None:
        more = (Text(lines.ONE_TO_ONE),)
    else:
        wished = _of_talk(incoming, desk, talk)
        more = wished.parts if wished else (_nearest(incoming, desk, talk),)
    return replace(handled, answer=replace(answer, parts=(*answer.parts, *more)))


def _nearest(incoming: Incoming, desk: Desk, talk: Talk) -> Card | Text:
    """The date that comes nearest to what was asked, offered; else that there is none."""
    question = desk.reader.question(talk.text, incoming.at)
    ranked = desk.reader.rank(question, [talk.plan], incoming.at)
    for one in ranked[:NEAREST]:
        entry, edition = one.item.entry, one.item.edition
        if not isinstance(entry, PlanDate) or one.score < MAYBE:
            continue
        ahead = still_ahead(stretches_of(edition, entry), incoming.at)
        if ahead:
            return lines.offer_card(ahead[0], f"{REMIND}={one.item.key}")
    return Text(lines.NO_DATE)


def remind(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Keeps the wish that a button names."""
    edition_key, _, date_id = value.partition("#")
    edition = desk.reader.edition(edition_key)
    entry = _date(edition, date_id) if edition else None
    if edition is None or entry is None:
        return _said(desk, lines.plain(lines.GONE))
    talk = desk.talk.as_of(incoming.at)
    known = dict(talk.facets) if talk.plan == edition.plan else {}
    return _said(desk, _guarded(incoming) or _wish(incoming, desk, edition, [entry], known))


def stop(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Drops the wish that a button names."""
    guarded = _guarded(incoming)
    if guarded:
        return _said(desk, guarded)
    edition_key, _, rest = value.partition("#")
    date_id, _, case_key = rest.partition("#")
    plan, _, year = edition_key.partition("/")
    wish = Wish(plan=plan, edition=year, date=date_id, case_key=case_key)
    user_id = incoming.user_id or ""
    if not wishes.drop(desk.db, incoming.channel_id, user_id, wish):
        return _said(desk, lines.plain(lines.NOT_KEPT))
    refresh_own(incoming, desk)
    found = wished_stretches(desk.reader.edition, wish)
    title = f"「{lines.title_of(found[0])}」的" if found else "這一則"
    again = Button(lines.MINE, say=lines.MINE)
    return _said(desk, lines.plain(f"已取消{title}提醒。", (again,)))


def _of_talk(incoming: Incoming, desk: Desk, talk: Talk) -> Answer | None:
    """The wish for the date that the talk is about, or for what its entry is due on."""
    item = desk.reader.index.by_key.get(talk.entry)
    if item is None:
        return None
    edition, entry = item.edition, item.entry
    ids = [entry.id] if isinstance(entry, PlanDate) else getattr(entry, "due", ())
    ids = [*ids, *_said_otherwise(edition, ids)]
    dates = [date for i in ids if (date := _date(edition, i))]
    return _wish(incoming, desk, edition, dates, dict(talk.facets)) if dates else None


def _said_otherwise(edition: Edition, ids: Sequence[str]) -> list[str]:
    """Other dates that the document gives for the same: the earlier one is not to be missed."""
    return [
        other
        for conflict in edition.conflicts
        if set(ids) & set(conflict.between)
        for other in conflict.between
        if other not in ids
    ]


def _wish(
    incoming: Incoming,
    desk: Desk,
    edition: Edition,
    dates: Sequence[PlanDate],
    known: dict[str, str],
) -> Answer:
    """Keep what lies ahead of these dates, and say what will be told when."""
    fitting = [s for date in dates for s in stretches_of(edition, date) if s.case.given.fits(known)]
    if not fitting:
        return lines.plain(lines.GONE)
    ahead = still_ahead(fitting, incoming.at)
    for stretch in ahead:
        _keep(incoming, desk, stretch)
    refresh_own(incoming, desk)
    who = (incoming.channel_id, incoming.user_id or "")
    rows = follows.of_people(desk.db, who[0], [who[1]]).get(who[1], [])
    told = [(s, [_moment(r) for r in rows if r.stretch == s.key and _is_ahead(r, incoming)])
            for s in ahead]  # fmt: skip
    over = [s for s in fitting if s not in ahead]
    parts: tuple[Card | Text, ...] = (lines.set_card(told, over, incoming.at),)
    if ahead and preferences.of_person(desk.db, *who).is_stopped:
        parts += (Text(lines.STOPPED),)
    return Answer(parts, outcome=Outcome.CHAT)


def _is_ahead(row: Follow, incoming: Incoming) -> bool:
    return row.at > incoming.at


def _moment(row: Follow) -> Moment:
    return Moment(row.lead, row.at, row.until)


def _keep(incoming: Incoming, desk: Desk, stretch: Stretch) -> None:
    """Keep the wish; twice is once."""
    db, channel_id, user_id = desk.db, incoming.channel_id, incoming.user_id or ""
    wish = Wish(
        plan=stretch.edition.plan,
        edition=stretch.edition.edition,
        date=stretch.entry.id,
        case_key=stretch.case_key,
    )
    wishes.put(db, channel_id, user_id, wish, incoming.at)
    preferences.unmute(db, channel_id, user_id, [stretch.key])


def _date(edition: Edition, date_id: str) -> PlanDate | None:
    return next((d for d in edition.dates if d.id == date_id), None)


def _guarded(incoming: Incoming) -> Answer | None:
    """In a group nothing of a person is said or kept."""
    if incoming.in_group or incoming.user_id is None:
        return lines.plain(lines.ONE_TO_ONE)
    return None


def _said(desk: Desk, answer: Answer) -> Handled:
    return Handled(answer=answer, talk=desk.talk)
