"""What the bot knows: each edition to read, what is coming, what changed, what staff added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.answers.bodies import Body, body_for
from bot.answers.wanted import Wanted
from bot.catalog.field_words import label_of
from bot.comparing.edition_changes import changes, only_lightly
from bot.console.doing import doer_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import questions as deeds
from bot.model.edition import Edition
from bot.model.entries import Entry, Track
from bot.model.staff_roles import MAY, Right
from bot.model.unconfirmed import Unconfirmed
from bot.readers import edition_of
from bot.reply_form import MOST_ANSWER, ReplyForm, read_form
from bot.rules.dates import falling_on
from bot.store import staff_entries
from bot.store.staff_entries import Kept

COMING = timedelta(days=60)
OLD = timedelta(days=365)
LARGEST = 100_000
DONE = {
    "added": "已新增；下一位問到的人就會看到。",
    "withdrawn": "已收回，不再這樣回答。",
    "none": "這個答案已經收回了。",
    "gone": "找不到這份計畫。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry as the page shows it."""

    entry: Entry
    body: Body
    waits: bool  # to be confirmed
    is_old: bool  # not held against the document for a year


class KnowledgeViews:
    """The pages of what the bot knows."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """The editions, what is coming, and how many were not checked for long."""
        editions = _editions(colleague)
        today = colleague.today
        return render_template(
            "console/knowledge.html",
            rows=[(e, sum(1 for _ in e.entries()), _old_ones(e, today)) for e in editions],
            comparable=[e for e in editions if sum(o.plan == e.plan for o in editions) > 1],
            coming=falling_on(editions, today, today + COMING),
            days=COMING.days,
            done=_done(),
        )

    def one(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """One edition by its sections, each entry with what is said of it and its clauses."""
        found = colleague.reader.edition(f"{plan}/{edition}")
        if found is None:
            return to("knowledge", done="gone")
        wanted = Wanted(known={}, wants=frozenset(), now=colleague.now)
        sections = [
            (
                label_of(Edition, name),
                [_shown(found, entry, wanted, colleague.today) for entry in entries],
            )
            for name, entries in _sections(found)
        ]
        others = [e for e in _editions(colleague) if e.plan == plan and e.key != found.key]
        return render_template("console/edition.html", edition=found, parts=sections, others=others)

    def differences(self, colleague: Colleague) -> ResponseReturnValue:
        """What changed between two editions, the most weighty first."""
        reader = colleague.reader
        old = reader.edition(request.args.get("old", ""))
        new = reader.edition(request.args.get("new", ""))
        if old is None or new is None:
            return to("knowledge", done="gone")
        found = changes(old, new, reader.library.lexicon.audiences)
        return render_template(
            "console/differences.html",
            old=old,
            new=new,
            changes=[(change, label_of(Edition, change.section)) for change in found],
            light=only_lightly(old, new),
        )

    def entries(self, colleague: Colleague) -> ResponseReturnValue:
        """What staff added: what is said now, what expired, and the form for one more."""
        return self._entries(colleague, ReplyForm())

    def add_entry(self, colleague: Colleague) -> ResponseReturnValue:
        """Add one; what is wrong is said beside its field."""
        editions = {edition.key for edition in _editions(colleague)}
        typed: Mapping[str, str] = {**request.form, "keep": "1"}
        form = read_form(typed, editions, colleague.today)
        keeping = None if form.faults else form.reply().keeping
        if keeping is None:
            return self._entries(colleague, form), 400
        deeds.add_entry(doer_of(self._backstage, colleague), form.answer, keeping)
        return to("entries", done="added")

    def withdraw(self, colleague: Colleague, entry_id: str) -> ResponseReturnValue:
        """Say one no longer."""
        done = deeds.withdraw_entry(doer_of(self._backstage, colleague), entry_id)
        return to("entries", done="withdrawn" if done else "none")

    def _entries(self, colleague: Colleague, form: ReplyForm) -> str:
        with self._backstage.reading() as db:
            kept = staff_entries.not_withdrawn(db, colleague.channel_id)
        kept.sort(key=lambda k: (k.expires_on, k.made_at, k.id))
        return render_template(
            "console/entries.html",
            live=[(k, _plan(colleague, k)) for k in kept if k.expires_on >= colleague.today],
            over=[
                (k, _plan(colleague, k)) for k in reversed(kept) if k.expires_on < colleague.today
            ],
            form=form,
            editions=_editions(colleague),
            most=MOST_ANSWER,
            may_answer=colleague.role in MAY[Right.ANSWER],
            done=_done(),
        )


def _plan(colleague: Colleague, kept: Kept) -> str:
    found = edition_of(colleague.reader, kept)
    return found.about.short if found else f"{kept.plan}（計畫未載入，暫不回答）"


def _editions(colleague: Colleague) -> tuple[Edition, ...]:
    return tuple(colleague.reader.library.editions)


def add_knowledge(door: Door, backstage: Backstage) -> None:
    """The pages of what the bot knows."""
    views, see, may = KnowledgeViews(backstage), MAY[Right.SEE], MAY[Right.ANSWER]
    door.add("/knowledge", "knowledge", views.listed, roles=see)
    door.add("/knowledge/plans/<plan>/<edition>", "edition", views.one, roles=see)
    door.add("/knowledge/differences", "differences", views.differences, roles=see)
    entries = "/knowledge/entries"
    door.add(entries, "entries", views.entries, roles=see)
    door.add(entries, "add_entry", views.add_entry, roles=may, post=True, most_body=LARGEST)
    door.add(f"{entries}/<entry_id>/end", "withdraw_entry", views.withdraw, roles=may, post=True)


def _sections(edition: Edition) -> Iterator[tuple[str, list[Entry]]]:
    """Each section of the file that has entries, the items of a track after it."""
    for section in fields(edition):
        value = getattr(edition, section.name)
        found: list[Entry] = []
        for entry in value if isinstance(value, tuple) else ():
            if isinstance(entry, Entry):
                found.append(entry)
            if isinstance(entry, Track):
                found += entry.items
        if found:
            yield section.name, found


def _shown(edition: Edition, entry: Entry, wanted: Wanted, today: date) -> Shown:
    return Shown(
        entry=entry,
        body=body_for(edition, entry, wanted),
        waits=isinstance(entry, Unconfirmed),
        is_old=_is_old(edition, entry, today),
    )


def _is_old(edition: Edition, entry: Entry, today: date) -> bool:
    return today - (entry.checked_on or edition.checked_on) > OLD


def _old_ones(edition: Edition, today: date) -> int:
    return sum(_is_old(edition, entry, today) for entry in edition.entries())


def _done() -> str:
    return DONE.get(request.args.get("done", ""), "")
