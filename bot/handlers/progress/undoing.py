"""Taking back what was reported last, and putting another thing in its place."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.answers.deed_lines import deed_words
from bot.answers.progress_lines import bars, left_lines, name_of
from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.hearing import Heard, deeds_of, hear_on
from bot.handlers.progress.orders import Order
from bot.handlers.progress.own import IN_GROUP, Own, order_of, show_button
from bot.handlers.progress.reporting import record
from bot.messages import Answer, Card, Incoming, Outcome
from bot.model.deeds import Deed
from bot.rules.progress import TrackStanding
from bot.store import deeds
from bot.store.deeds import Report
from bot.understand.reports import Vocabulary
from bot.understand.short_replies import corrected
from bot.understand.small_talk import bare
from bot.understand.statements import counts

NOTHING = "沒有可以復原的紀錄。"
IMPORTED = "這一項是承辦單位匯入的研習紀錄，不能在這裡收回。若有錯，請告訴承辦單位。"
MOST_REST = 3  # characters of a correction that its track does not know
_RATHER = re.compile(
    r"不是.{1,10}?[,\s]*(?:而是|應該是|(?<!不)是)(?P<better>.+)"
)  # 不是昨天，是6/20
_UNDO = re.compile(
    r"(?:請|請幫我|幫我|我要|麻煩)?(?:復原|撤銷|還原"
    r"|(?:取消|收回|刪除|刪掉)(?:剛剛|剛才|上1?筆|上1?個|最後)(?:那|的|這)*(?:1?筆)?(?:紀錄|記錄|回報)?)"
    r"(?:剛剛|剛才)?的?(?:1?筆)?(?:紀錄|記錄|回報)?(?:好了|吧)?"
    r"|(?:我|剛剛|剛才|那個|那筆|這筆|這個|上1?筆|是)*(?:記|回報|登記)錯了?"
)

_UNDO_NAMED = re.compile(
    r"(?:請|幫我|我要|麻煩)*(?:(?:取消|刪除|刪掉|移除|復原|撤銷).{2,20}的?(?:紀錄|記錄|回報)"
    r"|把.{2,20}(?:刪掉|刪除|取消|拿掉|移除|復原|撤銷)(?:了|吧)?)"
)


def asks_to_undo(folded: str) -> bool:
    """Whether a message is 復原 and no more."""
    return bool(_UNDO.fullmatch(bare(folded)))


def undo_by_words(own: Own, folded: str) -> Handled | None:
    """Takes back the last report; None for all else, and of somebody who follows nothing."""
    if not asks_to_undo(folded) or not own.standings:
        return _undo_named(own, folded)
    ids = [s.account.enrolment.id for s in own.standings]
    event_id = deeds.last_event(own.desk.db, ids)
    return undo(own, event_id) if event_id else own.text(NOTHING, show_button())


def _undo_named(own: Own, folded: str) -> Handled | None:
    """Takes back the last report of what a message names: 把宣講的紀錄刪掉."""
    said, is_known = _UNDO_NAMED.fullmatch(bare(folded)), False
    for found in own.standings if said else ():
        words = Vocabulary(
            found.edition, found.track, own.desk.reader.word, found.account.enrolment.facets
        )
        named = [(i.id, p.id if p else "") for i, p in words.named(folded)]
        is_known = is_known or bool(named)
        stand = [
            d
            for d in found.account.deeds
            if (d.requirement, d.part) in named or (d.requirement, "") in named
        ]
        if stand and stand[-1].is_imported:
            return own.text(IMPORTED, show_button())
        if stand:
            where = (own.desk.db, own.incoming.channel_id, found.account.enrolment.id)
            gone = deeds.undo_one(*where, stand[-1].id, own.incoming.at)
            return _said(own, [(found, [gone])]) if gone else None
    return own.text(NOTHING, show_button()) if is_known else None


def undo_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Takes back what one message reported."""
    own = Own(incoming, desk)
    return own.text(IN_GROUP) if incoming.in_group else undo(own, value)


def undo(own: Own, event_id: str) -> Handled:
    """Takes back what this event reported of the writer's own, and says how it stands now."""
    gone = take_back(own, event_id)
    if not gone:
        return own.text("這筆已經復原過了，沒有再更動。", show_button())
    return _said(own, gone)


def _said(own: Own, gone: list[tuple[TrackStanding, list[Deed]]]) -> Handled:
    own.changed()
    facts = []
    for found, undone in gone:
        items = {i.item.id: i.item for i in found.items}
        facts += [
            deed_words(found.edition, items[d.requirement], d)
            for d in undone
            if d.requirement in items
        ]
    found = own.by_id(gone[0][0].account.enrolment.id) or gone[0][0]
    touched = {d.requirement for _, undone in gone for d in undone}
    shown = tuple(i for i in found.items if i.item.id in touched)
    card = Card(
        title=f"{found.edition.about.short}｜進度",
        lead=f"已復原，這些不算了：{name_of(found)}",
        bars=bars(replace(found, items=shown)),
        facts=(*facts, *left_lines(found, touched)),
        buttons=(show_button(),),
    )
    return own.said(Answer((card,), outcome=Outcome.CHAT), noted="")


def take_back(own: Own, event_id: str) -> list[tuple[TrackStanding, list[Deed]]]:
    """What the event reported, by track, taken back."""
    where = (own.desk.db, own.incoming.channel_id, event_id, own.incoming.at)
    found = [(s, deeds.undo_event(*where, [s.account.enrolment.id])) for s in own.standings]
    return [(s, undone) for s, undone in found if undone]


def correct(own: Own, folded: str) -> Handled | None:
    """Puts what a correction says in the place of the last report; None where it is none.

    Raises:
        AskAgain: it cannot be; the last report stands then.
    """
    event_id = own.desk.talk.as_of(own.incoming.at).noted
    rather = _RATHER.fullmatch(folded.strip())
    better = rather["better"] if rather else corrected(folded)
    if not event_id or not better:
        return None
    for found in own.standings:
        report = hear_on(own, found, better)
        number = counts(better)
        if report.rest > MOST_REST or not (report or report.said.day or number):
            continue
        undone = deeds.undo_event(
            own.desk.db,
            own.incoming.channel_id,
            event_id,
            own.incoming.at,
            [found.account.enrolment.id],
        )
        if not undone:
            continue
        if len(undone) > 1 and len(report.things) != len(undone):
            raise AskAgain(f"剛才記了{len(undone)}項。請先輸入「復原」，再把完成的重新告訴我一次。")
        if report.things:
            new = deeds_of(own, Heard(found.edition, found.track, report, found))
            if report.said.day is None:
                new = [replace(r, on=undone[0].on, term=r.term and undone[0].term) for r in new]
        else:
            new = [
                _changed(d, report.said.day, number[0].number if number else d.count)
                for d in undone
            ]
        own.changed()
        now = own.by_id(found.account.enrolment.id) or found
        return record(own, now, _order(now, new), "已更正。")
    return None


def _order(found: TrackStanding, reports: list[Report]) -> Order:
    return replace(order_of(found), reports=tuple(reports))


def _changed(deed: Deed, day: date | None, count: Decimal) -> Report:
    return Report(
        requirement=deed.requirement,
        part=deed.part,
        on=day or deed.on,
        count=count,
        term="" if day else deed.term,
        marks=deed.marks,
    )
