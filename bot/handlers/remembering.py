"""What people told of themselves, kept between talks in one-to-one chats, and brought back.

While a chat is handled it stands in the talk; between messages only in its own table, from which
a person can have it erased.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.handlers.desk import Desk, Handled
from bot.handlers.told_facts import FACT, eligibility_of, kept, unsure
from bot.messages import Answer, Button, Incoming
from bot.model.entries import Eligibility
from bot.model.talk import Talk
from bot.rules.verdict import decide
from bot.store import enrolments, interviews
from bot.store.interviews import Told
from bot.understand.reader import Reader
from bot.understand.said_facts import hear_facts
from bot.understand.short_replies import corrected

RESUME = "繼續檢查資格"
OFFERED_FOR = timedelta(hours=12)  # after the last answer; the words themselves work for ever
LONGEST_CORRECTION = 60  # characters

Handle = Callable[[Incoming, Desk], Handled]


def with_memory(incoming: Incoming, desk: Desk, handle: Handle) -> Handled:
    """What is handled with what the person told before, and what they tell now, to be kept."""
    user_id = incoming.user_id
    if incoming.in_group or not user_id:
        return replace(handle(incoming, desk), told=())
    before = told_before(incoming, desk)
    talk = _recalled(incoming, desk, before)
    handled = handle(incoming, desk if talk is desk.talk else replace(desk, talk=talk))
    told = _told_anew(incoming, talk, handled)
    answer = handled.answer
    if answer.parts and before:
        answer = _with_way_back(incoming, desk, handled, _newest(before, told))
    return Handled(answer=answer, talk=_without_facts(handled.talk), told=told)


def told_before(incoming: Incoming, desk: Desk) -> Sequence[Told]:
    """All that the writer told before, the newest first."""
    told = desk.at_hand.told
    if told is None:
        return interviews.all_of(desk.db, incoming.channel_id, incoming.user_id or "")
    return told


def _recalled(incoming: Incoming, desk: Desk, before: Sequence[Told]) -> Talk:
    """The talk with everything that was told; where a correction is of an eligibility that the
    talk has left, it is about that again.
    """
    talk = _of_followed(incoming, desk, desk.talk.as_of(incoming.at))
    if not before:
        return _without_facts(talk)
    facts = {f"{t.entry}:{fact}": value for t in before for fact, value in t.facts.items()}
    talk = replace(talk, at=talk.at or incoming.at, facts=facts)
    text = incoming.text[:LONGEST_CORRECTION]
    better = corrected(desk.reader.fold(text)) if text else ""
    if not better or eligibility_of(desk.reader, talk.entry)[1]:
        return talk
    edition, entry = eligibility_of(desk.reader, before[0].entry)
    if edition is None or entry is None or not _speaks_of(desk.reader, entry, better):
        return talk
    return replace(
        talk,
        plan=edition.plan,
        entry=before[0].entry,
        text=entry.title,
        expects="",
        pending="",
        offered=(),
    )


def _without_facts(talk: Talk) -> Talk:
    return replace(talk, facts={}) if talk.facts else talk


def _of_followed(incoming: Incoming, desk: Desk, talk: Talk) -> Talk:
    """The talk; a new one of somebody who follows tracks of one plan only is about that plan."""
    if talk.plan or talk.offered or not desk.at_hand.has_joined:
        return talk
    followed = enrolments.of_person(desk.db, incoming.channel_id, incoming.user_id or "")
    plans = {enrolment.plan for enrolment in followed} & set(desk.reader.plans)
    return replace(talk, at=incoming.at, plan=plans.pop()) if len(plans) == 1 else talk


def _speaks_of(reader: Reader, entry: Eligibility, folded: str) -> bool:
    """Whether a correction says a fact of this eligibility, if only a number with its unit."""
    bare = [replace(fact, yes=()) for fact in entry.facts if fact.unit]
    return bool(hear_facts((*entry.facts, *bare), folded, reader.word).known)


def _told_anew(incoming: Incoming, before: Talk, handled: Handled) -> Sequence[Told]:
    """What is to be kept: what the handler says, and the facts that the talk has otherwise now."""
    after = handled.talk.facts
    changed = {key.rpartition(":")[0] for key, _ in before.facts.items() ^ after.items()}
    told = {one.entry: one for one in handled.told}
    for key in changed:
        head = f"{key}:"
        facts = {k.removeprefix(head): v for k, v in after.items() if k.startswith(head)}
        told[key] = Told(key, facts, incoming.at)
    return [told[key] for key in sorted(told)]


def _newest(before: Sequence[Told], told: Sequence[Told]) -> Told:
    """What was told last, before or just now; at least one is given."""
    again = {one.entry for one in told}
    still = (one for one in before if one.entry not in again)
    return max((*told, *still), key=lambda one: one.changed_at)


def _with_way_back(incoming: Incoming, desk: Desk, handled: Handled, newest: Told) -> Answer:
    """The answer with the way back to an interview that was left; as it is where there is none."""
    answer, talk = handled.answer, handled.talk
    if talk.entry == newest.entry or talk.expects.startswith(FACT):
        return answer
    if incoming.at - newest.changed_at > OFFERED_FOR or not is_open(desk.reader, newest):
        return answer
    return replace(answer, quick=(*answer.quick, Button(RESUME, say=RESUME)))


def is_open(reader: Reader, told: Told) -> bool:
    """Whether there is still something to ask of what was begun."""
    edition, entry = eligibility_of(reader, told.entry)
    if edition is None or entry is None:
        return False
    facts = {f"{told.entry}:{fact}": value for fact, value in told.facts.items()}
    known, not_sure = kept(facts, edition, entry), unsure(facts, edition, entry)
    return bool(decide(entry.rule, known, not_sure).ask)
