"""What is known of a guest for one form, read from what they joined, did, chose and told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import ledger
from bot.answers.form_lines import brought_in, not_brought_in, not_brought_yet
from bot.model.deeds import Enrolment
from bot.model.edition import Edition
from bot.model.form_layout import FormLayout
from bot.model.goals import Subject
from bot.pages.door import Backstage, Guest
from bot.papers.known import Known
from bot.rules.form_facts import FormFacts, form_facts
from bot.rules.progress import TrackStanding
from bot.store import interviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is brought into a form, what that is in words, and whose it may be else."""

    facts: FormFacts
    missed: tuple[str, ...] = ()  # names of what would be brought in of who reports it
    chosen: str = ""  # id of the enrolment that goes before
    others: tuple[Enrolment, ...] = ()  # of communities, to choose from; none where there is one

    @property
    def lines(self) -> tuple[str, ...]:
        """What was brought in, and what not, as sentences; none where there is nothing of it."""
        facts = self.facts
        said = brought_in(facts.known), not_brought_in(facts.unreported)
        return tuple(filter(None, (*said, not_brought_yet(self.missed))))

    @property
    def rows(self) -> Known:
        """The communities after the one that is typed on the page, for a form that lists all."""
        rest = self.facts.communities[1:]
        return {"communities": ({}, *rest)} if rest else {}


def brought_into(
    backstage: Backstage, guest: Guest, edition: Edition, layout: FormLayout, wanted: str
) -> Brought:
    """What is known of this guest for one form; `wanted` names one of their communities."""
    whose = (guest.channel_id, guest.user_id)
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        accounts = ledger.accounts_of(db, *whose)
        told = interviews.all_of(db, *whose)
    found = [
        standing
        for standing in ledger.standings_of(accounts, guest.reader.edition)
        if standing.edition.key == edition.key
    ]
    found.sort(key=lambda s: (s.account.enrolment.id != wanted, *_since(s.account.enrolment)))
    key = f"{edition.key}#"
    facts = {t.entry.removeprefix(key): t.facts for t in told if t.entry.startswith(key)}
    mine = _communities(found) if "community" in layout.fillings else []
    reported = tuple(name for name, origin in layout.origins.items() if origin.requirement)
    return Brought(
        facts=form_facts(edition, layout, found, facts),
        missed=() if found else reported,
        chosen=mine[0].id if mine else "",
        others=tuple(sorted(mine, key=_since)) if len(mine) > 1 else (),
    )


def _since(enrolment: Enrolment) -> tuple[datetime, str]:
    return enrolment.joined_at, enrolment.id


def _communities(found: Sequence[TrackStanding]) -> list[Enrolment]:
    return [s.account.enrolment for s in found if s.track.subject is Subject.COMMUNITY]
