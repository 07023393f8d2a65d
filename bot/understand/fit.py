"""Whether an entry is of the kind that a question is after, and can tell what is asked.

Small steps up or down beside the words: enough to part entries that speak of the same thing.
"""

import re

from bot.model.entries import (
    Conflict,
    Contact,
    DateKind,
    Eligibility,
    Form,
    Link,
    PlanDate,
    Term,
)
from bot.model.when import When
from bot.understand.facets import ROLE, Heard
from bot.understand.gives import alike
from bot.understand.index import Item, is_gap
from bot.understand.question import Question

_WHO_MAY = re.compile("(?:誰|(?:哪些|哪種|什麼)(?:人|角色))(?:才|也|還)?(?:可以|能|有權)")
TITLE_SAID = 0.06
FIGURES = frozenset({"count", "money", "share", "when", "closes"})  # a plain entry comes first
UNLIKE_RULES = frozenset(
    {"time", "where", "link", "phone", "mail", "sign", "money", "count", "follows"}
)
FAILED = re.compile("[沒未不忘缺逾遲]")  # what follows then is asked, not what is to be done
REACHED = frozenset({"phone", "mail", "who", "where", "link", "time", "what", "how"})
NOT_REACHED_SO = -0.2  # an office that has no telephone, where one is asked for
HARD = frozenset({"money", "share", "time", "where", "link"})


def _fit_in_time(question: Question, item: Item) -> float:
    entry, wants = item.entry, question.asked.wants
    if not wants & {"when", "left", "open", "closes"}:
        return 0.0
    if not isinstance(entry, PlanDate):
        if "when" in item.gives and not wants & {"open", "left"}:
            return 0.0
        return -0.15 if isinstance(entry, Eligibility) else -0.08
    ahead = any(case.at.closes >= question.at for case in entry.when) or entry.before
    if "open" in wants:
        if not any(_has_begun(case.at, question) for case in entry.when) and entry.when:
            return -0.04
        return 0.12 if entry.kind in (DateKind.DEADLINE, DateKind.PERIOD) else 0.04
    fit = 0.04 if ahead else -0.04
    if wants & {"closes", "left"}:
        return fit + (0.1 if entry.kind is DateKind.DEADLINE else 0.03)
    return fit + 0.07


def _has_begun(when: When, question: Question) -> bool:
    """Whether it can be done by now; a deadline of one day can be met before it."""
    return any(s.is_day or s.opens is None or s.opens <= question.at for s in when.spans)


def fit_of(question: Question, item: Item, heard: Heard) -> float:
    """How much better or worse the item fits for what it can tell and whom it is for."""
    if is_gap(item):
        if question.asked.wants & {"open", "left"}:
            return -0.06
        return -0.04 if question.asked.wants & FIGURES else 0.0
    entry, fit = item.entry, _fit_in_kind(question.asked.wants, item)
    fit += _fit_in_figures(question, item) + _fit_in_time(question, item)
    fit += TITLE_SAID * (len(item.phrases[0]) >= 3 and item.phrases[0] in question.key)
    if item.role and item.permission:
        fit += _fit_in_role(question, heard.known.get(ROLE) == item.role)
    fit += 0.05 * bool(item.facets & heard.known.keys())
    if not entry.given.fits(heard.known):
        fit -= 0.3
    if question.audiences and entry.audience:
        fit += 0.04 if question.audiences & set(entry.audience) else -0.05
    return fit


def _fit_in_role(question: Question, is_said: bool) -> float:
    """For a cell of a role matrix: whether its role was said, and may it or not was asked."""
    wants = question.asked.wants
    asks_who = ("who" in wants and "may" not in wants) or _WHO_MAY.search(question.key)
    if not is_said or asks_who:
        return -0.3
    return 0.1 if wants & {"may", "must", "how"} else 0.0


def _fit_in_figures(question: Question, item: Item) -> float:
    """For the unit that is counted, and for what an entry tells or does not."""
    asked, fit = question.asked, 0.0
    if "count" in asked.wants and asked.units:
        units = {f"count:{a}" for u in asked.units for a in alike(u)}
        fit += 0.06 if units & item.gives else -0.08
    if "follows" in asked.wants and FAILED.search(question.key):
        fit += 0.08 if "follows" in item.gives else -0.04
    for want in HARD & asked.wants:
        fit += 0.05 if want in item.gives else -0.08
    return fit


def _fit_in_contact(wants: frozenset[str], gives: frozenset[str]) -> float:
    """An office says how it is reached, and not what may be done there."""
    if wants & {"phone", "mail"}:
        return 0.08 if wants & gives & {"phone", "mail", "who"} else NOT_REACHED_SO
    return -0.15 if wants & {"may", "must", "count", "money"} and not wants & REACHED else 0.0


def _fit_in_kind(wants: frozenset[str], item: Item) -> float:
    """For the kind of entry that such a question is after."""
    match item.entry:
        case Contact():
            return _fit_in_contact(wants, item.gives)
        case Link():
            return 0.06 * ("link" in wants)
        case Form():
            return 0.06 * ("sign" in wants)
        case Term():
            return 0.05 * ("what" in wants)
        case Conflict():
            return 0.05 if "differs" in wants else -0.08
        case Eligibility():
            if "eligible" in wants:
                return 0.05
            return -0.15 if wants & UNLIKE_RULES else 0.0
        case _:
            return -0.12 * bool(wants & {"phone", "mail"})
