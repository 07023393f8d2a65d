"""Sending again or voiding messages that are stuck: one, or all that are so for one reason."""

from sqlalchemy import ColumnElement, Connection

from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.store import deliveries, referrals
from bot.store.deliveries import Delivery
from bot.store.tables import OutboxState
from bot.understand.mask import mask

MOST_WHY = 100
SENT_AGAIN = "sent again by staff"
GONE = "找不到這則訊息，可能收件人已刪除自己的資料。沒有更動。"
MOVED = "這則訊息的狀態剛剛變了，沒有更動：請重新整理後再看。"
TOO_LATE = "這則訊息已經過了有用的時間，重送也不會送出。要從清單移除，請作廢。"
TOLD = "這個答覆已經告訴提問的人了，沒有重送。"
NO_REASON = "請填作廢的原因，例如「活動取消」。"


def send_again(doer: Doer, row_id: str) -> None:
    """Send one message once more.

    Raises:
        AskAgain: it is gone, of no more use, told in another way, or in another state by now.
    """
    with doer.engine.begin() as db:
        found = _found(db, doer, row_id)
        if found.expires_at <= doer.now:
            raise AskAgain(TOO_LATE)
        _keep_untold(db, doer, found)
        if not _again(db, doer, deliveries.one(doer.channel_id, row_id)):
            raise AskAgain(MOVED)
        before = {"狀態": found.state.value, "錯誤": found.error or ""}
        doer.note(db, "delivery.again", row_id, {"狀態": OutboxState.WAITING.value}, before)


def void(doer: Doer, row_id: str, why: str) -> None:
    """Never send one message.

    Raises:
        AskAgain: no reason is given, or it is gone, or in another state by now.
    """
    why = _reason(why)
    with doer.engine.begin() as db:
        found = _found(db, doer, row_id)
        which = deliveries.one(doer.channel_id, row_id)
        if not deliveries.void(db, which, doer.real_now, why):
            raise AskAgain(MOVED)
        before = {"狀態": found.state.value, "錯誤": found.error or ""}
        after = {"狀態": OutboxState.VOID.value, "原因": why}
        doer.note(db, "delivery.void", row_id, after, before)


def send_all_again(doer: Doer, state: OutboxState, error: str) -> int:
    """Send all once more that are in this state for this reason; gives how many.

    What is of no more use stays as it is. Answers of staff are left out: some of them may have been
    told in the chat meanwhile, each is looked at by itself.
    """
    with doer.engine.begin() as db:
        which = deliveries.of_reason(doer.channel_id, state, error) & ~deliveries.is_answer()
        count = len(_again(db, doer, which))
        if count:
            doer.note(
                db, "delivery.again_all", error or state.value, {"則數": count}, {"狀態": state}
            )
    return count


def void_all(doer: Doer, state: OutboxState, error: str, why: str) -> int:
    """Never send all that are in this state for this reason; gives how many.

    Raises:
        AskAgain: no reason is given.
    """
    why = _reason(why)
    with doer.engine.begin() as db:
        which = deliveries.of_reason(doer.channel_id, state, error)
        count = len(deliveries.void(db, which, doer.real_now, why))
        if count:
            after = {"則數": count, "原因": why}
            doer.note(db, "delivery.void_all", error or state.value, after, {"狀態": state.value})
    return count


def _again(db: Connection, doer: Doer, which: ColumnElement[bool]) -> list[str]:
    return deliveries.send_again(db, which, doer.real_now, doer.now, SENT_AGAIN)


def _found(db: Connection, doer: Doer, row_id: str) -> Delivery:
    found = deliveries.find(db, doer.channel_id, row_id)
    if found is None:
        raise AskAgain(GONE)
    return found


def _keep_untold(db: Connection, doer: Doer, found: Delivery) -> None:
    referral_id = referrals.id_of(found.key)
    passed = referrals.find(db, doer.channel_id, referral_id) if referral_id else None
    if passed and passed.told_at:
        raise AskAgain(TOLD)


def _reason(why: str) -> str:
    """The reason on one line, without what names a person."""
    plain = mask(" ".join("".join(c if c.isprintable() else " " for c in why).split()))
    if not plain:
        raise AskAgain(NO_REASON)
    return plain[:MOST_WHY]
