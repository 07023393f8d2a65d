"""「提醒未繳的學校」: whom it would reach, what it costs, and sending it to just those."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.collecting.reminding import preview, remind
from bot.collecting.standing import Seen, Sieve, seen
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.submissions.asked import filter_of, officer_of, wanted_of
from bot.errors import AskAgain
from bot.model.schools import Level
from bot.model.staff_roles import MAY, Right
from bot.store import people, schools

MOST = 400  # schools that one form names


class RemindingViews:
    """The page that reminds."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """Which schools lack what, whom it reaches, how many messages, how many are left."""
        wanted = _places(wanted_of(request.args))
        found = self._seen(colleague, f"{plan}/{edition}", wanted)
        if found is None:
            return to("submissions")
        owed = _owed(found, request.args.getlist("owed"))
        with self._backstage.reading() as db:
            ahead = preview(db, colleague.channel_id, found, owed, colleague.now)
        return render_template(
            "console/submissions/reminding.html",
            found=found,
            ahead=ahead,
            owed=owed,
            wanted=wanted,
            query=filter_of(wanted),
            levels=Level,
            alias=people.alias,
            colleague=colleague,
            may_keep=colleague.role in MAY[Right.KEEP],
            told=request.args.get("told", type=int),
        )

    def send(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """Send it to the contacts of the schools that are ticked."""
        codes = request.form.getlist("school")[:MOST]
        if not codes:
            raise AskAgain("沒有勾選任何學校，沒有送出。請先勾選學校。")
        found = self._seen(colleague, f"{plan}/{edition}", Sieve())
        if found is None:
            return to("submissions")
        owed = _owed(found, request.form.getlist("owed"))
        told = remind(officer_of(self._backstage, colleague), found, owed, codes)
        return to("submissions_reminding", plan=plan, edition=edition, told=told, owed=owed)

    def _seen(self, colleague: Colleague, key: str, wanted: Sieve) -> Seen | None:
        edition = colleague.reader.edition(key)
        if edition is None:
            return None
        with self._backstage.reading() as db:
            listed = {s.code: s for s in schools.all_schools(db, colleague.channel_id)}
            return seen(db, (colleague.channel_id, edition), listed, wanted, colleague.now)


def add_reminding(door: Door, backstage: Backstage) -> None:
    """The page that reminds."""
    views = RemindingViews(backstage)
    one = "/submissions/<plan>/<edition>/reminding"
    door.add(one, "submissions_reminding", views.shown, roles=MAY[Right.SEE])
    door.add(one, "send_reminding", views.send, roles=MAY[Right.KEEP], post=True)


def _places(wanted: Sieve) -> Sieve:
    """Only where schools are: what a school lacks is what it lacks, whenever it is due."""
    return Sieve(district=wanted.district, level=wanted.level)


def _owed(found: Seen, wanted: list[str]) -> list[str]:
    return [column.id for column in found.columns if column.id in wanted]
