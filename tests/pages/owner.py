"""A teacher with a track of the real plans, and what they do on their own page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from werkzeug.test import TestResponse

from bot import ledger
from bot.links import Purpose
from bot.model.deeds import Deed, Enrolment
from bot.store import deeds, enrolments, people
from bot.understand.reader import Reader
from tests.pages.stage import TEACHER, Stage

JUNE = datetime(2022, 6, 15, 1, 0, tzinfo=UTC)  # 9:00 in Taipei
PLAN, EDITION, TRACK = "cooc-teacher", "111", "certificate-track"
SYNC, ASYNC, PRACTICE = "item-sync", "item-async", "item-practice"
SECOND_ROUND = "course=ono2;round=2"
_VISIT = re.compile(r'name="visit" value="([0-9a-f]{32})"')


@dataclass
class Owner:
    """Somebody who follows the certificate's track, and their browser."""

    stage: Stage
    user: str = TEACHER
    enrolment: Enrolment = field(init=False)

    def __post_init__(self) -> None:
        with self.stage.engine.begin() as db:
            people.see(db, "default", self.user, self.stage.now)
            wanted = Enrolment(
                id="", plan=PLAN, edition=EDITION, track=TRACK, joined_at=self.stage.now
            )
            self.enrolment = enrolments.join(db, "default", self.user, wanted)

    def token(self) -> str:
        return self.stage.links.token("default", self.user, Purpose.OWN, self.stage.now)

    def get(self, path: str = "me") -> TestResponse:
        return self.stage.client().get(f"/p/{self.token()}/{path}")

    def send(self, path: str, **form: object) -> TestResponse:
        """A form sent, as it is answered."""
        typed = {"enrolment": self.enrolment.id, **form}
        return self.stage.client().post(f"/p/{self.token()}/me/{path}", data=typed)

    def visit(self) -> str:
        """The one-time id of a form on the page as it is now."""
        found = _VISIT.search(self.get().get_data(as_text=True))
        assert found
        return found[1]

    def report(self, of: str, **form: object) -> TestResponse:
        """One thing reported by the form of a page that was just opened."""
        usual = {"requirement": of, "on": "2022-06-15", "visit": self.visit()}
        return self.send("report", **{**usual, **form})

    def pick(self, session: str = SECOND_ROUND, **form: object) -> TestResponse:
        usual = {"requirement": SYNC, "part": "ono2", "session": session}
        return self.send("pick", **{**usual, **form})

    def deeds(self) -> list[Deed]:
        """What stands on the track."""
        with self.stage.engine.connect() as db:
            return deeds.standing_ones(db, [self.enrolment.id]).get(self.enrolment.id, [])

    def picks(self) -> list[tuple[str, bool]]:
        with self.stage.engine.connect() as db:
            (account,) = ledger.accounts_of(db, "default", self.user)
        return [(pick.session, pick.missed) for pick in account.picks]


def owner_on(url: str, reader: Reader) -> Iterator[Owner]:
    """A teacher on a stage of their own, in June 2022."""
    stage = Stage(url, reader, JUNE)
    yield Owner(stage)
    stage.house.close()
