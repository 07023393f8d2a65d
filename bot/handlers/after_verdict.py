"""What comes after a verdict: the next date, what one may do with a tap, how many one may have."""

from collections.abc import Mapping
from datetime import datetime

from bot.answers.cards import card_for, next_steps
from bot.answers.date_lines import case_words
from bot.answers.standing import is_over, is_past, standing
from bot.answers.wanted import Wanted
from bot.handlers.own_buttons import form_button, join_button, remind_button
from bot.messages import Button, Card
from bot.model.edition import Edition
from bot.model.entries import Amount, DateCase, DateKind, Eligibility, PlanDate
from bot.model.when import Span
from bot.rules.dates import cases_of
from bot.rules.dates import fitting as fitting_cases
from bot.rules.quantities import fitting, needed

SIGN_UP = "報名表"
MOST_STEPS = 2  # related entries beside the person's own buttons

Next = tuple[PlanDate, DateCase, Span]


def next_date(
    edition: Edition, entry: Eligibility, known: Mapping[str, str], now: datetime
) -> Next | None:
    """The first date of the eligibility's that is not over; of its related entries' where it has
    none of its own.
    """
    ids = entry.next or entry.see
    found = [
        (date, case, span)
        for date in edition.dates
        if date.id in ids and date.kind is not DateKind.MILESTONE
        for case in fitting_cases(cases_of(date, edition), known)
        for span in case.at.spans
        if not is_over(span, now)
    ]
    return min(found, key=lambda each: (each[2].closes, ids.index(each[0].id)), default=None)


def next_line(edition: Edition, coming: Next, now: datetime) -> str:
    """The next date in a line, with how long there is left."""
    date, case, span = coming
    state = standing(span, date.kind, now)
    said = f"下一個日期：{date.title}，{case_words(edition, date, case, span)}"
    return f"{said}｜{state}" if state else said


def buttons_after(
    edition: Edition, entry: Eligibility, coming: Next | None, now: datetime
) -> tuple[Button, ...]:
    """What somebody who is eligible may do: join, be reminded, have the form; of a plan that is
    over only what to read.
    """
    if is_past(edition, now):
        return next_steps(edition, entry)
    own = []
    if entry.track:
        own.append(join_button(edition, entry.track))
    if coming:
        own.append(remind_button(edition, coming[0].id))
    titles = {form.id: form.title for form in edition.forms}
    for form in entry.forms:
        title = titles.get(form, SIGN_UP)
        own.append(form_button(edition, form, f"下載{SIGN_UP if SIGN_UP in title else title}"))
    steps = next_steps(edition, entry)
    return (*own, *(steps[:MOST_STEPS] if own else steps))


def amounts_after(
    edition: Edition, entry: Eligibility, known: Mapping[str, str], now: datetime
) -> list[tuple[Amount, Card, str]]:
    """The amounts that matter after a yes, each with the facet that it still needs (or none)."""
    found = []
    wanted = Wanted(known=known, wants=frozenset(), now=now)
    for amount in edition.amounts:
        if amount.id in entry.then:
            asked = needed(fitting(amount.amount, known), known)
            facet = next((f for f in asked if edition.facets[f].ask), "")
            found.append((amount, card_for(edition, amount, wanted), facet))
    return found
