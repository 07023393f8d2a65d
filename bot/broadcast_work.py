"""What staff do with broadcasts: the same in the console and in the chat.

Each deed is whole in the transaction of its caller: the broadcast's row is locked, what may not be
is said with AskAgain and changes nothing, what was done is noted. Which way there is from one state
to another stands in `bot.model.broadcasts.MOVES`; the worker's part is in `bot.broadcasts.running`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.answers.audience_words import audience_words
from bot.answers.broadcast_lines import answer_of, named, state_words
from bot.broadcasts.recipients import Sources, choose
from bot.clock import minute_words
from bot.errors import AskAgain
from bot.model.audience import Audience
from bot.model.broadcasts import (
    APPROVAL_ABOVE,
    BEFORE_START,
    STATE_WORDS,
    Broadcast,
    BroadcastState,
    CardPiece,
    Clerk,
    Draft,
    Piece,
    TextPiece,
    may_move,
)
from bot.model.pictures import Upload
from bot.model.reminders import QUIET, NoticeKind
from bot.reminders.decide import after_quiet
from bot.store import audiences, audit, broadcasts, channel_settings, outbox, pictures
from bot.store.audit import AuditNote
from bot.store.outbox import Notice
from bot.understand.mask import holds_secret, mask
from bot.understand.reader import Reader

_S = BroadcastState
# (db, channel_id, at, actor, what, subject, before, after): keeps who did what.
Noting = Callable[..., None]
TEST_OF_USE = timedelta(hours=1)
LATEST = timedelta(days=366)
GONE = "找不到這則公告，可能已經被刪除。"
SAYS = "內容"  # of the audit
CHANGED = "這則公告後來又改過了，請看最新的預覽再決定。"
SECRET = "公告裡有身分證字號或密碼，請拿掉再送；這些內容沒有保存。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Where one deed is done: by whom, when, in which transaction."""

    db: Connection
    clerk: Clerk
    now: datetime  # of the clock that people live by
    reader: Reader
    sources: Sources
    note: Noting


def note_nothing(*_: object) -> None:
    """For where no record of deeds is kept."""


def note_in_audit(db: Connection, channel_id: str, at: datetime, *said: str) -> None:
    """Keep a deed in the audit: by whom, what, which thing, how it was before and after."""
    actor, what, subject, before, after = said
    noted = AuditNote(
        channel_id=channel_id,
        at=at,
        actor=actor,
        what=what,
        subject=subject,
        before={SAYS: before} if before else {},
        after={SAYS: after} if after else {},
    )
    audit.note(db, noted)


def compose(shift: Shift, draft: Draft) -> Broadcast:
    """Keep a new draft."""
    _check(draft)
    made = broadcasts.make(shift.db, shift.clerk, draft, shift.now)
    found = _held(shift, made)
    _note(shift, "broadcast.compose", found.id, "", _said(shift, draft))
    return found


def edit(shift: Shift, broadcast_id: str, draft: Draft) -> Broadcast:
    """Change what is said, to whom, or when, until it starts; an approval holds no longer."""
    _check(draft)
    found = _held(shift, broadcast_id)
    if found.state not in BEFORE_START:
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不能再修改。")
    values = {
        "state": _S.DRAFT,
        "revision": found.revision + 1,
        "changed_by": shift.clerk.id,
        "approved_by": "",
        **broadcasts.draft_values(draft),
    }
    broadcasts.change(shift.db, found, **values)
    _note(shift, "broadcast.edit", found.id, _said(shift, found.draft), _said(shift, draft))
    return _held(shift, broadcast_id)


def hand_in(shift: Shift, broadcast_id: str, revision: int) -> Broadcast:
    """Let it go out when its time comes; to many people, only after a second person's approval.

    Args:
        revision: what the clerk has seen.
    """
    found = _held(shift, broadcast_id, revision)
    if found.state is not _S.DRAFT:
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不用再送出一次。")
    starts_at = _start_of(found, shift.now)
    audience = found.draft.audience
    reach = len(
        choose(shift.db, shift.clerk.channel_id, audience, shift.sources, shift.now).user_ids
    )
    if reach == 0:
        raise AskAgain("這個對象目前一個人也沒有，沒有送出。請換一個對象。")
    to = _S.APPROVAL if reach > approval_above(shift.db, shift.clerk.channel_id) else _S.SCHEDULED
    return _move(shift, found, to, reach=reach, starts_at=starts_at)


def approve(shift: Shift, broadcast_id: str, revision: int) -> Broadcast:
    """Approve what a colleague wrote; nobody approves their own."""
    found = _held(shift, broadcast_id, revision)
    if found.state is not _S.APPROVAL:
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不用核可。")
    if shift.clerk.is_one_of(found.author, found.changed_by):
        raise AskAgain("自己寫的公告要請另一位承辦人員核可。")
    starts_at = max(found.draft.starts_at or shift.now, shift.now)
    return _move(shift, found, _S.SCHEDULED, approved_by=shift.clerk.id, starts_at=starts_at)


def send_back(shift: Shift, broadcast_id: str, why: str) -> Broadcast:
    """Do not approve; its author finds it as a draft."""
    found = _held(shift, broadcast_id)
    if found.state is not _S.APPROVAL:
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不是等待核可。")
    return _move(shift, found, _S.DRAFT, why=mask(why))


def pause(shift: Shift, broadcast_id: str) -> Broadcast:
    """Hold back what is not on its way yet."""
    return _move(shift, _held(shift, broadcast_id), _S.PAUSED)


def resume(shift: Shift, broadcast_id: str) -> Broadcast:
    """Let go what was held back."""
    found = _held(shift, broadcast_id)
    if found.state is not _S.PAUSED:
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不用繼續。")
    return _move(shift, found, _S.RUNNING)


def cancel(shift: Shift, broadcast_id: str) -> Broadcast:
    """Send nothing more of it; what is on its way already arrives."""
    found = _held(shift, broadcast_id)
    ended: dict[str, Any] = {} if found.began_at else {"ended_at": shift.now}
    return _move(shift, found, _S.CANCELLED, **ended)


def send_to_oneself(shift: Shift, broadcast_id: str, user_id: str) -> None:
    """Send it to the clerk alone, as its people will see it; its buttons count nothing.

    Args:
        user_id: under which the clerk is known in LINE.
    """
    found = _held(shift, broadcast_id)
    notice = Notice(
        channel_id=shift.clerk.channel_id,
        user_id=user_id,
        key=f"broadcast-test:{found.id}:{shift.now.isoformat()}:{user_id}",
        answer=answer_of(found.id, found.draft.pieces),
        made_at=shift.now,
        not_before=shift.now,
        expires_at=shift.now + TEST_OF_USE,
        kind=NoticeKind.ANSWER,
    )
    outbox.put(shift.db, notice)
    _note(shift, "broadcast.test", found.id, "", "")


def save_audience(shift: Shift, name: str, audience: Audience) -> None:
    """Keep an audience under a name; what had that name is replaced."""
    wanted = " ".join(mask(name).split())
    if not 0 < len(wanted) <= 40:
        raise AskAgain("名稱要在 1 到 40 個字之間。")
    audiences.save(shift.db, shift.clerk, wanted, audience, shift.now)
    _note(shift, "audience.save", wanted, "", audience_words(audience, shift.reader))


def drop_audience(shift: Shift, audience_id: str) -> None:
    """Keep a saved audience no longer."""
    if not audiences.drop(shift.db, shift.clerk.channel_id, audience_id):
        raise AskAgain("這個存好的對象已經不在了。")
    _note(shift, "audience.drop", audience_id, "", "")


def keep_picture(shift: Shift, content: bytes) -> str:
    """Keep an uploaded picture; gives the path of its address, to be set behind our own.

    Raises:
        AskAgain: it is too large, or neither JPEG nor PNG.
    """
    name = pictures.put(shift.db, shift.clerk.channel_id, Upload.of(content), shift.now)
    _note(shift, "picture.upload", name, "", f"{len(content)} bytes")
    return f"/pictures/{name}"


def approval_above(db: Connection, channel_id: str) -> int:
    """Above how many people a second person must approve."""
    name = channel_settings.APPROVAL_ABOVE
    return channel_settings.number(db, channel_id, name, APPROVAL_ABOVE)


def set_approval_above(shift: Shift, people: int) -> None:
    """Set above how many people a second person must approve; 0: always."""
    if people < 0:
        raise AskAgain("人數要是 0 以上的整數。")
    before = approval_above(shift.db, shift.clerk.channel_id)
    name = channel_settings.APPROVAL_ABOVE
    channel_settings.put_number(shift.db, shift.clerk.channel_id, name, people)
    _note(shift, "broadcast.approval_size", name, str(before), str(people))


def quiet_until(at: datetime) -> datetime | None:
    """When the quiet hours end in which this instant falls; None: it falls in none.

    Staff are warned, not hindered.
    """
    after = after_quiet(at, QUIET)
    return None if after <= at else after


def _start_of(found: Broadcast, now: datetime) -> datetime:
    starts_at = found.draft.starts_at
    if starts_at is not None and starts_at < now - TEST_OF_USE:
        raise AskAgain(f"預定的時間{minute_words(starts_at)}已經過了，請改一個時間。")
    if starts_at is not None and starts_at > now + LATEST:
        raise AskAgain("預定的時間太遠了，請改在一年以內。")
    return starts_at or now


def _held(shift: Shift, broadcast_id: str, revision: int | None = None) -> Broadcast:
    found = broadcasts.hold(shift.db, shift.clerk.channel_id, broadcast_id)
    if found is None:
        raise AskAgain(GONE)
    if revision is not None and found.revision != revision:
        raise AskAgain(CHANGED)
    return found


def _move(
    shift: Shift, found: Broadcast, to: BroadcastState, why: str = "", **values: Any
) -> Broadcast:
    if not may_move(found.state, to):
        raise AskAgain(f"這則公告{STATE_WORDS[found.state]}，不能改成「{STATE_WORDS[to]}」。")
    broadcasts.change(shift.db, found, state=to, **values)
    moved = _held(shift, found.id)
    after = f"{state_words(moved)}　{why}".rstrip()
    _note(shift, f"broadcast.{to.value}", found.id, state_words(found), after)
    return moved


def _check(draft: Draft) -> None:
    for words in _all_words(draft.pieces):
        if holds_secret(mask(words)):
            raise AskAgain(SECRET)


def _all_words(pieces: Sequence[Piece]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, CardPiece):
            found += [piece.title, piece.lead, piece.state, *piece.facts]
            found += [key.label for key in piece.buttons]
        else:
            found.append(piece.text if isinstance(piece, TextPiece) else piece.words)
    return found


def _said(shift: Shift, draft: Draft) -> str:
    return f"{named(draft.pieces)}｜{audience_words(draft.audience, shift.reader)}"


def _note(shift: Shift, what: str, subject: str, before: str, after: str) -> None:
    channel_id = shift.clerk.channel_id
    shift.note(shift.db, channel_id, shift.now, shift.clerk.name, what, subject, before, after)
