"""Forms to download: those of each plan, one with what is still to be filled in, and its file."""

from io import BytesIO

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from bot.answers.form_lines import OUR_OWN, why_no_paper
from bot.clock import day_words
from bot.model.edition import Edition
from bot.model.entries import Form
from bot.model.form_layout import FormLayout
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.pages.form_fields import TypedField, known_from, read_typed, typed_fields
from bot.pages.form_known import Brought, brought_into
from bot.papers.forms import blanks_of, make_form
from bot.papers.known import Known
from bot.store import enrolments


class FormViews:
    """The pages of forms. What is typed there goes into the file and nowhere else."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def every(self, token: str) -> ResponseReturnValue:
        """The forms of every plan, of the edition that is in force; what one follows goes first."""
        guest = let_guest_in(self._backstage, token)
        reader = guest.reader
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            joined = enrolments.of_person(db, guest.channel_id, guest.user_id)
        followed = [e for one in joined if (e := reader.edition(one.edition_key))]
        others = [reader.edition_at(plan, guest.now) for plan in reader.plans]
        return self._listed(guest, list({e.key: e for e in (*followed, *others)}.values()))

    def of_edition(self, token: str, plan: str, edition: str) -> ResponseReturnValue:
        """The forms of one edition."""
        guest = let_guest_in(self._backstage, token)
        return self._listed(guest, [_edition(guest, plan, edition)])

    def one(self, token: str, plan: str, edition: str, form_id: str) -> ResponseReturnValue:
        """One form: what may be typed here, what is left for paper, and who signs."""
        guest = let_guest_in(self._backstage, token)
        found = _edition(guest, plan, edition)
        form = _form(found, form_id)
        brought = self._brought(guest, found, form)
        return self._page(guest, found, form, brought, _fields(found, form, brought))

    def file(self, token: str, plan: str, edition: str, form_id: str) -> ResponseReturnValue:
        """The file with what was typed in it; what is wrong is said beside its field."""
        guest = let_guest_in(self._backstage, token)
        found = _edition(guest, plan, edition)
        form = _form(found, form_id)
        brought = self._brought(guest, found, form)
        fields = read_typed(_fields(found, form, brought), request.form)
        if any(one.fault for one in fields):
            return self._page(guest, found, form, brought, fields), 400
        rows = brought.rows if brought else {}
        return _sent(found, form, {**_of_today(guest), **rows, **known_from(fields)})

    def blank(self, token: str, plan: str, edition: str, form_id: str) -> ResponseReturnValue:
        """The file with nothing of a person in it."""
        guest = let_guest_in(self._backstage, token)
        found = _edition(guest, plan, edition)
        return _sent(found, _form(found, form_id), {})

    def _brought(self, guest: Guest, edition: Edition, form: Form) -> Brought | None:
        """What is known of the guest for this form; None where it has no file."""
        if form.layout is None:
            return None
        wanted = request.args.get("of", "")
        return brought_into(self._backstage, guest, edition, form.layout, wanted)

    def _listed(self, guest: Guest, editions: list[Edition]) -> str:
        rows = [(e, [(f, why_no_paper(f)) for f in e.forms]) for e in editions]
        return render_template("pages/forms.html", guest=guest, rows=rows, our_own=OUR_OWN)

    def _page(
        self,
        guest: Guest,
        edition: Edition,
        form: Form,
        brought: Brought | None,
        fields: list[TypedField],
    ) -> str:
        known = _as_if_typed(form.layout, guest)
        blanks = blanks_of(edition, form, known)
        return render_template(
            "pages/form.html",
            guest=guest,
            our_own=OUR_OWN,
            edition=edition,
            form=form,
            why_not=why_no_paper(form),
            brought=brought,
            fields=fields,
            faults=[one for one in fields if one.fault],
            to_fill=[blank for blank in blanks if not blank.is_signature],
            to_sign=[blank for blank in blanks if blank.is_signature],
            file=form.layout.file.value if form.layout else "",
        )


def _edition(guest: Guest, plan: str, edition: str) -> Edition:
    return guest.reader.edition(f"{plan}/{edition}") or abort(404)


def _form(edition: Edition, form_id: str) -> Form:
    return next((form for form in edition.forms if form.id == form_id), None) or abort(404)


def _fields(edition: Edition, form: Form, brought: Brought | None) -> list[TypedField]:
    if form.layout is None or brought is None:
        return []
    return typed_fields(edition, form.layout, brought.facts.known)


def _of_today(guest: Guest) -> Known:
    return {"today": day_words(guest.today)}


def _as_if_typed(layout: FormLayout | None, guest: Guest) -> Known:
    """As if all that may be typed were: what is then left open can only be done on paper."""
    typed = {name: ["○"] * 9 for name in (layout.fillings if layout else ())}
    return {**typed, **_of_today(guest)}


def _sent(edition: Edition, form: Form, known: Known) -> ResponseReturnValue:
    if why_no_paper(form):
        abort(404)
    paper = make_form(edition, form, known)
    return send_file(
        BytesIO(paper.content),
        mimetype=paper.media_type,
        as_attachment=True,
        download_name=paper.name,
    )
