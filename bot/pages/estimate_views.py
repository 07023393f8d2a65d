"""The page that works out what stated amounts come to with somebody's numbers."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.answers.figures import stated, worked_out
from bot.model.edition import Edition
from bot.pages.check_views import checked_edition
from bot.pages.door import Backstage, let_guest_in
from bot.rules.check_estimate import Outcome, estimate_amounts, field_faults, fields_of


class EstimateViews:
    """The pages of estimates."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def one(self, token: str, plan: str, year: str, estimate_id: str) -> ResponseReturnValue:
        """The form; with numbers in its address, what they come to."""
        guest = let_guest_in(self._backstage, token)
        edition, checks = checked_edition(guest, plan, year)
        estimate = next((e for e in checks.estimates if e.id == estimate_id), None)
        if estimate is None:
            abort(404)
        names = fields_of(edition, estimate)
        typed = {name: request.args.get(name, "").strip()[:20] for name in names}
        faults = field_faults(edition, typed)
        sent = any(name in request.args for name in names)
        told = {name: "" if name in faults else text for name, text in typed.items()}
        outcomes = estimate_amounts(edition, estimate, told) if sent else []
        return render_template(
            "pages/estimate.html",
            guest=guest,
            edition=edition,
            estimate=estimate,
            fields=[(name, edition.facets[name]) for name in names],
            typed=typed,
            faults=faults,
            outcomes=[(o, _words(edition, o)) for o in outcomes],
        )


def add_estimate_pages(made: Blueprint, backstage: Backstage) -> None:
    """The addresses of estimates."""
    views = EstimateViews(backstage)
    made.add_url_rule(
        "/<token>/checks/<plan>/<year>/estimates/<estimate_id>", "estimate", views.one
    )


def _words(edition: Edition, outcome: Outcome) -> str:
    """What it comes to; empty where more must be known."""
    if outcome.computed is None:
        return ""
    per = edition.facets.get(outcome.computed.quantity.per)
    unit = per.unit if per else ""
    computed = outcome.computed
    plain = computed.base is None and computed.count is None
    return stated(computed.quantity, unit) if plain else worked_out(computed, unit)
