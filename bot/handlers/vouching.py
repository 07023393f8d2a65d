"""Confirming what a teacher reported: the teacher shows a code, staff enter it and confirm.

No names are kept, so staff find the record by what its owner shows them. The code says nothing to
anybody else: only staff may look up what stands behind it.
"""

import re

from bot.answers.quoting import shortened
from bot.clock import day_words
from bot.handlers.desk import Desk, Handled
from bot.ledger import account_of, standings_of
from bot.messages import Answer, Button, Card, Incoming, Kind, Outcome, Text, Tone
from bot.model.deeds import Deed, Enrolment, Vouched
from bot.rules.progress import TrackStanding
from bot.store import deeds, enrolments, people
from bot.store.people import Role

CODE, VOUCH, UNVOUCH = "code", "vouch", "unvouch"  # what a button brings back: =<enrolment id>
WORDS = "確認進度"
LENGTH = 8  # signs of the enrolment's own id
LISTED = 12
_SAID = re.compile(rf"{WORDS}(?P<code>.*)", re.DOTALL)
_SEPARATORS = re.compile(r"[^0-9a-f]+")
GONE = "找不到這筆進度，可能已經退出。請老師在「我的進度」再按一次「請承辦確認」。"
HOW = f"請寫「{WORDS}」再加上老師給您的8碼代碼，例如「{WORDS} 1A2B-3C4D」。"


def code_of(enrolment: Enrolment) -> str:
    """The code that its owner shows: 1A2B-3C4D."""
    signs = enrolment.id[:LENGTH].upper()
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def ask_for_check(incoming: Incoming, desk: Desk, enrolment_id: str) -> Handled:
    """Gives a teacher the code by which staff find what they reported."""
    mine = _own(incoming, desk, enrolment_id)
    if mine is None:
        return _said(desk, Text(GONE))
    card = Card(
        title="請承辦確認",
        lead=f"您的代碼：{code_of(mine)}",
        facts=(
            "請把代碼和研習證明拿給承辦人員看；承辦人員在師鐘輸入後，就能確認您回報的項目。",
            "代碼只有承辦人員能查，裡面沒有您的姓名。",
        ),
    )
    return _said(desk, card)


def for_vouching(incoming: Incoming, desk: Desk) -> Handled | None:
    """What stands behind a code, for staff; None for other words, and for everybody else."""
    said = _SAID.fullmatch(incoming.text.strip()) if incoming.kind is Kind.TEXT else None
    if said is None or not _is_staff(incoming, desk):
        return None
    code = _SEPARATORS.sub("", desk.reader.fold(said["code"]).lower())
    if len(code) != LENGTH:
        return _said(desk, Text(HOW))
    found = enrolments.find_by_start(desk.db, incoming.channel_id, code)
    standing = _standing(desk, found) if found else None
    if standing is None:
        return _said(desk, Text(f"沒有這個代碼。{HOW}"))
    return _said(desk, _card(standing))


def vouch(incoming: Incoming, desk: Desk, enrolment_id: str) -> Handled:
    """Confirms all that was reported there and nobody has confirmed yet."""
    return _mark(incoming, desk, enrolment_id, Vouched.STAFF)


def unvouch(incoming: Incoming, desk: Desk, enrolment_id: str) -> Handled:
    """Takes back every confirmation of staff."""
    return _mark(incoming, desk, enrolment_id, Vouched.SELF)


def _mark(incoming: Incoming, desk: Desk, enrolment_id: str, who: Vouched) -> Handled:
    found = None
    if _is_staff(incoming, desk):
        found = enrolments.find(desk.db, incoming.channel_id, enrolment_id)
    standing = _standing(desk, found) if found else None
    if standing is None:
        return _said(desk, Text(GONE))
    by = (incoming.user_id or "", incoming.at)
    wanted = Vouched.SELF if who is Vouched.STAFF else Vouched.STAFF
    # What a list of the office says is not in anybody's hand here.
    marked = [d for d in standing.account.deeds if d.vouched is wanted and not d.is_imported]
    for deed in marked:
        deeds.vouch(desk.db, incoming.channel_id, deed.id, who, by)
    if not marked:
        said = "沒有需要更動的項目。"
    elif who is Vouched.STAFF:
        said = f"已確認{len(marked)}項，老師在「我的進度」會看到「承辦已確認」。"
    else:
        said = f"已取消{len(marked)}項的確認，改回「自行回報」。"
    undo = (Button("取消確認", data=f"{UNVOUCH}={enrolment_id}"),) if who is Vouched.STAFF else ()
    answer = Answer((Text(said),), quick=undo if marked else (), outcome=Outcome.CHAT)
    return Handled(answer=answer, talk=desk.talk)


def _card(standing: TrackStanding) -> Card:
    account = standing.account
    waiting = [d for d in account.deeds if d.vouched is Vouched.SELF]
    lines = [_line(standing, d) for d in account.deeds[:LISTED]]
    if len(account.deeds) > LISTED:
        lines.append(f"其餘{len(account.deeds) - LISTED}項未列出。")
    label = f"（{shortened(account.enrolment.label)}）" if account.enrolment.label else ""
    button = Button("全部確認", data=f"{VOUCH}={account.enrolment.id}")
    return Card(
        title=standing.edition.about.short,
        lead=f"{standing.track.title}{label}：回報{len(account.deeds)}項，待確認{len(waiting)}項。",
        facts=tuple(lines),
        sources=standing.track.source,
        document=standing.edition.about.title,
        tone=Tone.ASK,
        buttons=(button,) if waiting else (),
    )


def _line(standing: TrackStanding, deed: Deed) -> str:
    item = next((i.item for i in standing.items if i.item.id == deed.requirement), None)
    title = item.title if item else deed.requirement
    parts = {p.id: p.title for p in item.parts} if item else {}
    what = f"{title}：{parts[deed.part]}" if deed.part in parts else title
    many = f"×{deed.count:.0f}" if deed.count != 1 else ""
    state = "自行回報" if deed.vouched is Vouched.SELF else "已確認"
    return f"{what}{many}（{day_words(deed.on)}，{state}）"


def _standing(desk: Desk, enrolment: Enrolment) -> TrackStanding | None:
    account = account_of(desk.db, enrolment)
    return next(iter(standings_of([account], desk.reader.edition)), None)


def _own(incoming: Incoming, desk: Desk, enrolment_id: str) -> Enrolment | None:
    if incoming.in_group or incoming.user_id is None:
        return None
    mine = enrolments.of_person(desk.db, incoming.channel_id, incoming.user_id)
    return next((e for e in mine if e.id == enrolment_id), None)


def _is_staff(incoming: Incoming, desk: Desk) -> bool:
    if incoming.in_group:
        return False
    return people.role_of(desk.db, incoming.channel_id, incoming.user_id) is Role.STAFF


def _said(desk: Desk, part: Text | Card) -> Handled:
    return Handled(answer=Answer((part,), outcome=Outcome.CHAT), talk=desk.talk)
