"""A contact of a school on its pages, beside a contact of another school."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.test import TestResponse

from bot.links import Purpose
from tests.handlers.schools.contacts import DAZHI, MARCH, ZHONGLUN, settle
from tests.handlers.whole_bot import OTHER, TEACHER
from tests.pages.stage import Stage
from tests.understand.plans import real_reader

_VISIT = re.compile(r'name="visit" value="([0-9a-f]{32})"')


@dataclass
class ContactStage:
    """Two schools in the same plans: TEACHER answers for the first, OTHER for the second."""

    stage: Stage

    def path(self, path: str = "", code: str = DAZHI, user: str = TEACHER) -> str:
        token = self.stage.links.token("default", user, Purpose.OWN, self.stage.now)
        return f"/p/{token}/me/school/{code}{path}"

    def get(self, path: str = "", code: str = DAZHI, user: str = TEACHER) -> TestResponse:
        return self.stage.client().get(self.path(path, code, user))

    def send(self, path: str, code: str = DAZHI, **form: object) -> TestResponse:
        return self.stage.client().post(self.path(path, code), data=form)

    def visit(self) -> str:
        """The one-time id of a form on the page as it is now."""
        found = _VISIT.search(self.get().get_data(as_text=True))
        assert found
        return found[1]


def contact_stage(url: str) -> Iterator[ContactStage]:
    stage = Stage(url, real_reader(), MARCH)
    settle(stage.engine)
    yield ContactStage(stage)
    stage.house.close()


__all__ = ["DAZHI", "OTHER", "TEACHER", "ZHONGLUN", "ContactStage", "contact_stage"]
