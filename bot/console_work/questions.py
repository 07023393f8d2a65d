"""What staff do about questions in the console: answer, pass on, set aside, make a case of them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot import staff_work
from bot.catalog.cases import case_of_kept, case_of_question, cases_yaml
from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.handlers.passing_on import LONGEST_CONTEXT
from bot.shown_questions import said_lines
from bot.staff_work import Keeping, Member, Reply
from bot.store import events, question_work, questions, referrals, staff_entries
from bot.store.own_questions import OwnQuestion
from bot.store.referrals import Passed
from bot.store.staff_entries import NewEntry
from bot.understand.mask import mask

MOST_AT_ONCE = 20
GONE = "找不到這一題，可能提問的人已經收回。沒有更動。"
TOO_LATE = "這一題已經有人回答了，沒有再送一次。"
NOBODY = "這一題是在群組裡問的，沒有可以回覆的人：可以留作常用答案，或標為看過了。"


def answer(doer: Doer, event_ids: Sequence[str], reply: Reply) -> int:
    """Answer these questions alike; gives how many. What is kept is kept of the first one.

    Their askers read it with what they write next, as with every answer of staff's.

    Raises:
        AskAgain: the first one is gone, nobody's, or answered already; nothing was changed.
    """
    with doer.engine.begin() as db:
        found = {q.webhook_event_id: q for q in _own(db, doer, event_ids)}
        first = found.get(event_ids[0])
        if first is None:
            raise AskAgain(NOBODY if questions.find(db, *_key(doer, event_ids[0])) else GONE)
        if _answer_one(db, doer, first, reply) is None:
            raise AskAgain(TOO_LATE)
        others = [found[i] for i in event_ids[1:] if i in found]
        also = [q for q in others if _answer_one(db, doer, q, replace(reply, keeping=None))]
        ids = [q.webhook_event_id for q in (first, *also)]
        question_work.see_to(db, doer.channel_id, ids, doer.real_now)
        kept = {"留作常用答案": "是"} if reply.keeping else {}
        doer.note(db, "question.answer", first.webhook_event_id, {"題數": len(ids), **kept})
    return len(ids)


def pass_on(doer: Doer, event_id: str) -> None:
    """Put a question among those that wait for an answer of staff.

    Raises:
        AskAgain: it is gone, or nobody's.
    """
    with doer.engine.begin() as db:
        question = next(iter(_own(db, doer, [event_id])), None)
        if question is None:
            raise AskAgain(NOBODY if questions.find(db, *_key(doer, event_id)) else GONE)
        _, is_new = _referral_of(db, doer, question)
        if is_new:
            doer.note(db, "question.pass_on", event_id, {"狀態": "待回答"})


def set_aside(doer: Doer, event_ids: Sequence[str]) -> int:
    """Note that these need nothing more; gives how many nobody had seen to."""
    with doer.engine.begin() as db:
        seen = question_work.see_to(db, doer.channel_id, list(event_ids), doer.real_now)
        if seen:
            doer.note(db, "question.aside", seen[0], {"題數": len(seen)})
    return len(seen)


def close(doer: Doer, event_id: str) -> bool:
    """Put aside a question that was passed on, without an answer; False where it is not open."""
    with doer.engine.begin() as db:
        passed = referrals.find_of(db, doer.channel_id, event_id)
        done = passed and referrals.close(db, passed, doer.account_id, doer.now)
        if done:
            doer.note(db, "question.close", event_id, {"狀態": "已擱置"})
    return bool(done)


def case_file(db: Connection, channel_id: str, event_id: str) -> str:
    """The question as a case for tests, in YAML; empty where it is gone.

    An answer of staff's that was kept comes with it; else the words that an answer must have are
    those that staff answered, or left to be filled in.
    """
    passed = referrals.find_of(db, channel_id, event_id)
    kept = staff_entries.kept_from(db, channel_id, passed.id) if passed else None
    if passed and kept:
        case = case_of_kept(kept, passed.asked_at, passed.text, passed.before)
        return cases_yaml([case])
    question = questions.find(db, channel_id, event_id)
    if question is None:
        return ""
    expected = passed.answer if passed and passed.answer else ""
    return case_of_question(event_id, question.asked_at, question.text, expected)


def add_entry(doer: Doer, text: str, keeping: Keeping) -> None:
    """Keep an answer of staff's that nobody asked for yet; it is said from the next event on."""
    new = NewEntry(
        channel_id=doer.channel_id,
        plan=keeping.plan,
        edition=keeping.edition,
        title=mask(keeping.title),
        says=tuple(dict.fromkeys(map(mask, (keeping.title, *keeping.says)))),
        text=mask(text),
        source=mask(keeping.source),
        author=doer.account_id,
        expires_on=keeping.expires_on,
    )
    with doer.engine.begin() as db:
        kept = staff_entries.put(db, new, doer.now)
        doer.note(db, "entry.add", kept.id, {"有效到": kept.expires_on.isoformat()})


def withdraw_entry(doer: Doer, entry_id: str) -> bool:
    """Say an answer of staff's no longer; False where it is not said any more already."""
    with doer.engine.begin() as db:
        kept = staff_entries.find_many(db, doer.channel_id, [entry_id]).get(entry_id)
        done = staff_entries.withdraw(db, doer.channel_id, entry_id, doer.now)
        if kept and done:
            before = {"有效到": kept.expires_on.isoformat()}
            doer.note(db, "entry.withdraw", entry_id, {"狀態": "已收回"}, before)
    return done


def _answer_one(db: Connection, doer: Doer, question: OwnQuestion, reply: Reply) -> Passed | None:
    passed, _ = _referral_of(db, doer, question)
    member = Member(channel_id=doer.channel_id, user_id=doer.account_id)
    return staff_work.answer_in(db, member, passed, reply, doer.now)


def _referral_of(db: Connection, doer: Doer, question: OwnQuestion) -> tuple[Passed, bool]:
    said = events.find_answer(db, question.channel_id, question.webhook_event_id)
    words = mask("\n".join(said_lines(said)))[:LONGEST_CONTEXT] if said else ""
    return referrals.pass_on(db, question, "", words, doer.now)


def _own(db: Connection, doer: Doer, event_ids: Sequence[str]) -> list[OwnQuestion]:
    return question_work.find_many(db, doer.channel_id, list(event_ids)[:MOST_AT_ONCE])


def _key(doer: Doer, event_id: str) -> tuple[str, str]:
    return doer.channel_id, event_id
