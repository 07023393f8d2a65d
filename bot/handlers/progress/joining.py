"""Joining a track and leaving it; a return finds all that was done."""

import re
from dataclasses import replace

from bot import ledger
from bot.answers.progress_lines import name_of
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress import reporting
from bot.handlers.progress.naming import names_a_track, tracks_meant
from bot.handlers.progress.orders import ANY_PLAN, JOIN, LEAVE, Order, data_of, label_of, read
from bot.handlers.progress.own import (
    IN_GROUP,
    LABEL,
    MY_PROGRESS,
    NOT_THERE,
    Own,
    order_of,
    show_button,
)
from bot.handlers.progress.showing import offer_tracks, progress_answer
from bot.messages import Incoming, Text
from bot.model.deeds import Enrolment
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Subject
from bot.rules.changes import snapshot
from bot.rules.progress import TrackStanding, open_items
from bot.store import enrolments
from bot.understand.small_talk import bare

_JOIN = re.compile(
    r"我?(?:想|要|想要)?(?:開始)?(?:加入|追蹤|參加)(?:我的)?(?P<what>.{0,24}?)(?:的)?(?P<progress>進度|追蹤)?"
)
_LEAVE = re.compile(
    r"我?(?:想|要|想要)?(?:退出|取消追蹤|停止追蹤|不追蹤|不再追蹤|離開)(?:我的)?(?P<what>.{0,24}?)(?:的)?(?:進度|追蹤)?了?"
)
_BARE_JOIN = frozenset({"加入", "我要加入", "我想加入", "想加入", "要加入"})
_BARE_LEAVE = frozenset({"退出", "我要退出", "我想退出", "想退出"})
_AROUND = re.compile("^(?:那麼?|好|嗯|ok)+(?=我|想|要|加)|(?:看看|試試看?|好了|吧)$")
_OF_WHAT = {Subject.CLASS: "班級（例如5年1班）", Subject.COMMUNITY: "社群（例如國語社群）"}


def is_about_joining(folded: str) -> bool:
    """Whether a message may be about joining or leaving, before anything is looked up."""
    said = bare(folded)
    is_leaving = bool(_LEAVE.fullmatch(said) and re.search("進度|追蹤", said))
    return is_leaving or _wants_to_join(_plainly(folded))


def join_by_words(own: Own, folded: str) -> Handled | None:
    """Joins the track that a message names; None for all else."""
    said = _plainly(folded)
    if not _wants_to_join(said):
        return None
    found = _JOIN.fullmatch(said)
    what = found["what"] if found else ""
    fitting = tracks_meant(own, folded, what)
    is_bare = said in _BARE_JOIN
    is_sure = "追蹤" in said or is_bare or (fitting and names_a_track(own, fitting, what))
    if found and not found["progress"] and not is_sure:
        return None
    if not fitting:
        fitting = own.tracks()
    if len(fitting) == 1:
        edition, track = fitting[0]
        known = own.desk.reader.hear(edition, folded).known
        facets = {f: known[f] for f in track.asks if f in known}
        return join(own, Order(edition.key, track.id, facets=facets))
    return which_track(own, fitting, "要加入哪一項的進度？")


def which_track(own: Own, tracks: list[tuple[Edition, Track]], lead: str) -> Handled:
    """Asks which track is to be joined."""
    if not tracks:
        return own.text("目前收錄的計畫沒有可以追蹤的進度。")
    return offer_tracks(own, tracks, lead)


def join_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Does what a button for joining says."""
    own, order = Own(incoming, desk), read(value)
    if incoming.in_group:
        return own.text(IN_GROUP)
    return join(own, order) if order else own.text(NOT_THERE)


def join(own: Own, order: Order) -> Handled:
    """Joins, asking first for what must be known; reports of the order are written down then."""
    if not order.track:
        return _of_plan(own, order.edition)
    edition = own.desk.reader.edition(order.edition)
    track = ledger.track_of(edition, order.track) if edition else None
    if edition is None or track is None:
        return own.text(NOT_THERE)
    before = own.standing_of(order)
    known = {**(before.account.enrolment.facets if before else {}), **order.facets}
    asked = _ask_facet(own, edition, track, (order, known))
    if asked:
        return asked
    if track.subject in _OF_WHAT and not order.label:
        said = own.text(f"請告訴我是哪一個{_OF_WHAT[track.subject]}，我會用這個名稱分開記。")
        return replace(said, talk=replace(said.talk, expects=LABEL + order.words()))
    found = _written(own, edition, track, order)
    if found is None:
        return own.text(NOT_THERE)
    if order.reports:
        joined = "" if before else f"已加入「{name_of(found)}」。"
        return own.turned_to(reporting.record(own, found, order, joined), edition)
    first = "您先前已經加入了" if before else "已加入"
    words = Text(f"{first}「{name_of(found)}」。{_how(found)}")
    return own.turned_to(progress_answer(own, [found], (words,)), edition)


def _how(found: TrackStanding) -> str:
    """How to report, with something of this very track."""
    item = next((i.item for i in open_items(found)), None)
    title = (item.parts[0].title if item.parts else item.title) if item else ""
    example = f"，例如「{title}完成了」" if title else ""
    return (
        f"完成一項就告訴我{example}，或按下面的按鈕；"
        f"記錯了就輸入「復原」，隨時輸入「{MY_PROGRESS}」看還差什麼。"
    )


def _of_plan(own: Own, key: str) -> Handled:
    """Asks which track of one plan is to be joined, or of which plan."""
    tracks = [(e, t) for e, t in own.tracks() if key in (ANY_PLAN, e.key)]
    return which_track(own, tracks, "要加入哪一項的進度？") if tracks else own.text(NOT_THERE)


def name_told(own: Own, words: str, order_words: str) -> Handled | None:
    """Goes on joining with the name that was asked for."""
    order, label = read(order_words), label_of(words)
    if order is None or not label:
        return None
    return join(own, _labelled(order, label))


def leave_by_words(own: Own, folded: str) -> Handled | None:
    """Asks whether to leave what a message names; None for all else."""
    said = bare(folded)
    found = _LEAVE.fullmatch(said)
    is_own = said in _BARE_LEAVE or re.search("進度|追蹤", said)
    if not found or not is_own or not own.standings:
        return None
    keys = {(e.key, t.id) for e, t in tracks_meant(own, folded, found["what"])}
    fitting = [s for s in own.standings if (s.edition.key, s.track.id) in keys] or own.standings
    if len(fitting) == 1:
        return _confirm(own, fitting[0])
    choice = [(name_of(s), data_of(LEAVE, order_of(s))) for s in fitting]
    return own.ask(MY_PROGRESS, "要退出哪一項？", choice)


def leave_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Leaves what a button names, once that was confirmed."""
    own, order = Own(incoming, desk), read(value)
    if incoming.in_group:
        return own.text(IN_GROUP)
    if not value:
        return own.text("好的，沒有退出。", show_button())
    found = own.standing_of(order) if order else None
    if order is None or found is None:
        return own.text(NOT_THERE)
    if not order.is_sure:
        return _confirm(own, found)
    ledger.leave(own.desk.db, incoming.channel_id, found.account.enrolment, incoming.at)
    own.changed()
    return own.text(
        f"已退出「{name_of(found)}」。之前的紀錄都還留著，再加入就會看到。",
        show_button(),
    )


def _wants_to_join(said: str) -> bool:
    return bool(re.match("我?(?:想|要|想要)?(?:開始)?(?:加入|追蹤|參加我的)", said)) and bool(
        _JOIN.fullmatch(said)
    )


def _ask_facet(
    own: Own, edition: Edition, track: Track, told: tuple[Order, dict[str, str]]
) -> Handled | None:
    """Asks for the first facet that is not known; None where all are."""
    order, known = told
    name = next((f for f in track.asks if f not in known), "")
    facet = edition.facets.get(name)
    if facet is None:
        return None
    choice = [
        (v.title, data_of(JOIN, _with_facet(order, name, value)))
        for value, v in facet.values.items()
    ]
    return own.ask(track.title, facet.ask or f"請選{facet.title}：", choice)


def _written(own: Own, edition: Edition, track: Track, order: Order) -> TrackStanding | None:
    db, channel_id = own.desk.db, own.incoming.channel_id
    wanted = Enrolment(
        id="",
        plan=edition.plan,
        edition=edition.edition,
        track=track.id,
        label=order.label,
        facets=dict(order.facets),
        joined_at=own.incoming.at,
    )
    enrolment = enrolments.join(db, channel_id, own.user_id, wanted)
    version = own.desk.reader.library.version
    enrolments.mark_seen(db, channel_id, enrolment, snapshot(edition, track), version)
    own.changed()
    return own.by_id(enrolment.id)


def _confirm(own: Own, found: TrackStanding) -> Handled:
    choice = [("退出", data_of(LEAVE, order_of(found).sure())), ("先不要", f"{LEAVE}=")]
    return own.ask(MY_PROGRESS, f"確定要退出「{name_of(found)}」嗎？紀錄會留著。", choice)


def _labelled(order: Order, label: str) -> Order:
    return replace(order, label=label)


def _with_facet(order: Order, name: str, value: str) -> Order:
    return replace(order, facets={**order.facets, name: value})


def _plainly(folded: str) -> str:
    """What is said without the words that only soften it: 那我想加入看看 is 我想加入."""
    return _AROUND.sub("", bare(folded))
