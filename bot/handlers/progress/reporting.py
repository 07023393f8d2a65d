"""Reports of what was done, in a sentence or by a button, written down and answered."""

from collections.abc import Sequence
from dataclasses import replace

from bot import ledger
from bot.answers.deed_lines import written_lines
from bot.answers.progress_lines import (
    bars,
    left_lines,
    name_of,
    step_words,
)
from bot.clock import taipei_day
from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.asking import (
    ask_again,
    ask_part,
    ask_term,
    called,
    no_such_thing,
    offer_to_join,
    which_item,
    which_track,
)
from bot.handlers.progress.hearing import Heard, deeds_of, heard
from bot.handlers.progress.orders import (
    UNDO,
    Order,
    dated,
    read,
)
from bot.handlers.progress.own import (
    CHOICE,
    IN_GROUP,
    LABEL,
    NOT_THERE,
    Own,
    office_of,
    order_of,
    show_button,
)
from bot.handlers.progress.showing import buttons_of
from bot.ledger import Written
from bot.messages import Answer, Button, Card, Incoming, Outcome, Tone
from bot.rules.next_steps import Step, StepKind, next_steps
from bot.rules.progress import TrackStanding
from bot.understand.statements import Act, act_of, counts

NOT_WRITTEN = "好的，沒有記。"


def report(own: Own, folded: str) -> Handled | None:
    """Writes down what a sentence reports; None where it reports nothing that is followed."""
    if act_of(folded) is not Act.DONE:
        return None
    fitting = heard(own, folded)
    if not fitting:
        return _not_counted(own, folded) if own.standings else None
    if fitting[0].found is None and _is_asked_something_else(own):
        return None
    orders = [_order(own, one) for one in fitting]
    if len(fitting) > 1:
        return which_track(own, fitting, orders)
    (one,), (order,) = fitting, orders
    if one.report.doubtful:
        return which_item(own, one)
    if one.found is None:
        return offer_to_join(own, one, order)
    return record(own, one.found, order)


def _not_counted(own: Own, folded: str) -> Handled | None:
    """What to say of a report that fits nothing that is counted; None where it may be a question.

    Raises:
        AskAgain: it says a number that there is not, or a thing that their tracks have not.
    """
    wrong = next((c for c in counts(folded) if c.number <= 0), None)
    if wrong:
        raise AskAgain(ledger.no_such_number(wrong.number))
    for found in own.standings:
        for item in (i.item for i in found.items if not i.is_counted):
            words = [own.desk.reader.word(w) for w in (item.title, *item.words)]
            if any(w in folded for w in words):
                return own.text(f"「{item.title}」不計入進度，沒有記。{item.text}", show_button())
    return no_such_thing(own, folded)


def did_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Writes down what a button says was done."""
    own, order = Own(incoming, desk), read(value)
    if incoming.in_group:
        return own.text(IN_GROUP)
    if not value:
        return own.text(NOT_WRITTEN, show_button())
    found = own.standing_of(order) if order else None
    if order is None or found is None or not order.reports:
        return own.text(NOT_THERE)
    return record(own, found, order)


def record(own: Own, found: TrackStanding, order: Order, before: str = "") -> Handled:
    """Writes down the reports of an order, asking first what must be known.

    Raises:
        AskAgain: one of them cannot be; none is written then.
    """
    today = taipei_day(own.incoming.at)
    items = {i.item.id: i.item for i in found.items}
    reports = [
        ledger.with_term(found.edition, items[r.requirement], r) if r.requirement in items else r
        for r in dated(order.reports, today)
    ]
    order = replace(order_of(found), reports=tuple(reports), is_sure=order.is_sure)
    asked = ask_part(own, found, order, items)
    if asked:
        return asked
    ledger.check(found, reports, today)
    asked = ask_term(own, found, order, items) or ask_again(own, found, order, items)
    if asked:
        return asked
    by = (own.incoming.event_id, own.incoming.at)
    written = ledger.write_down(own.desk.db, own.incoming.channel_id, found, reports, by)
    own.changed()
    after = own.by_id(found.account.enrolment.id) or found
    return _noted(own, after, written, before)


def _noted(own: Own, found: TrackStanding, written: Written, before: str) -> Handled:
    """What was written down, how it counts, and what is left."""
    items = {i.item.id: i.item for i in found.items}
    touched = {d.requirement for d in written.new}
    touched |= {a for i in found.items if i.item.id in touched for a in i.item.also}
    shown = [i for i in found.items if i.item.id in touched]
    known = [f"{called(items, r)}先前已經記過了，沒有重複計算" for r in written.known]
    steps = next_steps(found, own.incoming.at)[:1]
    office = office_of(found.edition)
    facts = [
        *written_lines(found, written.new),
        *known,
        *_early(found, touched),
        *left_lines(found, touched),
        *(f"下一步：{step_words(s, own.incoming.at, office)}" for s in steps),
        *([f"全部完成了！{found.track.waits}"] if found.is_complete else []),
    ]
    count = len(written.new)
    lead = f"已記下{count}項：{name_of(found)}" if count else "這些先前已經記過了，沒有重複計算。"
    card = Card(
        title=f"{found.edition.about.short}｜進度",
        lead=f"{before}{lead}",
        bars=bars(replace(found, items=tuple(shown))),
        facts=tuple(dict.fromkeys(f for f in facts if f)),
        tone=Tone.ANSWER,
        buttons=(*_undo(own, count), *_tells(found, steps), show_button()),
    )
    answer = Answer((card,), outcome=Outcome.CHAT)
    if not count:
        return own.said(answer)
    return own.said(answer, noted=own.incoming.event_id)


def _tells(found: TrackStanding, steps: Sequence[Step]) -> tuple[Button, ...]:
    """What to press where the next step asks whether somebody was there."""
    asked = [s for s in steps if s.kind is StepKind.TELL]
    return tuple(b for s in asked for b in buttons_of(order_of(found), s))


def _is_asked_something_else(own: Own) -> bool:
    """Whether the bot waits for a reply that is no matter of progress: a fact of an eligibility."""
    expects = own.desk.talk.as_of(own.incoming.at).expects
    return bool(expects) and not expects.startswith((CHOICE, LABEL))


def _undo(own: Own, count: int) -> tuple[Button, ...]:
    return (Button("復原", data=f"{UNDO}={own.incoming.event_id}"),) if count else ()


def _early(found: TrackStanding, touched: set[str]) -> list[str]:
    """A word on what was reported before that which must come first."""
    open_ones = {i.item.id: i.item.title for i in found.counted if not i.is_complete}
    return [
        f"提醒：依計畫，{i.item.title}要在{'、'.join(first)}完成之後"
        for i in found.items
        if i.item.id in touched
        and (first := [open_ones[a] for a in i.item.after if a in open_ones])
    ]


def _order(own: Own, one: Heard) -> Order:
    order = order_of(one.found) if one.found else Order(one.edition.key, one.track.id)
    return replace(order, reports=tuple(deeds_of(own, one)))
