"""From the key of a stretch back to it, in the editions that are loaded now."""

from datetime import datetime

from bot.ledger import EditionOf
from bot.model.edition import Edition
from bot.model.reminders import OwnDate
from bot.reminders.followed import own_stretch
from bot.reminders.of_schools import extended_stretch
from bot.rules.notices import Stretch, stretches_of

_DAY = "%Y%m%d"


class Stretches:
    """Finds stretches by key; what was found once is kept."""

    def __init__(self, edition_of: EditionOf) -> None:
        self._edition_of = edition_of
        self._known: dict[str, Stretch | None] = {}

    def find(self, key: str) -> Stretch | None:
        """The stretch; None where no edition has it any more."""
        if key not in self._known:
            self._known[key] = self._look_up(key)
        return self._known[key]

    def _look_up(self, key: str) -> Stretch | None:
        edition_key, _, rest = key.partition("#")
        edition = self._edition_of(edition_key)
        if edition is None:
            return None
        date_id = rest.partition("#")[0]
        entry = next((d for d in edition.dates if d.id == date_id), None)
        if entry is None:
            return _own(edition, date_id) or extended_stretch(edition, date_id)
        return next((s for s in stretches_of(edition, entry) if s.key == key), None)


def own_date_of(edition: Edition, date_id: str) -> OwnDate | None:
    """The day of somebody's school that an id of ours names."""
    kind, dot, day = date_id.rpartition(".")
    if not dot or not day.isdecimal():
        return None
    try:
        due = datetime.strptime(day, _DAY).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return OwnDate(plan=edition.plan, edition=edition.edition, kind=kind, due=due)


def _own(edition: Edition, date_id: str) -> Stretch | None:
    own = own_date_of(edition, date_id)
    return own_stretch(edition, own) if own else None
